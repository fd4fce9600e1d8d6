/** What the page does, and says, when the device is too slow: see `governor.ts` for when. */
import { multiplyAdds } from '../common/model/specification.ts';
import type { Controls } from './controls.ts';
import type { Notices } from './notices.ts';

const KEY = 'adaptation';

export function adaptToDevice(controls: Controls): void {
  const { playground, library, texts, attempt, modelIsChosen } = controls;
  const { adaptation } = texts;
  // An exhibit's guests did not choose the device.
  const tell = (...notice: Parameters<Notices['show']>): void => {
    if (!controls.isExhibit) controls.notices.show(...notice);
  };
  let resolution = playground.resolution;
  playground.events.on('resolution', (share) => {
    if (share < resolution) tell(adaptation.coarser(texts.panel.share(share)), { key: KEY });
    else if (share === 1) tell(adaptation.finer, { key: KEY });
    resolution = share;
  });

  let isChanging = false;
  const lighten = async (): Promise<void> => {
    const { specification } = playground.simulation.model;
    const lighter = modelIsChosen() ? undefined : library.lighterThan(multiplyAdds(specification));
    if (!lighter) {
      playground.refuseLighterModel();
      return;
    }
    const before = specification.name;
    await playground.useModel(await library.load(lighter.name));
    tell(adaptation.lighter(lighter.name, before), {
      kind: 'warning',
      key: KEY,
      actions: [
        {
          label: adaptation.back(before),
          run: () =>
            attempt(async () => {
              await playground.useModel(await library.load(before));
              playground.refuseLighterModel();
            }),
        },
      ],
    });
  };
  playground.events.on('overloaded', () => {
    if (isChanging) return;
    isChanging = true;
    attempt(() => lighten().finally(() => (isChanging = false)));
  });
}
