/** What the page does, and says, when the device is too slow: see `governor.ts` for when. */
import { multiplyAdds } from '../common/model/specification.ts';
import type { Controls } from './controls.ts';

const KEY = 'adaptation';

export function adaptToDevice({ playground, library, texts, notices, attempt, modelIsChosen }: Controls): void {
  const { adaptation } = texts;
  let resolution = playground.resolution;
  playground.events.on('resolution', (share) => {
    if (share < resolution) notices.show(adaptation.coarser(texts.panel.share(share)), { key: KEY });
    else if (share === 1) notices.show(adaptation.finer, { key: KEY });
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
    notices.show(adaptation.lighter(lighter.name, before), {
      kind: 'warning',
      key: KEY,
      action: {
        label: adaptation.back(before),
        run: () =>
          attempt(async () => {
            await playground.useModel(await library.load(before));
            playground.refuseLighterModel();
          }),
      },
    });
  };
  playground.events.on('overloaded', () => {
    if (isChanging) return;
    isChanging = true;
    attempt(() => lighten().finally(() => (isChanging = false)));
  });
}
