/**
 * `window.nca`: the interface through which scripts, exhibitions and tests control the page. Calls may be made before
 * the page is ready. They wait, and then run one after the other in the order in which they were made.
 */
import { DIGIT_SIZE } from '../automaton/layout.ts';
import { MOST_SIDE } from '../common/digit-images/pad.ts';
import type { LabelRecord, StateRecord, Statistics, StrokePoint } from '../automaton/types.ts';
import {
  checkBytes,
  checkDigits,
  checkLayout,
  checkPoints,
  checkRecord,
  checkSeed,
  checkText,
  checkWhole,
} from '../session/arguments.ts';
import type { Playground } from '../session/playground.ts';
import type { ReplayResult } from '../session/replay/replay-player.ts';
import type { TaughtFigures } from './features/teach/page-teaching.ts';
import type { CourseOptions, Teaching } from './features/teach/teaching.ts';
import type { Sign } from '../learning/teach/sign.ts';
import { LONGEST_TEXT, type WrittenText } from '../session/written-text.ts';
import { describe, SETTINGS, type NumberSetting, SettingError, type SettingValues } from '../session/settings.ts';

/** What the page offers once it runs. */
export interface PageParts {
  readonly playground: Playground;
  /** Switches to another shipped model. */
  readonly useModelNamed: (name: string) => Promise<void>;
  /** Switches to the model in the bytes of a file. */
  readonly useModelFile: (bytes: Uint8Array) => Promise<void>;
  /** Teaches new signs on the canvas. */
  readonly teaching: () => Promise<Teaching>;
  /** Teaches a sign and keeps it. */
  readonly teach: (sign: unknown, length: unknown) => Promise<TaughtFigures>;
  /** Returns the whole scene as the bytes of a file. */
  readonly saveScene: () => Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Replaces this scene with a saved one. On failure, nothing changes. Returns the names of settings that are unknown
   * here.
   */
  readonly loadScene: (bytes: Uint8Array) => Promise<readonly string[]>;
  /** Returns the session since the page was opened, as the bytes of a replay file. */
  readonly saveReplay: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Replaces the canvas with a replay and starts playing it. On failure, nothing changes. */
  readonly playReplay: (
    bytes: Uint8Array,
    options?: PlayOptions,
  ) => Promise<{ readonly steps: number; readonly result: Promise<ReplayResult> }>;
}

/** How a replay is played. */
export interface PlayOptions {
  /**
   * Whether to play as fast as the GPU can, whatever the page shows meanwhile, rather than frame by frame as in the
   * session.
   */
  readonly fast?: boolean;
}

export interface PageInfo {
  model: string;
  width: number;
  height: number;
  tile: number;
  columns: number;
  rows: number;
  liveCells: number;
  channels: number;
  step: number;
  seed: number;
  renderer: string;
  strategy: string;
}

/** Every value of the debug panel; `erase` is a shorthand for the tools brush and eraser. */
export type PageValues = SettingValues & { erase: boolean; model: string };

export interface PageInterface {
  /** Resolves when the model is loaded and the first frame is drawn. */
  readonly ready: Promise<void>;
  info(): Promise<PageInfo>;
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Pauses, runs exactly `count` steps, and resolves when the GPU has done them. */
  step(count?: number): Promise<void>;
  set(values: Partial<PageValues>): Promise<void>;
  get(): Promise<PageValues>;
  useModel(nameOrBytes: string | Uint8Array | ArrayBuffer): Promise<void>;
  /**
   * Teaches the model on the canvas a sign from drawings of it, for a number of seconds (60 by default) or steps.
   * Resolves when it is learnt and kept. Further calls wait until then. The points of a drawing's strokes are in cells.
   */
  teach(sign: Sign, length?: CourseOptions): Promise<TaughtFigures>;
  setCanvas(layout: { columns: number; rows: number; tile: number }): Promise<void>;
  /**
   * Puts images into the tiles in reading order. They are squares of `side` cells, 28 by default; larger ones need
   * tiles that have room for them, see {@link PageInterface.setCanvas}.
   */
  setDigits(images: Uint8Array, labels?: ArrayLike<number>, options?: { side?: number }): Promise<void>;
  paint(points: StrokePoint[], brush?: { radius?: number; erase?: boolean }): Promise<void>;
  /**
   * Writes a text with the pen, a character in each tile of the rows in the middle of the canvas, and clears the tiles
   * around it. Tells which characters the model has no class for, and what there was no room for.
   */
  write(text: string): Promise<WrittenText>;
  /** Undoes the last edit: restores the ink and the state under it. Does nothing if there is no edit. */
  undo(): Promise<void>;
  redo(): Promise<void>;
  /**
   * Returns the bytes of a scene file: ink, state, settings, camera and model. A scene loaded from it continues bit for
   * bit.
   */
  saveScene(): Promise<Uint8Array>;
  /**
   * Replaces this scene with a saved one and continues from there. Rejects a file that cannot be used, and then changes
   * nothing.
   */
  loadScene(bytes: Uint8Array | ArrayBuffer): Promise<void>;
  /** Returns the bytes of a replay file: everything that was done since the page was opened. */
  saveReplay(): Promise<Uint8Array>;
  /** Plays a recorded session and reports whether it ended with the same state, bit for bit. */
  playReplay(bytes: Uint8Array | ArrayBuffer, options?: PlayOptions): Promise<ReplayResult>;
  reset(options?: { seed?: number }): Promise<void>;
  readState(): Promise<StateRecord>;
  readLabels(): Promise<LabelRecord>;
  stats(): Promise<Statistics>;
  /**
   * Settles when everything that was requested so far has been drawn. Running steps continue. Meant for comparing
   * screenshots.
   */
  drawn(): Promise<void>;
}

