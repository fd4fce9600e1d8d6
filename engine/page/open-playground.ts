/** Opens the GPU, the first model and the canvas that the address asks for. */
import { messageOf } from '../common/error-message.ts';
import { type CanvasLayout, SimulationError } from '../automaton/types.ts';
import { RealClock } from '../core/clock.ts';
import { CONTEXT_ATTRIBUTES } from '../gpu/context.ts';
import { DeviceError } from '../gpu/device-error.ts';
import type { Device } from '../gpu/device.ts';
import { openWithRetry } from '../gpu/retry-on-context-loss.ts';
import { chooseLayout } from '../session/layout.ts';
import { Playground } from '../session/playground.ts';
import { Settings, type SettingValues } from '../session/settings.ts';
import type { Extent } from '../view/camera.ts';
import { beginMeasuring, modelFor } from './features/adapt/device-model.ts';
import { fillLegend } from './features/legend/legend.ts';
import { linkIn } from './features/scenes/link-mark.ts';
import { elementById } from './shell/elements.ts';
import { StartError } from './shell/failure-page.ts';
import { loadFirstModel } from './shell/first-model.ts';
import type { ModelLibrary } from './shell/models.ts';
import type { Notices } from './shell/notices.ts';
import { askedLayout, type Query } from './shell/query.ts';
import { type Texts, TEXTS } from './shell/texts/index.ts';
import type { Language } from './shell/texts/localized.ts';
import { nameControls } from './shell/toolbar.ts';

/** The seed if the address gives none. Every first visit looks the same. */
const DEFAULT_SEED = 1;

/** Steps per second for users who prefer reduced motion. */
const CALM_STEPS_PER_SECOND = 10;

/** A canvas that is still empty, and how it was chosen. */
export interface OpenedPlayground {
  readonly playground: Playground;
  readonly library: ModelLibrary;
  /** In CSS pixels. */
  readonly stage: Extent;
  readonly layout: CanvasLayout;
  readonly isLayoutAsked: boolean;
  /** The model that was replaced by a lighter one because the device is slow, or null. */
  readonly replacedModel: string | null;
}

/** @throws StartError that says what to show instead of the canvas */
export async function openPlayground(query: Query, language: Language, notices: Notices): Promise<OpenedPlayground> {
  const texts = TEXTS[language];
  const canvas = elementById('canvas', HTMLCanvasElement);
  // Requested first, so that it loads while the page waits for the GPU to wake up.
  const loading = loadFirstModel(query, texts, notices);
  // If the GPU fails too, its failure is the one that is shown.
  loading.catch(() => undefined);
  const device = await openDevice(canvas, texts);
  const isAsked = isAskedFor(query);
  const mayChoose = !isAsked && query.adapt !== false && query.paused !== true;
  // Measures while the model is loading.
  if (mayChoose) beginMeasuring(device);
  const { library, model: first } = await loading;

  // The stage has its final size only once the bar has everything that it will hold.
  fillLegend(first.specification.classes, language);
  nameControls(texts, language);
  const { clientWidth, clientHeight } = elementById('stage', HTMLElement);
  const stage = { width: clientWidth, height: clientHeight };
  const asked = askedLayout(query);
  const layout = chooseLayout(stage, asked);
  const model = mayChoose ? await modelFor(device, library, first, layout) : first;
  const settings = new Settings(initialValues(query));
  const seed = query.seed ?? DEFAULT_SEED;
  const playground = await createPlayground(
    { canvas, device, settings, model, layout, stage, seed, clock: new RealClock() },
    texts,
  );
  if (isAsked) playground.adaptation.keepAsAsked();
  if (query.dropout !== undefined) settings.set({ dropout: query.dropout });
  return {
    playground,
    library,
    stage,
    layout,
    isLayoutAsked: Object.keys(asked).length > 0,
    replacedModel: model === first ? null : first.specification.name,
  };
}

/** Whether the address or an exhibit's settings ask for a model, a size or a strategy, or bring a canvas. */
function isAskedFor({ model, columns, rows, tile, strategy, replay, kiosk }: Query): boolean {
  // An exhibit's settings always give the distance between its tiles.
  const asked = [model, columns, rows, strategy, replay, kiosk === true ? undefined : tile];
  return asked.some((value) => value !== undefined) || linkIn(location.hash) !== null;
}

async function openDevice(canvas: HTMLCanvasElement, texts: Texts): Promise<Device> {
  const gl = canvas.getContext('webgl2', CONTEXT_ATTRIBUTES);
  if (!gl) throw new StartError(texts.failures.noWebgl2);
  try {
    return await openWithRetry(gl);
  } catch (error) {
    throw new StartError({ text: messageOf(error), steps: texts.failures.device.steps });
  }
}

function initialValues({ rate: askedRate, palette, view, strategy, adapt, paused }: Query): Partial<SettingValues> {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const rate = askedRate ?? (calm ? CALM_STEPS_PER_SECOND : undefined);
  return {
    ...(rate === undefined ? {} : { stepsPerSecond: rate }),
    ...(palette === undefined ? {} : { palette }),
    ...(view === undefined ? {} : { view }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(adapt === undefined ? {} : { adapt }),
    ...(paused === undefined ? {} : { paused }),
  };
}

async function createPlayground(options: Parameters<typeof Playground.create>[0], texts: Texts): Promise<Playground> {
  try {
    return await Playground.create(options);
  } catch (error) {
    if (error instanceof SimulationError) {
      throw new StartError({ text: error.message, steps: texts.failures.tooLarge.steps });
    }
    if (error instanceof DeviceError) throw new StartError({ text: error.message, steps: texts.failures.device.steps });
    throw error;
  }
}
