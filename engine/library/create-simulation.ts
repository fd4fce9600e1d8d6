/**
 * A complete canvas of digits for any page: it runs, can be painted on and is coloured, without this project's own
 * page.
 */
import { checkLayout, checkSeed, checkWhole } from '../session/arguments.ts';
import type { Editor } from '../session/editor.ts';
import { Playground } from '../session/playground.ts';
import type { PlaygroundEvents } from '../session/playground-events.ts';
import { Settings, type SettingName, type SettingValues } from '../session/settings.ts';
import { keepSize } from '../session/stage-size.ts';
import type { Simulation } from '../automaton/simulation.ts';
import type { SavedCanvas } from '../automaton/saved-canvas.ts';
import type { CanvasLayout, Statistics } from '../automaton/types.ts';
import { type Cancel, type Clock, RealClock } from '../core/clock.ts';
import { Emitter } from '../core/events.ts';
import { openWithRetry } from '../gpu/retry-on-context-loss.ts';
import { DigitCommands } from './commands.ts';
import { giveContextBack, takeContext } from './context.ts';
import { loadModel, type ModelSource } from './model-source.ts';
import { connectPainting } from './pointer-painting.ts';

/** The options of {@link createSimulation}. Only the model is required. */
export interface SimulationOptions {
  /** The address of a baked model (.ktx2), or its bytes. */
  readonly model: ModelSource;
  /** The number of tiles from left to right; 4 by default. */
  readonly columns?: number;
  /** The number of tiles from top to bottom; 4 by default. */
  readonly rows?: number;
  /** The number of cells from one tile to the next, at least 28; 32 by default. */
  readonly tile?: number;
  /** An unsigned 32-bit integer; 1 by default. The same seed, model, canvas and strokes give the same picture. */
  readonly seed?: number;
  /** Whether every tile begins with a handwritten digit; true by default. */
  readonly fill?: boolean;
  /**
   * A canvas from {@link DigitSimulation.save} to continue from. Its layout and seed are used, and it is not filled.
   */
  readonly saved?: SavedCanvas;
  /** Whether the canvas is transparent where there is no ink; false by default. */
  readonly transparent?: boolean;
  /** Whether mouse, finger and pen can paint on the canvas; true by default. */
  readonly paintable?: boolean;
  /**
   * Seconds between two `measured` events. With 0, the default, it only measures when {@link DigitSimulation.measure}
   * is called.
   */
  readonly measureEverySeconds?: number;
  /** Any of the settings by name, such as `{ palette: 'safe', stepsPerSecond: 60, brushRadius: 2 }`. */
  readonly settings?: Partial<SettingValues>;
  /** The clock to use; the browser's own by default. */
  readonly clock?: Clock;
}

/** The events of {@link DigitSimulation.on}. These names and values are stable. */
export interface SimulationEvents {
  /** New figures: what the cells say. */
  measured: Statistics;
  /** Ink or state was changed by hand or by a command. */
  edited: void;
  /** Settings were changed; their names. */
  settings: ReadonlySet<SettingName>;
  /** The model was changed; its name. */
  model: string;
  /** The canvas was replaced; its layout. */
  layout: CanvasLayout;
  /** The GPU's context was lost. Everything is restored automatically when it returns. */
  lost: void;
  /** The context is restored with all the ink, and with the state from a few seconds ago. */
  restored: void;
  /** Something failed permanently, such as a driver in the middle of a frame. */
  failed: unknown;
}

/** A running simulation on a canvas, created by {@link createSimulation}. */
export class DigitSimulation extends DigitCommands {
  readonly #canvas: HTMLCanvasElement;
  readonly #playground: Playground;
  readonly #events = new Emitter<SimulationEvents>();
  readonly #stops: (() => void)[];
  #stopMeasuring: Cancel = () => undefined;
  #measuredVersion = -1;
  #disposed = false;

