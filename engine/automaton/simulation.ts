/**
 * A running automaton on a canvas of digits: what a page, an exhibit or an
 * embedding program holds. The truth about ink and slots is kept on the CPU,
 * the state on the GPU; {@link Simulation.restore} builds the latter again.
 */
import type { Model } from '../common/model/weights.ts';
import type { Device } from '../gpu/device.ts';
import { finished } from '../gpu/readback.ts';
import { blockOf, blocksOf, FIRST_SLOT, isSlotShift } from './blocks.ts';
import type { Edit } from './edit-recorder.ts';
import { type CanvasOperation, placeDigit, withoutLabel } from './canvas-operation.ts';
import { DigitCanvas, UNKNOWN_LABEL } from './digit-canvas.ts';
import { checkLayout } from './layout.ts';
import { Machine, type StrategyChoice } from './machine.ts';
import type { SimulationObserver } from './operation.ts';
import { readLabelRecord, readStateRecord } from './records.ts';
import { Run } from './run.ts';
import { saveCanvas, type SavedCanvas } from './saved-canvas.ts';
import { TextureView, type SimulationTextures } from './simulation-textures.ts';
import { ArchivedStates } from './state-archive.ts';
import { StateSnapshot } from './state-snapshot.ts';
import { summarize } from './statistics.ts';
import type { TileTally } from './tally-pass.ts';
import { Timeline } from './timeline.ts';
import {
  type CanvasLayout,
  type FiringMode,
  type LabelRecord,
  SimulationError,
  type StateRecord,
  type Statistics,
} from './types.ts';

export interface SimulationOptions {
  readonly model: Model;
  readonly layout: CanvasLayout;
  readonly seed: number;
  /** How the step is computed; `auto` starts on one that compiles quickly, see {@link Simulation.chooseStrategy}. */
  readonly strategy?: string;
  readonly firing?: FiringMode;
}

/** With fewer blocks than this a digit's cells would fire too much together, so each cell fires for itself. */
const FEWEST_BLOCKS = 16;

