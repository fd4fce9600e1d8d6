/**
 * A running automaton on a canvas of digits: the object that a page, an exhibit or an embedding program holds. The
 * authoritative ink and slots are on the CPU, the state is on the GPU; {@link Simulation.restore} rebuilds the latter.
 *
 * This class creates, replaces and frees the simulation. Everything else is done by its parts.
 */
import type { Model } from '../common/model/weights.ts';
import type { Device } from '../gpu/device.ts';
import { finished } from '../gpu/readback.ts';
import { isSlotShift } from './blocks.ts';
import { CanvasEdits } from './canvas-edits.ts';
import { hasSameShape } from './channel-map.ts';
import { type CanvasContent, DigitCanvas } from './digit-canvas.ts';
import { checkLayout } from './layout.ts';
import { Machine } from './machine.ts';
import { Measurement } from './measurement.ts';
import type { SimulationObserver } from './operation.ts';
import { Run } from './run.ts';
import { saveCanvas, type SavedCanvas } from './saved-canvas.ts';
import { SimulationTextures } from './simulation-textures.ts';
import { StateSnapshot } from './state-snapshot.ts';
import { StepStrategy } from './step-strategy.ts';
import { Successor } from './successor.ts';
import { type SimulationTime, Timeline } from './timeline.ts';
import { type CanvasLayout, type FiringMode, SimulationError } from './types.ts';

export interface SimulationOptions {
  readonly model: Model;
  readonly layout: CanvasLayout;
  readonly seed: number;
  /** How to compute the step. `auto` starts with a strategy that compiles quickly, see {@link StepStrategy.choose}. */
  readonly strategy?: string;
  readonly firing?: FiringMode;
}

export class Simulation {
  readonly device: Device;
  /** The steps, their conditions, and going back through the last of them. */
  readonly time: SimulationTime;
  /** Changes that the user makes to the canvas, and undoing them. */
  readonly edits: CanvasEdits;
  /** Statistics, labels and states, read back from the GPU. */
  readonly measurement: Measurement;
  /** How the step is computed. */
  readonly strategy: StepStrategy;
  /** The textures from which to draw the canvas. */
  readonly textures: SimulationTextures;
  readonly #run: Run;
  readonly #timeline: Timeline;
  readonly #snapshot = new StateSnapshot();
  /** What {@link handOver} is going to need, or null if nothing is prepared. */
  #successor: Successor | null = null;