  /** @internal */
  constructor(canvas: HTMLCanvasElement, playground: Playground, options: SimulationOptions) {
    super();
    this.#canvas = canvas;
    this.#playground = playground;
    const { events, editor, settings } = playground;
    const forward = <Name extends keyof PlaygroundEvents & keyof SimulationEvents>(name: Name): (() => void) =>
      events.on(name, (value) => this.#events.emit(name, value as SimulationEvents[Name]));
    this.#stops = [
      forward('measured'),
      forward('layout'),
      forward('lost'),
      forward('restored'),
      forward('failed'),
      events.on('model', ({ specification }) => this.#events.emit('model', specification.name)),
      editor.events.on('edited', () => this.#events.emit('edited', undefined)),
      settings.events.on('change', (names) => this.#events.emit('settings', names)),
      keepSize(canvas, playground),
    ];
    if (options.paintable !== false) this.#stops.push(connectPainting(canvas, playground));
    const { measureEverySeconds = 0 } = options;
    if (measureEverySeconds > 0) this.#measureEvery(1000 * measureEverySeconds);
  }

  /** @internal */
  protected override get simulation(): Simulation {
    return this.#playground.simulation;
  }

  /** @internal */
  protected override get editor(): Editor {
    return this.#playground.editor;
  }

  /** Calls `listener` for every event with this name. Returns a function that removes the listener. */
  on<Name extends keyof SimulationEvents>(name: Name, listener: (value: SimulationEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** The current settings. */
  get settings(): Readonly<SettingValues> {
    return this.#playground.settings.values;
  }

  /**
   * Changes settings. If one of them is invalid, none is changed.
   * @throws SettingError that names the setting and its range
   */
  set(settings: Partial<SettingValues>): void {
    this.#playground.settings.set(settings);
  }

  /** Starts or resumes time. */
  play(): void {
    this.set({ paused: false });
  }

  /** Pauses time. */
  pause(): void {
    this.set({ paused: true });
  }

  /** Pauses, runs exactly `count` steps, and resolves when the GPU has done them. */
  step(count = 1): Promise<void> {
    return this.#playground.steps.run(checkWhole('The number of steps', count, 0, 1_000_000));
  }

  /** Switches to another model. The ink is kept and all state is cleared. On failure, the old model keeps running. */
  async useModel(source: ModelSource): Promise<void> {
    await this.#playground.models.use(await loadModel(source));
  }

  /** Replaces the canvas with a new, empty one. */
  async setCanvas(layout: CanvasLayout): Promise<void> {
    await this.#playground.setCanvas(checkLayout(layout));
  }

  /**
   * Returns a copy of the current canvas with its state. To continue from it, pass it as the option `saved`, with the
   * same model.
   */
  save(): Promise<SavedCanvas> {
    this.editor.changes.assertLive();
    return this.simulation.save();
  }

  override reset(seed = this.simulation.seed): void {
    this.#playground.reset(checkSeed(seed));
  }

  /** Measures what the cells say. Also emits the event `measured`. */
  override measure(): Promise<Statistics> {
    return this.#playground.figures.measure();
  }

  /**
   * Ends the simulation. It leaves no frame, event or listener behind and, once the promise has settled, nothing on the
   * GPU. The canvas can be passed to {@link createSimulation} again. Later calls throw.
   */
  async dispose(): Promise<void> {
    if (!this.#disposed) giveContextBack(this.#canvas, this.simulation.device.gl);
    this.#disposed = true;
    for (const stop of this.#stops.splice(0)) stop();
    this.#stopMeasuring();
    await this.#playground.dispose();
  }

  #measureEvery(milliseconds: number): void {
    const { clock } = this.#playground;
    const repeat = (): void => {
      if (this.#disposed) return;
      this.#stopMeasuring = clock.after(milliseconds, () => {
        void this.#measureIfNew().finally(repeat);
      });
    };
    repeat();
  }

  async #measureIfNew(): Promise<void> {
    const { version } = this.simulation;
    if (!this.#playground.live || version === this.#measuredVersion) return;
    this.#measuredVersion = version;
    try {
      await this.#playground.figures.measure();
    } catch (error) {
      // A context that was lost in the meantime has its own event.
      if (!this.#playground.isLoss(error)) this.#events.emit('failed', error);
    }
  }
}

/**
 * Creates a canvas of self-classifying digits on a canvas element and starts it.
 *
 * ```js
 * import { createSimulation } from './lib/digits.js';
 *
 * const simulation = await createSimulation(document.querySelector('canvas'), {
 *   model: './models/accurate.ktx2',
 *   measureEverySeconds: 0.5,
 * });
 * simulation.on('measured', ({ digits }) => console.log(digits.map(({ vote }) => vote)));
 * ```
 *
 * The canvas is drawn at the size that its style gives it, in device pixels.
 * @param canvas a canvas without a context, or one whose simulation was disposed of
 * @throws DeviceError if there is no WebGL2, or if it lacks what the engine needs
 * @throws ModelError if the model cannot be fetched or used
 * @throws RangeError, SettingError or SimulationError if an option is out of range or the canvas is too large for the GPU
 */
export async function createSimulation(
  canvas: HTMLCanvasElement,
  options: SimulationOptions,
): Promise<DigitSimulation> {
  const { columns = 4, rows = 4, tile = 32, seed = 1, clock = new RealClock() } = options;
  const layout = checkLayout({ columns, rows, tile });
  checkSeed(seed);
  const settings = new Settings();
  settings.set({ ...options.settings });
  const model = await loadModel(options.model);
  const gl = await takeContext(canvas, options.transparent === true);
  const stage = { width: canvas.clientWidth, height: canvas.clientHeight };
  const device = await openWithRetry(gl);
  const playground = await Playground.create({ canvas, device, clock, settings, model, layout, seed, stage });
  // The model sets its own dropout and noise. Values from the options override them.
  const { dropout, noise } = options.settings ?? {};
  settings.set({ ...(dropout === undefined ? {} : { dropout }), ...(noise === undefined ? {} : { noise }) });
  const simulation = new DigitSimulation(canvas, playground, options);
  const filled = options.saved
    ? playground.load(options.saved, model, {})
    : options.fill === false
      ? Promise.resolve()
      : simulation.fill();
  const failed = new Promise((_, reject) => {
    playground.events.on('failed', reject);
  });
  playground.start(filled);
  await Promise.race([Promise.all([filled, playground.picture.first]), failed]);
  return simulation;
}
