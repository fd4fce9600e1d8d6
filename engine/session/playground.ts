/**
 * The automaton on a canvas of the page: the simulation, picture, camera, settings and the loop that drives them, as
 * one object that the toolbar, panel, keyboard and page interface all control. It touches no element except the canvas.
 *
 * This file is long because everything is put together here. What each part does is described in the part's own file.
 */
import type { SavedCanvas } from '../automaton/saved-canvas.ts';
import { Simulation } from '../automaton/simulation.ts';
import type { CanvasLayout } from '../automaton/types.ts';
import type { Model } from '../common/model/weights.ts';
import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/events.ts';
import { createAll } from '../gpu/create-all.ts';
import type { Device } from '../gpu/device.ts';
import { retryOnContextLoss } from '../gpu/retry-on-context-loss.ts';
import { Camera, type Extent } from '../view/camera.ts';
import { CellColors } from '../view/cell-colors.ts';
import { makePalette } from '../view/palettes.ts';
import { Scene } from '../view/scene.ts';
import { Adaptation } from './adaptation.ts';
import { CanvasFrames } from './canvas-frames.ts';
import { ContextWatch } from './context-watch.ts';
import { Editor } from './editor.ts';
import { Figures } from './figures.ts';
import { FrameLoop } from './frame-loop.ts';
import { Learning } from './learning.ts';
import { pageMemory } from './memory.ts';
import { Models } from './models.ts';
import { InSlices } from './pace.ts';
import { Picture } from './picture.ts';
import type { PlaygroundEvents } from './playground-events.ts';
import { SecondModel } from './second-model.ts';
import type { Settings, SettingValues } from './settings.ts';
import { keepSnapshots, SNAPSHOT_SECONDS } from './snapshots.ts';
import { StepControl } from './step-control.ts';
import { Travel } from './travel.ts';

export interface PlaygroundOptions {
  readonly canvas: HTMLCanvasElement;
  readonly device: Device;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly model: Model;
  readonly layout: CanvasLayout;
  readonly seed: number;
  /** The size of the canvas element, in CSS pixels. */
  readonly stage: Extent;
}

export class Playground {
  readonly events = new Emitter<PlaygroundEvents>();
  readonly settings: Settings;
  readonly camera: Camera;
  readonly clock: Clock;
  readonly editor: Editor;
  /** Goes back through the last steps. */
  readonly travel: Travel;
  /** Runs a number of steps, or goes to one of the last. */
  readonly steps: StepControl;
  readonly models: Models;
  /** Follows a model that is learning. */
  readonly learning: Learning;
  readonly figures: Figures;
  readonly picture: Picture;
  /** The automatic changes because of the device's speed. */
  readonly adaptation: Adaptation;
  readonly frames: CanvasFrames;
  /** How fast it runs. */
  readonly rates: Pick<FrameLoop, 'framesPerSecond' | 'stepsPerSecond' | 'stepMilliseconds'>;
  readonly simulation: Simulation;
  readonly #second: SecondModel;
  readonly #scene: Scene;
  readonly #loop: FrameLoop;
  readonly #context: ContextWatch;
  readonly #stopSettings: () => void;
  #stopSnapshots = (): void => undefined;
  #disposed: Promise<void> | null = null;

