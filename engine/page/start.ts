/** Puts the page together: reads the address, opens the GPU, loads a model, draws the first picture, wires the controls. */
import { messageOf } from '../common/error-message.ts';
import { SimulationError, type CanvasLayout } from '../automaton/types.ts';
import { decodeModelFile } from '../common/model/file.ts';
import { ModelError } from '../common/model/model-error.ts';
import type { Model } from '../common/model/weights.ts';
import { RealClock } from '../core/clock.ts';
import { CONTEXT_ATTRIBUTES } from '../gpu/context.ts';
import type { Device } from '../gpu/device.ts';
import { DeviceError } from '../gpu/device-error.ts';
import { openWithRetry } from '../gpu/retry-on-context-loss.ts';
import { watchContext } from './context-notices.ts';
import { connectControls } from './connect-controls.ts';
import type { Controls } from './controls.ts';
import { elementById } from './elements.ts';
import { beginMeasuring, modelFor } from './device-model.ts';
import { StartError } from './failure-page.ts';
import { chooseLayout, isSmallStage, isWritingRoom } from '../session/layout.ts';
import { fillLegend } from './legend.ts';
import { loadPart } from './load-part.ts';
import { ModelLibrary } from './models.ts';
import type { Notices } from './notices.ts';
import { HURRIED_SLICE_MILLISECONDS } from '../session/pace.ts';
import type { PageParts } from './page-interface.ts';
import { Playground } from '../session/playground.ts';
import { askedLayout, parseQuery, type Query } from './query.ts';
import { SessionRecorder } from '../session/replay/recorder.ts';
import { openReplayAddress } from './replay/replay-files.ts';
import { Settings, type SettingValues } from '../session/settings.ts';
import { linkIn } from './scenes/link-mark.ts';
import { openAddress } from './scenes/links.ts';
import { keepSize } from '../session/stage-size.ts';
import type { Texts } from './texts/index.ts';
import { nameControls } from './toolbar.ts';

/** The seed when the address gives none: everybody's first visit looks the same. */
const DEFAULT_SEED = 1;

/** How long the first picture waits for a whole canvas. */
const WHOLE_MILLISECONDS = 800;

/** Steps a second for somebody who has asked for less motion. */
const CALM_STEPS_PER_SECOND = 10;

/**
 * Starts the page.
 * @throws StartError with what to show instead of the canvas
 */
export async function start(texts: Texts, notices: Notices): Promise<PageParts> {
  const { query, issues } = parseQuery(location.search);
  for (const issue of issues) notices.show(texts.notices.query(issue), { kind: 'warning' });
  if (query.kiosk !== true) return (await open(query, texts, notices)).parts;
  const { prepareExhibit, reportFailure, runExhibit, startInTime } = await loadPart(() => import('./kiosk/exhibit.ts'));
  const exhibit = await prepareExhibit(query, texts);
  try {
    const { parts, controls } = await startInTime(open(exhibit.query, exhibit.texts, notices));
    runExhibit(controls, exhibit);
    return parts;
  } catch (error) {
    reportFailure(exhibit, error);
    throw error;
  }
}

/** Opens everything that exhibit and ordinary page have in common, as far as the first picture. */
async function open(
  query: Query,
  texts: Texts,
  notices: Notices,
): Promise<{ readonly parts: PageParts; readonly controls: Controls }> {
  const showsControls = query.ui !== false && query.kiosk !== true;
  elementById('bar', HTMLElement).hidden = !showsControls;

  const canvas = elementById('canvas', HTMLCanvasElement);
  canvas.setAttribute('aria-label', texts.canvas.label);
  elementById('canvas-description', HTMLElement).textContent = texts.canvas.description;
  // Asked for first: it is on its way while the GPU wakes up, which the page has to wait for.
  const loading = loadFirstModel(query, texts, notices);
  // Should the GPU fail, that is what the user is told.
  loading.catch(() => undefined);
  const device = await openDevice(canvas, texts);
  const isAsked = isAskedFor(query);
  const mayChoose = !isAsked && query.adapt !== false && query.paused !== true;
  // While the model is on its way.
  if (mayChoose) beginMeasuring(device);
  const { library, model: first } = await loading;
  const settings = new Settings(initialValues(query));
  const stage = elementById('stage', HTMLElement);
  // The stage has its final size only once the bar has all that it will hold.
  fillLegend(first.specification.classes, texts);
  nameControls(texts);
  const extent = { width: stage.clientWidth, height: stage.clientHeight };
  const asked = askedLayout(query);
  const isLayoutAsked = Object.keys(asked).length > 0;
  const layout = chooseLayout(extent, asked);
  const model = mayChoose ? await modelFor(device, library, first, layout) : first;
  const playground = await createPlayground({ canvas, device, settings, model, layout, stage, query }, texts);
  if (isAsked) playground.adaptation.keepAsAsked();
  if (query.dropout !== undefined) settings.set({ dropout: query.dropout });

  // An exhibit runs for weeks, and nobody takes its replay away.
  const recorder = query.kiosk === true ? null : new SessionRecorder(playground.simulation);
  const parts = pageParts(playground, library, recorder);
  // An exhibit helps itself.
  if (query.kiosk !== true) watchContext(playground, texts, notices);
  keepSize(stage, playground);
  const controls = connectControls({
    ...parts,
    library,
    texts,
    notices,
    showsControls,
    isExhibit: query.kiosk === true,
    replacedModel: model === first ? null : first.specification.name,
    isLayoutAsked,
  });
  const hasCanvas = query.kiosk !== true && (await openFromAddress(query, { ...parts, library, texts, notices }));
  await playground.whenLive();
  // A link may have brought another layout.
  const { columns, rows } = playground.simulation.layout;
  const isOwnLayout = !isLayoutAsked && columns === layout.columns && rows === layout.rows;
  const leavesRoom = showsControls && isOwnLayout && isSmallStage(extent);
  const isLeftEmpty = (tile: number): boolean => leavesRoom && isWritingRoom(layout, tile);
  const filled = hasCanvas ? Promise.resolve() : playground.editor.fillFirst(HURRIED_SLICE_MILLISECONDS, isLeftEmpty);
  // Pictures of a canvas that is not whole yet would hold up the rest of it; a very large one is shown as it grows.
  await Promise.race([
    filled,
    new Promise((resolve) => playground.clock.after(WHOLE_MILLISECONDS, () => resolve(null))),
  ]);
  playground.start(filled);
  await Promise.all([filled, playground.picture.first]);
  return { parts, controls };
}