  private constructor(run: Run, firing: FiringMode) {
    this.device = run.machine.device;
    this.#run = run;
    this.#timeline = new Timeline(run, firing);
    this.time = this.#timeline;
    this.edits = new CanvasEdits(run, this.#timeline);
    this.textures = new SimulationTextures(run);
    this.measurement = new Measurement(run, this.#timeline, this.edits, this.textures);
    this.strategy = new StepStrategy(run, this.#timeline);
  }

  /**
   * @throws SimulationError if the canvas is larger than the GPU allows
   * @throws DeviceError if the GPU cannot run the model
   */
  static async create(device: Device, options: SimulationOptions): Promise<Simulation> {
    const { model, layout, strategy = 'auto', firing = 'block' } = options;
    checkLayout(layout, device.capabilities.textureSize);
    const machine = await Machine.create(device, model, layout, strategy);
    const seed = options.seed >>> 0;
    return new Simulation(new Run(machine, new DigitCanvas(layout, model.specification, seed), seed, strategy), firing);
  }

  get model(): Model {
    return this.#run.machine.model;
  }

  get layout(): CanvasLayout {
    return this.#run.canvas.layout;
  }

  get seed(): number {
    return this.#run.seed;
  }

  /** The ink, slots and labels as they are now. It is a different object after the model or the canvas was replaced. */
  get canvas(): CanvasContent {
    return this.#run.canvas;
  }

  /** Increases whenever the picture may have changed. */
  get version(): number {
    return this.#run.version;
  }

  /** Is notified of everything that decides the state. */
  set observer(observer: SimulationObserver) {
    this.#run.observer = observer;
  }

  /** Resolves when the GPU has finished everything that was issued. */
  settled(): Promise<void> {
    return finished(this.device);
  }

  /**
   * Switches to another model on the same ink and clears all state. On failure, the old model stays in use.
   *
   * @param isWanted checked when the model is ready: whether it is still needed
   * @returns whether the new model is in use
   */
  async useModel(model: Model, isWanted = (): boolean => true): Promise<boolean> {
    const machine = await Machine.create(this.device, model, this.layout, this.#run.askedStrategy);
    if (!isWanted()) {
      machine.dispose();
      return false;
    }
    this.#replace(machine, this.layout, this.#run.canvas);
    this.time.dropout = model.specification.step.dropout;
    this.time.noise = model.specification.step.noise;
    this.#run.observer?.changed({ kind: 'model', model, strategy: machine.strategy });
    return true;
  }

  /**
   * Goes on with a newer version of the model, or with one that has been made of it: with other classes, more channels
   * or other layers. The ink and the state stay. Channels that the model did not have are zero. The past begins anew,
   * because its steps could not be repeated. Undo still restores the ink exactly, and the state as well unless the
   * model's shape has changed. On failure, the old model stays in use.
   *
   * The first time, the programs are compiled while the old model runs on. From then on, versions of the same shape are
   * in use immediately, since only the contents of a texture or a buffer are replaced.
   *
   * @param isWanted checked when the programs are ready: whether the model is still needed
   * @returns whether the new model is in use
   * @throws SimulationError if cells live by another rule in the new model
   */
  async handOver(model: Model, isWanted = (): boolean => true): Promise<boolean> {
    const run = this.#run;
    run.applyEdits();
    if (hasSameShape(this.model.specification, model.specification) && run.machine.canTake(model)) {
      run.machine.replaceWeights(model);
    } else if (!(await this.#changeShape(model, isWanted))) return false;
    this.#timeline.restart();
    run.version += 1;
    run.observer?.changed({ kind: 'learning' });
    return true;
  }

  /**
   * Compiles what the first {@link handOver} of such a model needs, so that the canvas does not stop for it then. The
   * model's weights, and the names of its new classes, do not matter. What was prepared before is given up.
   *
   * @throws DeviceError if the GPU cannot run it
   */
  async prepareHandOver(model: Model): Promise<void> {
    const { machine } = this.#run;
    if (this.#successor?.isFor(machine, model, this.layout)) return;
    this.#forgetSuccessor();
    const successor = await Successor.create(machine, model, this.layout);
    if (machine !== this.#run.machine || machine.isGone) {
      successor.dispose();
      return;
    }
    try {
      successor.warmUp(machine);
    } catch (error) {
      successor.dispose();
      throw error;
    }
    this.#forgetSuccessor();
    this.#successor = successor;
  }

  /** Call this after the last {@link handOver}: from here on, everything can be repeated again. */
  learnt(): void {
    this.#run.observer?.changed({ kind: 'replaced' });
  }

  /** Replaces the canvas with a new, empty one.
   *
   * @throws SimulationError if it is larger than the GPU allows; the old one stays
   */
  async setLayout(layout: CanvasLayout): Promise<void> {
    checkLayout(layout, this.device.capabilities.textureSize);
    // The best strategy for this model on this GPU is already known.
    this.#replace(await Machine.create(this.device, this.model, layout, this.strategy.name), layout);
    this.#run.observer?.changed({ kind: 'layout', layout });
  }

  /** Clears all state, keeps the ink, and restarts the step counter and the random numbers. */
  reset(seed: number): void {
    const run = this.#run;
    run.seed = seed >>> 0;
    run.step = 0;
    this.#timeline.restart();
    run.table.reassign(run.seed);
    this.#snapshot.forget();
    run.machine.store.fit(run.table.end);
    run.version += 1;
    run.observer?.changed({ kind: 'reset', seed: run.seed });
  }

  /**
   * Returns a copy of the canvas as it is now, from which it can continue bit for bit, as soon as the GPU has answered.
   */
  async save(): Promise<SavedCanvas> {
    this.#run.applyEdits();
    return saveCanvas(this.device, this.model, this.#run.machine.store, this.#run.canvas, this.#run);
  }

  /**
   * Replaces this canvas with a saved one and the model that it was saved with. On failure, the old one stays.
   *
   * @param strategy how to compute the step; the canvas continues bit for bit with the strategy that it was saved with
   * @throws SimulationError if the canvas is larger than the GPU allows, or contradicts itself or the model
   * @throws DeviceError if the GPU cannot run the model
   */
  async load(saved: SavedCanvas, model: Model, strategy: string): Promise<void> {
    checkLayout(saved.layout, this.device.capabilities.textureSize);
    if (!isSlotShift(saved.slotShift)) {
      throw new SimulationError(`Slot textures with 2^${saved.slotShift} slots per row are not supported.`);
    }
    const canvas = new DigitCanvas(saved.layout, model.specification, saved.seed);
    canvas.take(saved);
    const machine = await Machine.create(this.device, model, saved.layout, strategy);
    try {
      machine.takeSaved(saved, canvas.table);
    } catch (error) {
      machine.dispose();
      throw error;
    }
    this.#timeline.restart(saved.step);
    this.#forgetSuccessor();
    const run = this.#run;
    run.machine.dispose();
    run.machine = machine;
    run.canvas = canvas;
    run.askedStrategy = strategy;
    this.#snapshot.forget();
    run.seed = saved.seed;
    run.step = saved.step;
    run.version += 1;
    run.observer?.changed({ kind: 'replaced' });
  }

  /**
   * Recompiles everything from the current shaders and continues from the same state.
   *
   * @throws DeviceError if a shader does not compile; the old programs stay in use
   */
  async recompile(): Promise<void> {
    await this.load(await this.save(), this.model, this.#run.askedStrategy);
  }

  /**
   * Takes a snapshot of the present state on the CPU, for {@link restore}. Resolves when the GPU has copied it, without
   * blocking anything. A very large state is not kept.
   *
   * @throws DeviceError if the context is lost in the meantime; the previous snapshot stays
   */
  async keepSnapshot(): Promise<void> {
    this.#run.applyEdits();
    await this.#snapshot.take(this.device, this.#run.machine.store, this.#run.table);
  }

  /**
   * Rebuilds everything on the GPU after its context was lost and restored. The ink is unchanged. Cells get the state
   * of the last {@link keepSnapshot}, or no state if they were not alive then.
   */
  async restore(): Promise<void> {
    const run = this.#run;
    run.machine.archive.abandon();
    this.#forgetSuccessor();
    this.#timeline.restart();
    run.machine = await Machine.create(this.device, this.model, this.layout, run.askedStrategy);
    run.table.markAll();
    run.version += 1;
    run.applyEdits();
    const { ink } = this.model.specification.channels;
    const states = this.#snapshot.statesFor(run.table, ink, run.machine.store.width);
    if (states) run.machine.takeStates(states, run.table);
    run.observer?.changed({ kind: 'replaced' });
  }

  /** Frees all GPU memory of the simulation. */
  dispose(): void {
    this.#forgetSuccessor();
    this.#run.machine.dispose();
  }

  /** Replaces the GPU side by that of a model with other channels or layers, with the same slots and their state. */
  async #changeShape(model: Model, isWanted: () => boolean): Promise<boolean> {
    const run = this.#run;
    const before = run.machine;
    const [from, to] = [before.model.specification, model.specification];
    if (JSON.stringify(from.life) !== JSON.stringify(to.life)) {
      throw new SimulationError(`In the model "${to.name}", cells live by another rule than in "${from.name}".`);
    }
    const successor = await this.#successorFor(model);
    let machine: Machine;
    try {
      const isOver = run.machine !== before || before.model.specification !== from || !isWanted();
      if (isOver) {
        successor.dispose();
        return false;
      }
      run.applyEdits();
      machine = successor.takeOver(before, model, run.table.end);
    } catch (error) {
      successor.dispose();
      throw error;
    }
    // The key states of the past belong to the machine.
    this.#timeline.restart();
    run.machine = machine;
    before.dispose();
    run.canvas.adopt(to);
    this.#snapshot.forget();
    return true;
  }

  #forgetSuccessor(): void {
    this.#successor?.dispose();
    this.#successor = null;
  }

  async #successorFor(model: Model): Promise<Successor> {
    const { machine } = this.#run;
    const prepared = this.#successor;
    this.#successor = null;
    if (prepared?.isFor(machine, model, this.layout)) return prepared;
    prepared?.dispose();
    return Successor.create(machine, model, this.layout);
  }

  /**
   * Replaces the GPU side, and the slots, which depend on the model's life rule.
   *
   * @param inked a canvas of the same layout whose ink is kept; none for a blank canvas
   */
  #replace(machine: Machine, layout: CanvasLayout, inked?: DigitCanvas): void {
    const run = this.#run;
    this.#timeline.restart();
    this.#forgetSuccessor();
    run.machine.dispose();
    run.machine = machine;
    const canvas = new DigitCanvas(layout, machine.model.specification, run.seed);
    if (inked) canvas.copyInk(inked);
    run.canvas = canvas;
    this.#snapshot.forget();
    run.version += 1;
    run.applyEdits();
  }
}
