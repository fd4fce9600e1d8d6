/**
 * The automaton on a canvas of the page: simulation, picture, camera, settings
 * and the loop that drives them, as one thing that toolbar, panel, keyboard and
 * page interface all command. It touches no element but the canvas.
 */
import type { SavedCanvas } from '../automaton/saved-canvas.ts';
import { Simulation } from '../automaton/simulation.ts';
import type { CanvasLayout, Statistics } from '../automaton/types.ts';
import type { Model } from '../common/model/weights.ts';
import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/events.ts';
import { createAll } from '../gpu/create-all.ts';
import type { Device } from '../gpu/device.ts';
import { retryOnContextLoss } from '../gpu/retry-on-context-loss.ts';
import { Camera, type Extent } from '../view/camera.ts';
import { makePalette } from '../view/palettes.ts';
import { CellColors } from '../view/cell-colors.ts';
import { type CellPicture, Scene } from '../view/scene.ts';
import { needsVotes } from '../view/views.ts';
import { ContextWatch } from './context-watch.ts';
import { Editor } from './editor.ts';
import { type FrameHost, FrameLoop } from './frame-loop.ts';
import { type FrameReport, Governor } from './governor.ts';
import { Holds } from './holds.ts';
import { pageMemory } from './memory.ts';
import { InSlices } from './pace.ts';
import { Travel } from './travel.ts';
import type { Settings, SettingValues } from './settings.ts';
import { SecondModel } from './second-model.ts';
import { keepSnapshots, SNAPSHOT_SECONDS } from './snapshots.ts';
import { StrategyKeeper } from './strategy.ts';

/** How long after a stroke's last point somebody still counts as drawing. */
const DRAWING_MILLISECONDS = 150;

/** A call to the GPU that takes longer than this makes the page feel stuck. */
const STEP_CHUNK_MILLISECONDS = 200;

export interface PlaygroundEvents {
  /** Another model runs. */
  model: Model;
  /** Another canvas, or another size of it. */
  layout: CanvasLayout;
  /** New figures were measured. */
  measured: Statistics;
  /** The figures of the second model, at the same time. */
  measuredSecond: Statistics;
  /** A second model runs beside the first, or no longer. */
  compared: Model | null;
  /** Another of the last steps is shown. */
  travelled: void;
  /** Why ways to compute the step are not used on this GPU, one sentence each. */
  rejected: readonly string[];
  /** The picture has another resolution because of the device's speed: this share of the screen's own. */
  resolution: number;
  /** The device is too slow for this model, and a coarser picture does not help. */
  overloaded: void;
  /** The GPU has taken the context back. */
  lost: void;
  /** The context is here again, and so is the ink. */
  restored: void;
  /** A frame or a restoration failed; nothing moves any more. */
  failed: unknown;
}

/** Decides what happens between steps; see {@link Playground.driver}. */
export interface StepDriver {
  /** @param run runs so many steps */
  advance(steps: number, run: (steps: number) => void): void;
}

export interface PlaygroundOptions {
  readonly canvas: HTMLCanvasElement;
  readonly device: Device;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly model: Model;
  readonly layout: CanvasLayout;
  readonly seed: number;
  /** Of the canvas element, in CSS pixels. */
  readonly stage: Extent;
}

export class Playground implements FrameHost {
  readonly events = new Emitter<PlaygroundEvents>();
  readonly settings: Settings;
  readonly camera: Camera;
  readonly clock: Clock;
  readonly editor: Editor;
  /** The way back through the last steps. */
  readonly travel: Travel;
  readonly #simulation: Simulation;
  /** The first, and a second while two models are compared. */
  readonly #simulations: Simulation[];
  readonly #second: SecondModel;
  readonly #scene: Scene;
  readonly #loop: FrameLoop;
  readonly #strategy: StrategyKeeper;
  readonly #governor = new Governor();
  readonly #holds = new Holds();
  #isAsked = false;
  #devicePixelRatio = 1;
  #resolution = 1;
  readonly #context: ContextWatch;
  readonly #stopListening: () => void;
  #stopSnapshots = (): void => undefined;
  #disposed: Promise<void> | null = null;
  /** Whether steps may begin: the first canvas is whole. */
  #isReady = false;
  #edited = false;
  /** The simulations' versions of which the picture knows the digits' majorities. */
  #votedVersions: readonly number[] = [];
  #lastEditMilliseconds = -Infinity;
  #firstDraw: (() => void) | null = null;
  /** While there is one, steps are run by it: a replay does in between what was done in between. */
  driver: StepDriver | null = null;
  /** Settled with the first picture. */
  readonly firstPicture: Promise<void>;
  /** Settled when the first canvas is whole, and shown. */
  readonly #begun: Promise<void>;
  #begin = (): void => undefined;