export class Simulation {
  readonly device: Device;
  readonly textures: SimulationTextures = new TextureView(() => this.#run.machine);
  /** Share of cells that skip a step; the expected drive stays what the model was trained with. */
  dropout: number;
  /** Deviation of the noise on every channel's update. */
  noise: number;
  firing: FiringMode;
  /** Whether {@link measure} clears digits whose state has run away. */
  clearsRunaways = true;
  /** Is told of everything that decides the state. */
  observer: SimulationObserver | null = null;
  readonly #run: Run;
  readonly #timeline: Timeline;
  #strategy: string;
  #follower: Simulation | null = null;
  #version = 0;
  #labelledVersion = -1;
  #runaways = 0;
  readonly #snapshot = new StateSnapshot();

  private constructor(machine: Machine, options: SimulationOptions) {
    const { step } = options.model.specification;
    this.device = machine.device;
    const seed = options.seed >>> 0;
    this.#run = new Run(machine, new DigitCanvas(options.layout, options.model.specification, seed), seed);
    this.#timeline = new Timeline(this.#run);
    this.#strategy = options.strategy ?? 'auto';
    this.dropout = step.dropout;
    this.noise = step.noise;
    this.firing = options.firing ?? 'block';
  }

  /**
   * @throws SimulationError if the canvas is larger than the GPU allows
   * @throws DeviceError if the GPU cannot run the model
   */
  static async create(device: Device, options: SimulationOptions): Promise<Simulation> {
    checkLayout(options.layout, device.capabilities.textureSize);
    const machine = await Machine.create(device, options.model, options.layout, options.strategy ?? 'auto');
    return new Simulation(machine, options);
  }

  get model(): Model {
    return this.#run.machine.model;
  }

  get layout(): CanvasLayout {
    return this.#run.canvas.layout;
  }

  /** In cells. */
  get width(): number {
    return this.#run.table.width;
  }

  /** In cells. */
  get height(): number {
    return this.#run.table.height;
  }

  /** Steps since the last reset; a whole number that never starts over. */
  get step(): number {
    return this.#run.step;
  }

  get seed(): number {
    return this.#run.seed;
  }

  get liveCells(): number {
    return this.#run.table.liveCells;
  }

  /** Cells with more ink than the threshold. */
  get inkCells(): number {
    return this.#run.table.inkCells;
  }

  /** Whether each cell fires for itself in the next step: so asked for, or because there are too few blocks. */
  get firesByCell(): boolean {
    const { slotShift } = this.#run.machine.store;
    const blocks = blocksOf(this.#run.table.end, slotShift) - blockOf(FIRST_SLOT, slotShift);
    return this.dropout > 0 && (this.firing === 'cell' || blocks < FEWEST_BLOCKS);
  }

  /** Base-2 logarithm of the slot textures' width; with it, `slotOf` and the seed say which cells fire. */
  get slotShift(): number {
    return this.#run.machine.store.slotShift;
  }

  /** The way the step is computed. */
  get strategy(): string {
    return this.#run.machine.strategy;
  }

  /** GPU memory held, in bytes. */
  get textureBytes(): number {
    return this.device.textureBytes;
  }

  /** Grows whenever the picture may have changed. */
  get version(): number {
    return this.#version;
  }

  /** Issues edits made since the last step, then `steps` steps. Does not wait for the GPU. */
  advance(steps: number): void {
    this.#run.applyEdits();
    if (steps <= 0) return;
    this.#goOn();
    this.observer?.stepping(steps);
    const moment = this.#run.moment;
    moment.dropout = this.dropout;
    moment.noise = this.noise;
    moment.cellFiring = this.firesByCell;
    for (let index = 0; index < steps; index += 1) {
      this.#timeline.stepping();
      this.#run.advance();
    }
    this.#version += 1;
  }

  /** Whether the last steps are kept, so that {@link goTo} can go back to them; a past begins with `true`. */
  set keepsPast(keeps: boolean) {
    this.#timeline.isKept = keeps;
  }

  get keepsPast(): boolean {
    return this.#timeline.isKept;
  }

  /** The first step that {@link goTo} can go back to. */
  get earliestStep(): number {
    return this.#timeline.earliest;
  }

  /** The step up to which it has run; later than {@link step} after {@link goTo} went back. */
  get latestStep(): number {
    return this.#timeline.latest;
  }

  /**
   * Goes to one of the last steps, back or forward again: ink, labels and state are exactly what they were before it
   * ran, with what was changed by hand until then. Whatever is changed or run from there makes the later ones
   * forgotten. Does not wait for the GPU.
   * @param mostSteps that may be run for it now
   * @returns whether it has got there; call again if not
   */
  goTo(step: number, mostSteps = Infinity): boolean {
    if (!this.#timeline.canGoTo(step)) return true;
    this.#run.applyEdits();
    const hasArrived = this.#timeline.goTo(step, mostSteps);
    this.#version += 1;
    return hasArrived;
  }

  /** The GPU has done all that was issued. */
  settled(): Promise<void> {
    return finished(this.device);
  }

  /**
   * Another model on the same ink; all state is cleared. On failure the old one stays.
   * @param isWanted whether it is, once it is ready
   * @returns whether it runs
   */
  async useModel(model: Model, isWanted = (): boolean => true): Promise<boolean> {
    const machine = await Machine.create(this.device, model, this.layout, this.#strategy);
    if (!isWanted()) {
      machine.dispose();
      return false;
    }
    this.#replace(machine, this.layout, this.#run.canvas);
    this.dropout = model.specification.step.dropout;
    this.noise = model.specification.step.noise;
    this.observer?.changed({ kind: 'model', model, strategy: this.strategy });
    return true;
  }

  /**
   * Tries which way to compute the step is best on this GPU, and goes on with
   * it; the state is kept. Does nothing where the strategy was given by name.
   * @returns what was rejected on this GPU, one sentence each
   */
  async chooseStrategy(choice?: StrategyChoice): Promise<readonly string[]> {
    if (this.#strategy !== 'auto') return [];
    this.#run.applyEdits();
    const machine = this.#run.machine;
    const before = machine.strategy;
    try {
      return await machine.chooseStrategy(this.#run.table.end, choice);
    } finally {
      if (machine === this.#run.machine) this.#tellStrategy(before);
    }
  }

  /**
   * Another way to compute the step, by name or `auto`; the state is kept.
   * @throws DeviceError if it does not run on this GPU; the old one stays
   */
  async useStrategy(strategy: string): Promise<void> {
    const machine = this.#run.machine;
    const before = machine.strategy;
    await machine.useStrategy(strategy);
    this.#strategy = strategy;
    if (machine === this.#run.machine) this.#tellStrategy(before);
  }

  /**
   * A new, empty canvas.
   * @throws SimulationError if it is larger than the GPU allows; the old one stays
   */
  async setLayout(layout: CanvasLayout): Promise<void> {
    checkLayout(layout, this.device.capabilities.textureSize);
    // What is best for this model on this GPU was found already.
    this.#replace(await Machine.create(this.device, this.model, layout, this.strategy), layout);
    this.observer?.changed({ kind: 'layout', layout });
  }

  /**
   * Keeps the state as it is now on the CPU, for {@link restore}; settled when the GPU has copied it, and nothing waits
   * for that. A very large state is not kept.
   * @throws DeviceError if the context is lost meanwhile; what was kept before stays
   */
  async keepSnapshot(): Promise<void> {
    this.#run.applyEdits();
    await this.#snapshot.take(this.device, this.#run.machine.store, this.#run.table);
  }

  /**
   * Builds everything on the GPU again after its context was lost and restored. The ink is as it was; cells have the
   * state that {@link keepSnapshot} kept last, and none if they did not live then.
   */
  async restore(): Promise<void> {
    this.#run.machine.archive.abandon();
    this.#timeline.restart();
    this.#run.machine = await Machine.create(this.device, this.model, this.layout, this.#strategy);
    this.#run.table.markAll();
    this.#version += 1;
    this.#run.applyEdits();
    const { ink } = this.model.specification.channels;
    const states = this.#snapshot.statesFor(this.#run.table, ink, this.#run.machine.store.width);
    if (states) this.#run.machine.takeStates(states, this.#run.table);
    this.observer?.changed({ kind: 'replaced' });
  }

  /**
   * Compiles everything anew from the shaders as they are now; it goes on from the same state.
   * @throws DeviceError if a shader does not compile; the old programs stay
   */
  async recompile(): Promise<void> {
    await this.load(await this.save(), this.model, this.#strategy);
  }

  /**
   * Lets another simulation of the same layout take the ink over, and every change of it from now on;
   * null ends that. It knows the labels as well if its classes are called the same.
   */
  set follower(follower: Simulation | null) {
    this.#follower = follower;
    if (follower) follower.#takeInk(this);
  }

  /**
   * Puts images into the tiles in reading order, each centred; their state is cleared.
   * @param images n · 784 ink bytes
   * @param labels n classes; without them the labels are not known
   * @throws SimulationError if they do not fit; nothing is changed then
   */
  setDigits(images: Uint8Array, labels?: ArrayLike<number>): void {
    const count = this.checkDigits(images, labels);
    for (let index = 0; index < count; index += 1) this.apply(placeDigit(this.layout, index, images, labels));
  }

  /** See {@link DigitCanvas.checkDigits}. */
  checkDigits(images: Uint8Array, labels?: ArrayLike<number>): number {
    return this.#run.canvas.checkDigits(images, labels);
  }

  /**
   * Changes the canvas, and that of a second model on the same strokes; it is done again whenever the past is gone through.
   * @throws SimulationError if there is no such tile or class; nothing is changed then
   */
  apply(operation: CanvasOperation): void {
    this.#change(operation);
    const follower = this.#follower;
    // What has run away here has not there.
    if (follower && operation.kind !== 'wipe') {
      follower.#change(hasSameClasses(this.model, follower.model) ? operation : withoutLabel(operation));
    }
    this.observer?.changed(operation);
  }

  /** Records everything that is changed by hand from now on as one edit, which {@link revert} takes back. */
  beginEdit(): void {
    this.#startEdit();
    this.observer?.changed({ kind: 'begin' });
  }

  /** What was changed since {@link beginEdit}; null if that was nothing. */
  endEdit(): Edit<ArchivedStates> | null {
    const edit = this.#finishEdit();
    this.observer?.changed({ kind: 'end', edit });
    return edit;
  }

  /**
   * Takes an edit back: all cells that it touched have the ink and the state of
   * just before it; only where the memory for states was short, or the model or
   * the GPU's context have changed since, cells keep the state that they have.
   * @returns the edit that makes this undone, or null if nothing was changed
   */
  revert(edit: Edit<ArchivedStates>): Edit<ArchivedStates> | null {
    this.#goOn();
    this.#run.applyEdits();
    this.#startEdit();
    this.#run.canvas.putBack(edit);
    const inverse = this.#finishEdit();
    this.#run.applyEdits();
    this.#run.machine.putStatesBack(edit, this.#run.table);
    this.#timeline.bar();
    this.#version += 1;
    if (this.#follower) this.#follower.#takeInk(this);
    this.observer?.changed({ kind: 'revert', edit, inverse });
    return inverse;
  }

  /** Gives up what an edit holds on the GPU; it is not going to be taken back. */
  forget(edit: Edit<ArchivedStates>): void {
    this.#run.machine.archive.release(edit.states);
    this.observer?.changed({ kind: 'forget', edit });
  }

  /** Clears all state, keeps the ink, and restarts the step counter and the random numbers. */
  reset(seed: number): void {
    this.#run.seed = seed >>> 0;
    this.#run.step = 0;
    this.#timeline.restart();
    this.#run.table.reassign(this.#run.seed);
    this.#snapshot.forget();
    this.#run.machine.store.fit(this.#run.table.end);
    this.#version += 1;
    this.observer?.changed({ kind: 'reset', seed: this.#run.seed });
  }

  /** A copy of the ink, one byte a cell, row by row. */
  readInk(): Uint8Array {
    return this.#run.table.ink.slice();
  }

  /** The ink byte of one cell. */
  inkOf(cell: number): number {
    return this.#run.table.ink[cell];
  }

  /** A copy of the tiles' classes in reading order, −1 where one is not known. */
  readTileLabels(): Int16Array {
    return this.#run.canvas.labels.slice();
  }

  /** The class a tile was given, or null. */
  labelOf(column: number, row: number): number | null {
    return this.#run.canvas.labelOf(column, row);
  }

  /** The slot that holds a cell's state, or 0; what chance decides for the cell depends on it. */
  slotOf(cell: number): number {
    return this.#run.table.slotOfCell[cell];
  }

  /** A copy of the canvas as it is now, from which it goes on bit for bit; arrives when the GPU has answered. */
  async save(): Promise<SavedCanvas> {
    this.#run.applyEdits();
    return saveCanvas(this.device, this.model, this.#run.machine.store, this.#run.canvas, this);
  }

  /**
   * A saved canvas in place of this one, with the model that it was saved with. On failure the old one stays.
   * @param strategy how the step is computed; it goes on bit for bit with the one that it was saved with
   * @throws SimulationError if the canvas is larger than the GPU allows, or contradicts itself or the model
   * @throws DeviceError if the GPU cannot run the model
   */
  async load(saved: SavedCanvas, model: Model, strategy: string): Promise<void> {
    checkLayout(saved.layout, this.device.capabilities.textureSize);
    if (!isSlotShift(saved.slotShift)) {
      throw new SimulationError(`Slot textures of 2^${saved.slotShift} slots a row are not known here.`);
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
    this.#run.machine.dispose();
    this.#run.machine = machine;
    this.#run.canvas = canvas;
    this.#strategy = strategy;
    this.#snapshot.forget();
    this.#run.seed = saved.seed;
    this.#run.step = saved.step;
    this.#version += 1;
    this.observer?.changed({ kind: 'replaced' });
  }

  async readState(): Promise<StateRecord> {
    this.#run.applyEdits();
    const { model, store } = this.#run.machine;
    return readStateRecord(this.device, model, store, this.#run.table);
  }

  async readLabels(): Promise<LabelRecord> {
    this.refreshLabels();
    const { labels, store } = this.#run.machine;
    return readLabelRecord(this.device, labels, store, this.#run.table);
  }

  /** Digits whose state has run away and was cleared. */
  get runaways(): number {
    return this.#runaways;
  }

  /**
   * Figures of the canvas as of now; arrives when the GPU has counted them. A digit whose state has run away, into
   * numbers that no sound state comes near or that are none, is cleared and starts anew.
   */
  async measure(): Promise<Statistics> {
    this.refreshLabels();
    const { tally, cells, labels } = this.#run.machine;
    const { layout, step, liveCells } = this;
    const given = this.#run.canvas.labels.slice();
    const canvas = this.#run.canvas;
    const tallies = await tally.count(cells, labels.texture);
    if (canvas === this.#run.canvas && this.clearsRunaways) this.#clearRunaways(tallies);
    return summarize(layout, tallies, given, step, liveCells);
  }

  #clearRunaways(tallies: readonly TileTally[]): void {
    // Who looks back sees what was.
    if (this.#run.step !== this.latestStep) return;
    tallies.forEach(({ hasRunAway }, tile) => {
      if (!hasRunAway) return;
      const { columns } = this.layout;
      this.apply({ kind: 'wipe', column: tile % columns, row: Math.floor(tile / columns) });
      this.#runaways += 1;
    });
  }

  /** Brings the labels' texture up to date; call before drawing. */
  refreshLabels(): void {
    this.#run.applyEdits();
    if (this.#labelledVersion === this.#version) return;
    this.#run.machine.refreshLabels(this.#run.table.end);
    this.#labelledVersion = this.#version;
  }

  /**
   * Draws a strip of four vertices for each tile that has ink or live cells, by the current program and into the current
   * target; attribute 0 is the tile's index, in reading order. What lies in no such tile is blank.
   */
  drawOccupiedTiles(): void {
    this.#run.machine.cells.drawOccupiedTiles();
  }

  /** Frees all that the GPU holds for it. */
  dispose(): void {
    this.#run.machine.dispose();
  }

  #change(operation: CanvasOperation): void {
    this.#goOn();
    this.#run.canvas.apply(operation);
    this.#timeline.record(operation);
    this.#version += 1;
  }

  /** Something new is about to happen: what came after the present step is forgotten. */
  #goOn(): void {
    if (this.#timeline.goOn()) this.observer?.changed({ kind: 'replaced' });
  }

  #tellStrategy(before: string): void {
    const { strategy } = this;
    if (strategy === before) return;
    // Computed in another way the last steps would not come out the same.
    this.#timeline.restart();
    this.observer?.changed({ kind: 'strategy', strategy });
  }

  #startEdit(): void {
    this.#run.canvas.beginEdit(this.#run.step, new ArchivedStates());
  }

  #finishEdit(): Edit<ArchivedStates> | null {
    this.#run.canvas.keepStates(this.#run.machine.archive);
    return this.#run.canvas.endEdit();
  }

  #takeInk(from: Simulation): void {
    this.#goOn();
    this.#run.canvas.copyInk(from.#run.canvas);
    if (!hasSameClasses(this.model, from.model)) this.#run.canvas.labels.fill(UNKNOWN_LABEL);
    this.#run.applyEdits();
    this.#timeline.bar();
    this.#version += 1;
  }

  /**
   * Replaces the GPU side, and the slots, which depend on the model's life rule.
   * @param inked the canvas of the same layout whose ink is kept; none for a blank one
   */
  #replace(machine: Machine, layout: CanvasLayout, inked?: DigitCanvas): void {
    this.#timeline.restart();
    this.#run.machine.dispose();
    this.#run.machine = machine;
    const canvas = new DigitCanvas(layout, machine.model.specification, this.#run.seed);
    if (inked) canvas.copyInk(inked);
    this.#run.canvas = canvas;
    this.#snapshot.forget();
    this.#version += 1;
    this.#run.applyEdits();
  }
}

function hasSameClasses(one: Model, other: Model): boolean {
  const [classes, others] = [one.specification.classes, other.specification.classes];
  return classes.length === others.length && classes.every(({ name }, label) => name === others[label].name);
}
