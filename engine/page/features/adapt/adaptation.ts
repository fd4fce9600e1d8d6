/**
 * What the page does and shows when the device is too slow. `governor.ts` decides when that is the case. A coarser
 * picture does not change what the cells say. A lighter model does, and it clears the cells' state, so it is announced,
 * can be refused, and can be reverted with one press.
 */
import type { SavedCanvas } from '../../../automaton/saved-canvas.ts';
import { multiplyAdds } from '../../../common/model/specification.ts';
import type { Model } from '../../../common/model/weights.ts';
import type { Feature, Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';
import { rememberModel } from './device-model.ts';
import { pageMemory } from '../../../session/memory.ts';

/** Keys of notices. They differ, because a notice about the picture must not replace one that offers a way back. */
const MODEL_KEY = 'adaptation-model';
const PICTURE_KEY = 'adaptation-picture';

/** How long a lighter model can be refused, in seconds. */
const REFUSAL_SECONDS = 20;
const LOOK_EVERY_MILLISECONDS = 250;

/** What was there before the lighter model. */
interface Before {
  readonly model: Model;
  readonly canvas: SavedCanvas;
  readonly ink: Uint8Array;
  readonly dropout: number;
  readonly noise: number;
}

export const adapt: Feature = { scope: 'everywhere', connect: adaptToDevice };

function adaptToDevice(page: Page): undefined {
  const { playground, library, language, notices, attempt, replacedModel } = page;
  const { simulation } = playground;
  const texts = TEXTS[language];
  const remember = (name: string): void => rememberModel(pageMemory(), simulation.device, name);

  // The guests of an exhibit did not choose the device. The next start uses a model that suits it.
  if (page.isExhibit) {
    playground.events.on('overloaded', () => {
      const lighter = lighterModel(page);
      if (lighter) remember(lighter.name);
      playground.adaptation.refuseLighterModel();
    });
    return;
  }

  tellOfResolution(page);
  if (replacedModel !== null) {
    notices.show(texts.started(simulation.model.specification.name, replacedModel), {
      kind: 'warning',
      key: MODEL_KEY,
      actions: [
        {
          label: texts.back(replacedModel),
          run: () =>
            attempt(async () => {
              remember(replacedModel);
              await page.useModelNamed(replacedModel);
              notices.remove(MODEL_KEY);
            }),
        },
      ],
    });
  }

  const bringBack = async ({ model, canvas, ink, dropout, noise }: Before): Promise<void> => {
    remember(model.specification.name);
    // The state is only restored if the ink is still the same. What was drawn since then is kept in any case.
    if (isSame(ink, simulation.canvas.readInk())) await playground.load(canvas, model, { dropout, noise });
    else await playground.models.use(model);
    notices.remove(MODEL_KEY);
  };

  const lighten = async (): Promise<void> => {
    const entry = lighterModel(page);
    if (!entry) {
      playground.adaptation.refuseLighterModel();
      return;
    }
    const lighter = await library.load(entry.name);
    const { model } = simulation;
    const { name } = model.specification;
    const outcome = await announce(page, entry.name, name);
    if (outcome === 'refused') {
      remember(name);
      playground.adaptation.keepAsAsked();
    }
    if (outcome !== 'accepted') return;
    const { dropout, noise } = playground.settings.values;
    const before = { model, ink: simulation.canvas.readInk(), canvas: await simulation.save(), dropout, noise };
    if (!(await playground.models.relieve(lighter))) return;
    remember(entry.name);
    notices.show(texts.lighter(entry.name, name), {
      kind: 'warning',
      key: MODEL_KEY,
      actions: [{ label: texts.back(name), run: () => attempt(() => bringBack(before)) }],
    });
  };
  let isChanging = false;
  playground.events.on('overloaded', () => {
    if (isChanging) return;
    isChanging = true;
    attempt(() => lighten().finally(() => (isChanging = false)));
  });
}

/** Returns the next lighter model, unless the current one was requested. */
function lighterModel({ playground, library }: Page): ReturnType<typeof library.lighterThan> {
  const { specification } = playground.simulation.model;
  return playground.adaptation.isAsked ? undefined : library.lighterThan(multiplyAdds(specification));
}

/**
 * Announces a lighter model.
 * @returns a promise that settles when the time is up, the model was refused, or the user has done something else
 */
function announce(
  { playground, notices, language }: Page,
  lighter: string,
  before: string,
): Promise<'accepted' | 'refused' | 'overtaken'> {
  const texts = TEXTS[language];
  const { clock } = playground;
  const endMilliseconds = clock.now() + 1000 * REFUSAL_SECONDS;
  return new Promise((resolve) => {
    let isRefused = false;
    const remove = notices.show(texts.willLighten(lighter, before, REFUSAL_SECONDS), {
      kind: 'warning',
      key: MODEL_KEY,
      actions: [{ label: texts.keep(before), run: () => (isRefused = true) }],
    });
    const end = (outcome: 'accepted' | 'refused' | 'overtaken'): void => {
      remove();
      resolve(outcome);
    };
    const look = (): void => {
      if (isRefused) end('refused');
      else if (!playground.adaptation.mayAdapt || playground.adaptation.isAsked) end('overtaken');
      else if (clock.now() < endMilliseconds || playground.frames.drawing) clock.after(LOOK_EVERY_MILLISECONDS, look);
      else end('accepted');
    };
    look();
  });
}

function tellOfResolution({ playground, notices, language }: Page): void {
  const texts = TEXTS[language];
  let { resolution } = playground.picture;
  playground.events.on('resolution', (share) => {
    if (share < resolution) notices.show(texts.coarser(share), { key: PICTURE_KEY });
    else if (share === 1) notices.show(texts.finer, { key: PICTURE_KEY });
    resolution = share;
  });
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