declare global {
  interface Window {
    nca: PageInterface;
  }
}

const MOST_STEPS = 1_000_000;

/**
 * Creates the interface of a page that may still be starting. If the page cannot start, every call rejects with the
 * reason.
 */
export function createPageInterface(starting: Promise<PageParts>): PageInterface {
  let tail: Promise<unknown> = Promise.resolve();
  // Callers may never use `ready`. A failed start is shown on the page, so it must not count as an unhandled rejection.
  const ready = starting.then(() => undefined);
  ready.catch(() => undefined);

  /** Does `work` after all earlier calls. `check` reads the arguments immediately, as they are now. */
  const call = <Arguments, Result>(
    check: () => Arguments,
    work: (parts: PageParts, checked: Arguments) => Result | Promise<Result>,
  ): Promise<Result> => {
    let checked: Arguments;
    try {
      checked = check();
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    const result = tail.then(async () => {
      const parts = await starting;
      // Nothing adapts by itself while a call is running.
      const release = parts.playground.adaptation.hold();
      try {
        return await work(parts, checked);
      } finally {
        release();
      }
    });
    tail = result.catch(() => undefined);
    return result;
  };
  const plain = <Result>(work: (parts: PageParts) => Result | Promise<Result>): Promise<Result> =>
    call(() => undefined, work);

  return Object.freeze<PageInterface>({
    ready,
    info: () => plain(({ playground }) => readInfo(playground)),
    play: () => plain(({ playground }) => playground.settings.set({ paused: false })),
    pause: () => plain(({ playground }) => playground.settings.set({ paused: true })),
    step: (count = 1) =>
      call(
        () => checkWhole('The number of steps', count, 0, MOST_STEPS),
        ({ playground }, steps) => playground.steps.run(steps),
      ),
    set: (values) => call(() => ({ ...checkRecord('The settings', values) }), applyValues),
    get: () => plain(({ playground }) => readValues(playground)),
    useModel: (nameOrBytes) => call(() => checkModel(nameOrBytes), useModel),
    teach: (sign, length = {}) =>
      call(
        () => structuredClone({ sign, length }),
        (parts, given) => parts.teach(given.sign, given.length),
      ),
    setCanvas: (layout) =>
      call(
        () => checkLayout(layout),
        ({ playground }, checked) => playground.setCanvas(checked),
      ),
    setDigits: (images, labels, options = {}) =>
      call(
        () => {
          const { side = DIGIT_SIZE } = checkRecord('The options of "setDigits"', options);
          const checkedSide = checkWhole('The side', side, DIGIT_SIZE, MOST_SIDE);
          return { ...checkDigits(images, labels, checkedSide), side: checkedSide };
        },
        ({ playground }, checked) =>
          playground.editor.setDigits(checked.images, checked.labels, undefined, checked.side),
      ),
    paint: (points, brush = {}) =>
      call(
        () => checkStroke(points, brush),
        ({ playground }, { stroke, radius, erase }) =>
          playground.editor.paintStroke(stroke, { radius: radius ?? playground.settings.values.brushRadius, erase }),
      ),
    write: (text) =>
      call(
        () => checkText('The text', text, LONGEST_TEXT),
        ({ playground: { editor, simulation } }, checked) => {
          const { width, height } = simulation.canvas;
          return editor.write(checked, { x: width / 2, y: height / 2 });
        },
      ),
    undo: () => plain(({ playground }) => playground.editor.changes.undo()),
    redo: () => plain(({ playground }) => playground.editor.changes.redo()),
    saveScene: () => plain((parts) => parts.saveScene()),
    loadScene: (bytes) =>
      call(
        () => checkBytes('A scene', bytes),
        async (parts, checked) => {
          await parts.loadScene(checked);
        },
      ),
    saveReplay: () => plain((parts) => parts.saveReplay()),
    playReplay: (bytes, options = {}) =>
      call(
        () => ({ checked: checkBytes('A replay', bytes), fast: checkRecord('The options', options)['fast'] === true }),
        async (parts, { checked, fast }) => (await parts.playReplay(checked, { fast })).result,
      ),
    reset: (options = {}) =>
      call(
        () => {
          const { seed } = checkRecord('The options of "reset"', options);
          return seed === undefined ? undefined : checkSeed(seed);
        },
        ({ playground }, seed) => playground.reset(seed),
      ),
    readState: () => plain(({ playground }) => playground.simulation.measurement.readState()),
    readLabels: () => plain(({ playground }) => playground.simulation.measurement.readLabels()),
    stats: () => plain(({ playground }) => playground.figures.measure()),
    drawn: () => plain(({ playground }) => playground.whenDrawn()),
  });
}

function readInfo({ simulation }: Playground): PageInfo {
  const { model, layout } = simulation;
  return {
    model: model.specification.name,
    width: simulation.canvas.width,
    height: simulation.canvas.height,
    tile: layout.tile,
    columns: layout.columns,
    rows: layout.rows,
    liveCells: simulation.canvas.liveCells,
    channels: model.specification.channels.count,
    step: simulation.time.step,
    seed: simulation.seed,
    renderer: simulation.device.renderer,
    strategy: simulation.strategy.name,
  };
}

function readValues({ settings, simulation }: Playground): PageValues {
  const { values } = settings;
  return { ...values, erase: values.tool === 'eraser', model: simulation.model.specification.name };
}

async function applyValues(parts: PageParts, values: Record<string, unknown>): Promise<void> {
  const { model, erase, ...settings } = values;
  const { playground } = parts;
  if (erase !== undefined && typeof erase !== 'boolean') {
    throw new SettingError(`"erase" must be true or false, not ${describe(erase)}.`);
  }
  if (erase !== undefined) {
    const { tool } = playground.settings.values;
    settings['tool'] ??= erase ? 'eraser' : tool === 'eraser' ? 'brush' : tool;
  }
  if (model !== undefined && typeof model !== 'string') {
    throw new SettingError(`"model" must be the name of a model, not ${describe(model)}.`);
  }
  if (model !== undefined && model !== playground.simulation.model.specification.name) await parts.useModelNamed(model);
  playground.settings.set(settings);
  if (model === undefined && !('strategy' in settings)) return;
  // Naming the current model or strategy counts as asking for it, too.
  playground.adaptation.keepAsAsked();
  await playground.models.strategySettled;
}

function checkModel(nameOrBytes: unknown): string | Uint8Array {
  if (typeof nameOrBytes === 'string') return nameOrBytes;
  if (nameOrBytes instanceof ArrayBuffer || nameOrBytes instanceof Uint8Array)
    return checkBytes('A model', nameOrBytes);
  throw new TypeError(`A model must be a name or the bytes of a file (Uint8Array), not ${describe(nameOrBytes)}.`);
}

async function useModel(parts: PageParts, nameOrBytes: string | Uint8Array): Promise<void> {
  await (typeof nameOrBytes === 'string' ? parts.useModelNamed(nameOrBytes) : parts.useModelFile(nameOrBytes));
  await parts.playground.models.strategySettled;
}

function checkStroke(
  points: unknown,
  brush: unknown,
): { stroke: StrokePoint[]; radius: number | undefined; erase: boolean } {
  const { radius, erase = false } = checkRecord('The brush', brush);
  const { low, high } = SETTINGS.brushRadius as NumberSetting;
  if (radius !== undefined && !(typeof radius === 'number' && radius >= low && radius <= high)) {
    throw new RangeError(`The radius of the brush must be a number from ${low} to ${high}, not ${describe(radius)}.`);
  }
  if (typeof erase !== 'boolean') throw new TypeError(`"erase" must be true or false, not ${describe(erase)}.`);
  return { stroke: checkPoints(points), radius, erase };
}