  private constructor(options: PlaygroundOptions, simulation: Simulation, scene: Scene) {
    this.settings = options.settings;
    this.clock = options.clock;
    this.#context = new ContextWatch(options.device.gl, {
      lost: () => this.#onLost(),
      restore: async () => {
        await simulation.restore();
        await scene.restore();
      },
      restored: () => this.#onRestored(),
      failed: (error) => this.events.emit('failed', error),
    });
    this.#simulation = simulation;
    this.#simulations = [simulation];
    this.#scene = scene;
    this.travel = new Travel(this.#simulations, options.clock, () => {
      this.editor.events.emit('history', undefined);
      this.events.emit('travelled', undefined);
    });
    this.editor = new Editor(simulation, options.seed, () => this.live, new InSlices(options.clock), this.travel);
    this.editor.events.on('edited', () => {
      this.#edited = true;
      this.#lastEditMilliseconds = this.clock.now();
    });
    this.camera = new Camera(options.stage, simulation.canvas);
    this.#second = new SecondModel({
      simulations: this.#simulations,
      scene,
      camera: this.camera,
      settings: options.settings,
      memory: pageMemory(),
      changed: (model) => {
        this.editor.restartSteps();
        this.#edited = true;
        this.#relearn();
        this.events.emit('compared', model);
      },
    });
    this.#loop = new FrameLoop(options.clock, options.device, this);
    this.firstPicture = new Promise((resolve) => {
      this.#firstDraw = resolve;
    });
    this.#begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.#strategy = new StrategyKeeper(simulation, options.settings, pageMemory(), (reasons) => {
      if (reasons.length > 0 && !this.#disposed) this.events.emit('rejected', reasons);
    });
    // Nobody has to wait for a first canvas while programs are tried.
    void this.#begun.then(() => {
      if (!this.#disposed) this.#strategy.chooseWhilePlaying(() => this.#holds.isFree);
    });
    const stopSettings = this.settings.events.on('change', (names) => {
      if (names.has('strategy')) this.keepAsAsked();
      this.#applySettings();
    });
    // Frames that nobody sees are none that the device was too slow for.
    const onVisibility = (): void => this.#governor.rest();
    document.addEventListener('visibilitychange', onVisibility);
    this.#stopListening = () => {
      stopSettings();
      document.removeEventListener('visibilitychange', onVisibility);
    };
    this.snapshotSeconds = SNAPSHOT_SECONDS;
    this.#takeModel();
    try {
      scene.wakeUp(simulation);
    } catch (error) {
      // Restored, the context gets everything anew.
      if (!options.device.gl.isContextLost()) throw error;
    }
  }

  /**
   * Builds everything, with an empty canvas, and starts the loop.
   * @throws SimulationError or DeviceError if the GPU cannot do it
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
    return playground;
  }

  /** Settled when there is something to work with: at once, unless the context is away. */
  whenLive(): Promise<void> {
    return this.#context.whenLive();
  }

  /** Whether a failure is no fault: it comes of the context's going, of which `lost` tells, or has still to tell. */
  isLoss(error: unknown): boolean {
    return !this.live || this.#simulation.device.isLoss(error);
  }

  /**
   * Starts to draw and, unless paused, to step.
   * @param ready the steps wait for this, so that a large first canvas is always the same
   */
  start(ready: Promise<void> = Promise.resolve()): void {
    const go = (): void => {
      this.#isReady = true;
      void this.firstPicture.then(this.#begin);
    };
    ready.then(go, go);
    // A context that is away at this moment starts the loop when it returns.
    if (this.live) this.#loop.start();
  }

  get simulation(): Simulation {
    return this.#simulation;
  }

  /** All that run on the canvas' ink: one, or two while models are compared. */
  get simulations(): readonly Simulation[] {
    return this.#simulations;
  }

  get framesPerSecond(): number {
    return this.#loop.framesPerSecond;
  }

  get measuredStepsPerSecond(): number {
    return this.#loop.stepsPerSecond;
  }

  /** Whether the first canvas is whole; until then whoever waits for the GPU holds it up. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** What the GPU needs for a step by its own clock, milliseconds; null where that is not known. */
  get stepMilliseconds(): number | null {
    return this.#loop.stepMilliseconds;
  }

  /** Settled when no choice of how steps are computed is under way. */
  get strategySettled(): Promise<void> {
    return this.#strategy.settled;
  }

  /** The picture's pixels along a side, as a share of the screen's own. */
  get resolution(): number {
    return this.#resolution;
  }

  /** Whether the page may change something by itself because of the device: only while it plays and nobody holds it. */
  get mayAdapt(): boolean {
    const { adapt, paused } = this.settings.values;
    return adapt && !paused && this.#isReady && this.#holds.isFree && !this.driver && !this.travel.isInPast;
  }

  /** Whether somebody has asked for a model, a size or a strategy, so that the page takes no other model by itself. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** To be called when somebody asks for a model, a size or a strategy, be it the one that there is. */
  keepAsAsked(): void {
    this.#isAsked = true;
  }

  /** Until the returned function is called, the page changes nothing by itself: a call is under way. */
  hold(): () => void {
    return this.#holds.take();
  }

  /** How often the state is kept for when the context is lost; 0: never. */
  set snapshotSeconds(seconds: number) {
    this.#stopSnapshots();
    const { device } = this.#simulation;
    this.#stopSnapshots = keepSnapshots(
      this.clock,
      seconds,
      this.#simulation,
      () => this.live && !device.gl.isContextLost(),
      (error) => this.failed(error),
    );
  }

  /** Settled when a picture of all that was done so far is drawn, with what has to be measured for it. */
  async whenDrawn(): Promise<void> {
    await this.whenLive();
    await this.#bringVotes();
    while (this.#edited || this.stale) await new Promise((resolve) => this.clock.requestFrame(resolve));
  }

  // What the frame loop asks.

  get live(): boolean {
    return this.#context.isLive;
  }

  get stepsPerSecond(): number {
    const { paused, stepsPerSecond } = this.settings.values;
    return paused || !this.#isReady || this.travel.isUnderWay ? 0 : stepsPerSecond;
  }

  get edited(): boolean {
    return this.#edited;
  }

  get drawing(): boolean {
    return this.clock.now() - this.#lastEditMilliseconds < DRAWING_MILLISECONDS;
  }

  get stale(): boolean {
    return !this.travel.isUnderWay && this.#scene.isStale(this.#simulations, this.camera);
  }

  advance(steps: number): void {
    this.#edited = false;
    if (steps > 0) this.editor.goOnFromHere();
    if (this.driver) this.driver.advance(steps, this.#run);
    else this.#run(steps);
  }

  readonly #run = (steps: number): void => {
    for (const { time } of this.#simulations) time.advance(steps);
  };

  draw(): void {
    this.#scene.draw(this.#simulations, this.camera);
    this.#firstDraw?.();
    this.#firstDraw = null;
  }

  finished(nowMilliseconds: number, report: Readonly<FrameReport>): void {
    if (!this.mayAdapt) {
      this.#governor.rest();
      return;
    }
    const relief = this.#governor.observe(nowMilliseconds, report);
    if (relief === null) return;
    if (relief === 'lighter') this.events.emit('overloaded', undefined);
    else this.#setResolution(this.#governor.resolution);
  }

  failed(error: unknown): void {
    // A context that has gone is heard of in a moment, and everything goes on when it returns.
    if (!this.isLoss(error)) this.events.emit('failed', error);
  }

  // What the user does.

  /** Pauses, runs exactly so many steps, and is settled when the GPU has done them. */
  async step(count: number): Promise<void> {
    const release = this.hold();
    try {
      await this.#step(count);
    } finally {
      release();
    }
  }

  async #step(count: number): Promise<void> {
    this.settings.set({ paused: true });
    this.travel.arrive();
    // Exactly so many steps, and always the same: not while another way to compute them may be taken.
    await this.#begun;
    await this.#strategy.settled;
    await this.#second.settled;
    let chunk = 1;
    for (let left = count; left > 0;) {
      this.editor.assertLive();
      const steps = Math.min(left, chunk);
      const start = this.clock.now();
      this.advance(steps);
      await this.#simulation.settled();
      left -= steps;
      const elapsed = this.clock.now() - start;
      if (elapsed < STEP_CHUNK_MILLISECONDS / 2) chunk = Math.min(64, chunk * 2);
      else if (elapsed > STEP_CHUNK_MILLISECONDS) chunk = Math.max(1, chunk >> 1);
    }
    this.editor.assertLive();
  }

  /** Keeps the last steps from now on, so that {@link goTo} can go back to them. */
  keepPast(): void {
    for (const { time } of this.#simulations) time.keepsPast = true;
  }

  /** Pauses and shows one of the last steps again; what is done or run from there discards the later steps. */
  async goTo(step: number): Promise<void> {
    this.editor.assertLive();
    this.settings.set({ paused: true });
    this.editor.leaveOff();
    await this.travel.to(step);
  }

  /** Goes to the next of the last steps; beyond them one step is run. */
  async stepForward(): Promise<void> {
    await (this.travel.isInPast ? this.goTo(this.travel.present + 1) : this.step(1));
  }

  /** Another model on the same ink; dropout and noise become its own. */
  async useModel(model: Model): Promise<void> {
    this.editor.assertLive();
    await this.#simulation.useModel(model);
    this.keepAsAsked();
    this.#strategy.choose();
    this.#tookModel(model);
  }

  /**
   * A lighter model by the page itself, if nobody has asked for what there is, or relies on it.
   * @returns whether it runs
   */
  async relieve(model: Model): Promise<boolean> {
    this.editor.assertLive();
    const isWanted = (): boolean => this.mayAdapt && !this.isAsked && this.live;
    if (!isWanted() || !(await this.#simulation.useModel(model, isWanted))) return false;
    this.#strategy.chooseWhilePlaying(() => this.#holds.isFree);
    this.#tookModel(model);
    return true;
  }

  /**
   * Shows another model beside the first, on the same ink and strokes; null shows the first alone again.
   * @throws DeviceError if the GPU cannot run both
   */
  async compareWith(model: Model | null): Promise<void> {
    this.editor.assertLive();
    this.keepAsAsked();
    await this.#second.use(model);
  }

  /**
   * A saved canvas in place of this one, with its model and these settings. On failure nothing changes.
   * @param settings whose `strategy` is that which the canvas is to go on with
   */
  async load(saved: SavedCanvas, model: Model, settings: Partial<SettingValues>): Promise<void> {
    this.editor.assertLive();
    await this.#strategy.settled;
    await this.#simulation.load(saved, model, settings.strategy ?? this.settings.values.strategy);
    this.keepAsAsked();
    // A scene is of one model.
    if (this.#second.model) await this.#second.use(null);
    this.editor.forget();
    this.#relearn();
    this.#edited = true;
    this.#takeModel();
    this.settings.set(settings);
    this.camera.resize(this.camera.whole, this.#simulation.canvas);
    void this.#begun.then(() => this.#strategy.choose());
    this.events.emit('model', model);
    this.events.emit('layout', saved.layout);
  }

  /** A new, empty canvas. */
  async setCanvas(layout: CanvasLayout): Promise<void> {
    this.editor.assertLive();
    for (const simulation of [...this.#simulations]) await simulation.setLayout(layout);
    this.keepAsAsked();
    this.editor.forget();
    this.#edited = true;
    this.#relearn();
    this.camera.resize(this.camera.whole, this.#simulation.canvas);
    this.events.emit('layout', layout);
  }

  /**
   * Compiles everything anew from the shaders as they are now, and goes on with the same ink and state.
   * @throws DeviceError if a shader does not compile; the old programs run on
   */
  async recompile(): Promise<void> {
    this.editor.assertLive();
    await this.#strategy.settled;
    await this.#second.settled;
    for (const simulation of this.#simulations) await simulation.recompile();
    await this.#scene.recompile();
    this.editor.forget();
    this.#edited = true;
    this.#relearn();
    this.#strategy.choose();
  }

  /** All state to zero, the ink as it is, steps and random numbers from the start. */
  reset(seed = this.#simulation.seed): void {
    this.editor.assertLive();
    this.travel.arrive();
    this.editor.restartSteps();
    for (const simulation of this.#simulations) simulation.reset(seed);
    this.#edited = true;
  }

  /** The figures of this moment; told to everybody who listens. */
  async measure(): Promise<Statistics> {
    this.editor.assertLive();
    const { layout } = this.#simulation;
    const versions = this.#simulations.map(({ version }) => version);
    const all = await Promise.all(this.#simulations.map(({ measurement }) => measurement.measure()));
    if (needsVotes(this.settings.values.view)) {
      all.forEach((statistics, index) => this.#scene.setVotes(layout, statistics, index));
      this.#votedVersions = versions;
    }
    this.events.emit('measured', all[0]);
    if (all.length > 1) this.events.emit('measuredSecond', all[1]);
    return all[0];
  }

  /** The whole canvas in the colours of the present view, a pixel a cell. */
  async readPicture(): Promise<CellPicture> {
    this.editor.assertLive();
    await this.#bringVotes();
    return this.#scene.readColors(this.#simulation);
  }

  /** Takes the size of the canvas element in CSS pixels, and its device pixels for each. */
  resize(stage: Extent, devicePixelRatio: number): void {
    this.#devicePixelRatio = devicePixelRatio;
    this.camera.resize(stage, this.#simulation.canvas);
    this.#resizeScene();
  }

  /** No lighter model is to be taken for the one that runs. */
  refuseLighterModel(): void {
    this.#governor.refuseLighter();
  }

  /**
   * Ends everything: no frame, event or listener follows. Settled when the GPU holds nothing for it any more,
   * which waits for a choice of strategy that is under way. The context is lost with it.
   */
  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  // How it is done.

  /** Measures the digits' majorities, where the view shows them and they are not of this moment. */
  async #bringVotes(): Promise<void> {
    if (!needsVotes(this.settings.values.view)) return;
    const isThere = this.#simulations.every(({ version }, index) => version === this.#votedVersions[index]);
    if (!isThere) await this.measure();
  }

  #relearn(): void {
    this.#loop.relearn();
    this.#governor.relearn();
  }

  #setResolution(resolution: number): void {
    if (resolution === this.#resolution) return;
    this.#resolution = resolution;
    this.#resizeScene();
    this.events.emit('resolution', resolution);
  }

  #resizeScene(): void {
    this.#loop.relearn();
    const { width, height } = this.camera.whole;
    this.#scene.resize(width, height, this.#devicePixelRatio * this.#resolution);
    // Another size has emptied the canvas, and the next frame may have to wait for the GPU for seconds.
    if (this.#firstDraw === null && this.live && !this.#simulation.device.gl.isContextLost()) this.draw();
  }

  async #dispose(): Promise<void> {
    this.#context.dispose();
    this.#loop.stop();
    this.#stopListening();
    this.#stopSnapshots();
    await this.#strategy.dispose();
    await this.#second.settled;
    this.#second.suspend();
    this.#scene.dispose();
    this.#simulation.dispose();
    this.#simulation.device.dispose();
  }

  #tookModel(model: Model): void {
    this.#takeModel();
    this.#relearn();
    this.events.emit('model', model);
  }

  #takeModel(): void {
    const { step, channels, classes } = this.#simulation.model.specification;
    this.settings.setCount(['channel', 'channelGreen', 'channelBlue'], channels.count);
    this.settings.setCount(['stamp'], classes.length);
    this.settings.set({ dropout: step.dropout, noise: step.noise });
    this.#applySettings();
  }

  #applySettings(): void {
    const { values } = this.settings;
    const { time } = this.#simulation;
    time.dropout = values.dropout;
    time.noise = values.noise;
    time.firing = values.firing;
    this.#second.applySettings();
    if (!values.adapt) {
      this.#governor.reset();
      this.#setResolution(1);
    }
    this.#scene.look = {
      palette: makePalette(values.palette, this.#simulation.model.specification.classes, values.hueShift),
      view: values.view,
      channels: [values.channel, values.channelGreen, values.channelBlue],
      grid: values.grid,
    };
  }

  #onLost(): void {
    this.travel.cancel();
    // A stroke that was interrupted stays as far as it went.
    this.editor.endChange();
    this.#loop.stop();
    this.#second.suspend();
    this.events.emit('lost', undefined);
  }

  #onRestored(): Promise<void> {
    this.#votedVersions = [];
    this.#strategy.choose();
    this.#edited = true;
    this.#loop.start();
    this.events.emit('restored', undefined);
    return this.#second.resume();
  }
}