/** Whether the address, or an exhibit's settings, ask for a model, a size or a strategy, or bring a canvas. */
function isAskedFor({ model, columns, rows, tile, strategy, replay, kiosk }: Query): boolean {
  // An exhibit's settings always say how far its tiles are apart.
  const asked = [model, columns, rows, strategy, replay, kiosk === true ? undefined : tile];
  return asked.some((value) => value !== undefined) || linkIn(location.hash) !== null;
}

/** Opens the replay or the scene that the address holds; tells whether it brought a canvas. */
async function openFromAddress(
  { replay, rate, paused }: Query,
  parts: PageParts & { readonly library: ModelLibrary; readonly texts: Texts; readonly notices: Notices },
): Promise<boolean> {
  if (replay === undefined) return (await openAddress(parts)) === 'canvas';
  const plays = await openReplayAddress(parts, replay);
  // What else the address asks for holds for the replay, too.
  if (plays) {
    parts.playground.settings.set({
      ...(rate === undefined ? {} : { stepsPerSecond: rate }),
      ...(paused === undefined ? {} : { paused }),
    });
  }
  return plays;
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

/** The model that the address names, else the first of the list that can be used. */
async function loadFirstModel(
  { model: asked }: Query,
  texts: Texts,
  notices: Notices,
): Promise<{ library: ModelLibrary; model: Model }> {
  let library: ModelLibrary;
  try {
    library = await ModelLibrary.open(texts.models);
  } catch (error) {
    throw new StartError({ text: messageOf(error), steps: texts.failures.noModel.steps });
  }
  const names = library.entries.map(({ name }) => name);
  if (asked !== undefined && !library.has(asked)) {
    notices.show(texts.notices.unknownModel(asked.slice(0, 40), names[0] ?? ''), { kind: 'warning' });
  }
  const candidates = asked !== undefined && library.has(asked) ? [asked, ...names] : names;
  let reason = texts.failures.noModel.text;
  for (const name of new Set(candidates)) {
    try {
      return { library, model: await library.load(name) };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      reason = texts.notices.modelFailed(name, error.message);
      notices.show(reason, { kind: 'error' });
    }
  }
  throw new StartError({ text: reason, steps: texts.failures.noModel.steps });
}

function initialValues(query: Query): Partial<SettingValues> {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const rate = query.rate ?? (calm ? CALM_STEPS_PER_SECOND : undefined);
  return {
    ...(rate === undefined ? {} : { stepsPerSecond: rate }),
    ...(query.palette === undefined ? {} : { palette: query.palette }),
    ...(query.view === undefined ? {} : { view: query.view }),
    ...(query.strategy === undefined ? {} : { strategy: query.strategy }),
    ...(query.adapt === undefined ? {} : { adapt: query.adapt }),
    ...(query.paused === undefined ? {} : { paused: query.paused }),
  };
}

interface PlaygroundParts {
  readonly canvas: HTMLCanvasElement;
  readonly device: Device;
  readonly settings: Settings;
  readonly model: Model;
  readonly layout: CanvasLayout;
  readonly stage: HTMLElement;
  readonly query: Query;
}

async function createPlayground(parts: PlaygroundParts, texts: Texts): Promise<Playground> {
  try {
    return await Playground.create({
      ...parts,
      clock: new RealClock(),
      seed: parts.query.seed ?? DEFAULT_SEED,
      stage: { width: parts.stage.clientWidth, height: parts.stage.clientHeight },
    });
  } catch (error) {
    if (error instanceof SimulationError) {
      throw new StartError({ text: error.message, steps: texts.failures.tooLarge.steps });
    }
    if (error instanceof DeviceError) throw new StartError({ text: error.message, steps: texts.failures.device.steps });
    throw error;
  }
}

function pageParts(playground: Playground, library: ModelLibrary, recorder: SessionRecorder | null): PageParts {
  const recorded = (): SessionRecorder => {
    if (!recorder) throw new Error('An exhibit is not recorded, and plays no replays.');
    return recorder;
  };
  return {
    playground,
    useModelNamed: async (name) => playground.models.use(await library.load(name)),
    useModelFile: async (bytes) => playground.models.use(decodeModelFile(bytes)),
    saveScene: async () => (await loadPart(() => import('./scenes/page-scene.ts'))).saveScene(playground),
    loadScene: async (bytes) => {
      const { loadScene } = await loadPart(() => import('./scenes/page-scene.ts'));
      return loadScene(playground, bytes);
    },
    saveReplay: async () =>
      (await loadPart(() => import('../session/replay/save-replay.ts'))).saveReplay(playground, recorded(), library),
    playReplay: async (bytes, options) => {
      const { playReplay } = await loadPart(() => import('./replay/play-replay.ts'));
      return playReplay({ playground, recorder: recorded(), library }, bytes, options);
    },
  };
}