  private constructor(options: PlaygroundOptions, simulation: Simulation, scene: Scene) {
    const { settings, clock, device } = options;
    const { events } = this;
    const isLive = (): boolean => this.live;
    const memory = pageMemory();
    this.settings = settings;
    this.clock = clock;
    this.#context = new ContextWatch(device.gl, {
      lost: () => this.#onLost(),
      restore: async () => {
        await simulation.restore();
        await scene.restore();
      },
      restored: () => this.#onRestored(),
      failed: (error) => events.emit('failed', error),
    });
    this.simulation = simulation;
    this.#scene = scene;
    const camera = new Camera(options.stage, simulation.canvas);
    this.camera = camera;
    const second = new SecondModel({
      first: simulation,
      scene,
      camera,
      settings,
      memory,
      changed: (model) => {
        this.editor.changes.restartSteps();
        this.frames.edited = true;
        this.#relearn();
        events.emit('compared', model);
      },
    });
    this.#second = second;
    const travel = new Travel(second, clock, () => {
      this.editor.events.emit('history', undefined);
      events.emit('travelled', undefined);
    });
    this.travel = travel;
    const editor = new Editor(simulation, options.seed, isLive, new InSlices(clock), travel);
    this.editor = editor;
    const figures = new Figures({ scene, settings, models: second, editor, events });
    this.figures = figures;
    const picture = new Picture({
      scene,
      camera,
      settings,
      models: second,
      editor,
      figures,
      events,
      isLive,
      resizing: () => this.#loop.relearn(),
    });
    this.picture = picture;
    const isSteady = (): boolean => this.frames.isReady && !this.frames.driver && !travel.isInPast;
    const adaptation = new Adaptation(settings, picture, events, isSteady);
    this.adaptation = adaptation;
    const frames = new CanvasFrames({
      clock,
      settings,
      models: second,
      editor,
      travel,
      camera,
      picture,
      adaptation,
      isLive,
      failed: (error) => this.#failed(error),
    });
    this.frames = frames;
    this.#loop = new FrameLoop(clock, device, frames);
    this.rates = this.#loop;
    const models = new Models({
      second,
      settings,
      editor,
      adaptation,
      memory,
      isLive,
      changed: (model) => {
        this.#takeModel();
        this.#relearn();
        events.emit('model', model);
      },
      rejected: (reasons) => {
        if (reasons.length > 0 && !this.#disposed) events.emit('rejected', reasons);
      },
    });
    this.models = models;
    this.learning = new Learning({
      first: simulation,
      editor,
      travel,
      isLive,
      holdStrategy: () => models.holdStrategy(),
      changed: (model, isNewShape) => {
        frames.edited = true;
        if (!isNewShape) return;
        adaptation.keepAsAsked();
        this.#fitSettings();
        this.#relearn();
        void this.#learnToWrite(model);
        events.emit('model', model);
      },
    });
    this.steps = new StepControl({ clock, settings, models, editor, travel, frames, adaptation });
    // The first canvas should not have to wait while programs are being tried.
    void frames.begun.then(() => {
      if (!this.#disposed) models.chooseStrategyWhilePlaying();
    });
    this.#stopSettings = settings.events.on('change', (names) => {
      if (names.has('strategy')) adaptation.keepAsAsked();
      this.#applySettings();
    });
    this.snapshotSeconds = SNAPSHOT_SECONDS;
    this.#takeModel();
    try {
      scene.wakeUp(simulation);
    } catch (error) {
      // When the context is restored, everything is rebuilt.
      if (!device.gl.isContextLost()) throw error;
    }
  }

  /**
   * Builds everything, with an empty canvas, and starts the loop.
   *
   * @throws SimulationError or DeviceError if the GPU cannot run it
   */
  static async create(options: PlaygroundOptions): Promise<Playground> {
    const { device, model, layout, seed, settings, canvas } = options;
    const { strategy } = settings.values;
    const { simulation, colors } = await retryOnContextLoss(device, async () => {
      const made = await createAll<Simulation | CellColors>([
        Simulation.create(device, { model, layout, seed, strategy }),
        CellColors.create(device),
      ]);
      const [simulation, colors] = made as [Simulation, CellColors];
      return { simulation, colors, dispose: () => made.forEach((one) => one.dispose()) };
    });
    const palette = makePalette(settings.values.palette, model.specification.classes);
    const look = { palette, view: 'label', channels: [0, 0, 0], grid: false } as const;
    const { losses } = device;
    const playground = new Playground(options, simulation, await Scene.create(canvas, device, colors, look));
    if (device.losses !== losses) playground.#context.missedLoss();
    await playground.#learnToWrite(model);
    return playground;
  }

  /** Whether the canvas is usable. It is not while the context is lost. */
  get live(): boolean {
    return this.#context.isLive;
  }

  /** Resolves when the canvas is usable, which is immediately unless the context is lost. */
  whenLive(): Promise<void> {
    return this.#context.whenLive();
  }

  /** Whether a failure is only the result of a context loss, for which `lost` has been or will be emitted. */
  isLoss(error: unknown): boolean {
    return !this.live || this.simulation.device.isLoss(error);
  }

  /** All simulations on the canvas' ink: one, or two while models are compared. */
  get simulations(): readonly Simulation[] {
    return this.#second.simulations;
  }

  /**
   * Starts to draw and, unless paused, to step.
   *
   * @param ready the steps wait for this, so that a large first canvas is always the same
   */
  start(ready: Promise<void> = Promise.resolve()): void {
    const go = (): void => this.frames.ready();
    ready.then(go, go);
    // If the context is lost at this moment, the loop starts when it is restored.
    if (this.live) this.#loop.start();
  }

  /** How often a snapshot of the state is taken for a context loss; 0 for never. */
  set snapshotSeconds(seconds: number) {
    this.#stopSnapshots();
    const { device } = this.simulation;
    this.#stopSnapshots = keepSnapshots(
      this.clock,
      seconds,
      this.simulation,
      () => this.live && !device.gl.isContextLost(),
      (error) => this.#failed(error),
    );
  }

  /**
   * Replaces this canvas with a saved one, its model and these settings. On failure nothing changes.
   *
   * @param settings their `strategy` is the one that the canvas continues with
   */
  async load(saved: SavedCanvas, model: Model, settings: Partial<SettingValues>): Promise<void> {
    this.editor.changes.assertLive();
    await this.models.strategySettled;
    await this.#learnToWrite(model);
    await this.simulation.load(saved, model, settings.strategy ?? this.settings.values.strategy);
    this.adaptation.keepAsAsked();
    // A scene has a single model.
    if (this.#second.model) await this.#second.use(null);
    this.#startOver();
    this.#takeModel();
    this.settings.set(settings);
    this.camera.resize(this.camera.whole, this.simulation.canvas);
    void this.frames.begun.then(() => this.models.chooseStrategy());
    this.events.emit('model', model);
    this.events.emit('layout', saved.layout);
  }

  /** Replaces the canvas with a new, empty one. */
  async setCanvas(layout: CanvasLayout): Promise<void> {
    this.editor.changes.assertLive();
    for (const simulation of this.simulations) await simulation.setLayout(layout);
    this.adaptation.keepAsAsked();
    this.#startOver();
    this.camera.resize(this.camera.whole, this.simulation.canvas);
    this.events.emit('layout', layout);
  }

  /**
   * Recompiles everything from the current shaders and continues with the same ink and state.
   *
   * @throws DeviceError if a shader does not compile; the old programs stay in use
   */
  async recompile(): Promise<void> {
    this.editor.changes.assertLive();
    await this.models.settled();
    for (const simulation of this.simulations) await simulation.recompile();
    await this.#scene.recompile();
    this.#startOver();
    this.models.chooseStrategy();
  }

  /** Clears all state, keeps the ink, and restarts the steps and random numbers. */
  reset(seed = this.simulation.seed): void {
    this.editor.changes.assertLive();
    this.travel.arrive();
    this.editor.changes.restartSteps();
    for (const simulation of this.simulations) simulation.reset(seed);
    this.frames.edited = true;
  }

  /** Resolves when everything done so far has been drawn, including measurements that the picture needs. */
  async whenDrawn(): Promise<void> {
    await this.whenLive();
    await this.figures.bringVotes();
    const { frames, clock } = this;
    while (frames.edited || frames.stale) await new Promise((resolve) => clock.requestFrame(resolve));
  }

  /**
   * Ends everything: no frame, event or listener follows. Resolves when all GPU memory is freed, after any choice of
   * strategy in progress. The context is lost as well.
   */
  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    this.#context.dispose();
    this.#loop.stop();
    this.#stopSettings();
    this.adaptation.dispose();
    this.#stopSnapshots();
    await this.models.dispose();
    this.#scene.dispose();
    this.simulation.dispose();
    this.simulation.device.dispose();
  }

  /**
   * Call this for a new canvas: nothing from before can be undone, and what was learned about its speed no longer
   * applies.
   */
  #startOver(): void {
    this.editor.changes.forget();
    this.frames.edited = true;
    this.#relearn();
  }

  #relearn(): void {
    this.#loop.relearn();
    this.adaptation.relearn();
  }

  /** Loads what the handwriting needs for a model's classes. Without it, the canvas runs, and `write` tries again. */
  async #learnToWrite({ specification }: Model): Promise<void> {
    await this.editor.handwriting.learn(specification.classes).catch((error: unknown) => this.#failed(error));
  }

  /** Adapts the settings to the model in use. */
  #takeModel(): void {
    const { step } = this.simulation.model.specification;
    this.settings.set({ dropout: step.dropout, noise: step.noise });
    this.#fitSettings();
  }

  /** Adapts the ranges of the settings to the model in use. */
  #fitSettings(): void {
    const { channels, classes } = this.simulation.model.specification;
    this.settings.setCount(['channel', 'channelGreen', 'channelBlue'], channels.count);
    this.settings.setCount(['stamp'], classes.length);
    this.#applySettings();
  }

  #applySettings(): void {
    this.models.applySettings();
    this.adaptation.applySettings();
    this.picture.applySettings();
  }

  #failed(error: unknown): void {
    // If the context is lost, an event follows shortly, and everything continues when it is restored.
    if (!this.isLoss(error)) this.events.emit('failed', error);
  }

  #onLost(): void {
    this.travel.cancel();
    // A stroke that was interrupted stays, as far as it was drawn.
    this.editor.changes.end();
    this.#loop.stop();
    this.#second.suspend();
    this.events.emit('lost', undefined);
  }

  #onRestored(): Promise<void> {
    this.figures.forgetVotes();
    this.models.chooseStrategy();
    this.frames.edited = true;
    this.#loop.start();
    this.events.emit('restored', undefined);
    return this.#second.resume();
  }
}
