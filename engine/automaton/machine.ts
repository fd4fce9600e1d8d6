/**
 * The GPU side of one model on one canvas: everything that is re-created when the model, the canvas or the GPU's
 * context changes, and nothing else.
 */
import { keptUpdateScale } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import type { Device } from '../gpu/device.ts';
import { ContextLostError } from '../gpu/device-error.ts';
import { beginPasses, bindAll, endPasses, type BlockPass, type StepMoment } from './block-pass.ts';
import { FIRST_SLOT } from './blocks.ts';
import { CellMap } from './cell-map.ts';
import { type ChannelMap, hasSamePrograms } from './channel-map.ts';
import { EditPasses } from './edit-passes.ts';
import type { Edit } from './edit-recorder.ts';
import { KeyframeStore, type StateCopy } from './keyframe-store.ts';
import { LabelPass } from './label-pass.ts';
import { createStepProgram, firstStrategy, nameOf, strategyOf, type Computation } from './programs/choose.ts';
import { packStates, type SavedCanvas } from './saved-canvas.ts';
import { createHold, SlotStore } from './slot-store.ts';
import type { SlotTable } from './slot-table.ts';
import { type ArchivedStates, StateArchive } from './state-archive.ts';
import { stateFormat } from './state-pair.ts';
import { findComputation, type StrategyChoice } from './strategy-trial.ts';
import { TallyPass } from './tally-pass.ts';
import type { CanvasLayout } from './types.ts';

/** How often a finished choice checks whether it may take effect. */
const POLL_MILLISECONDS = 20;

export class Machine {
  readonly device: Device;
  readonly store: SlotStore;
  readonly labels: LabelPass;
  readonly tally: TallyPass;
  /** The states that undo would restore. */
  readonly archive: StateArchive;
  /** The key states of the last steps. */
  readonly shelf: KeyframeStore;
  readonly #edits: EditPasses;
  readonly #holds: readonly BlockPass[];
  #model: Model;
  #cells: CellMap;
  #computation: Computation;
  /** Whether the store's next side holds the state of the previous step. */
  #hasEarlier = false;
  /** Whether the labels are those of the present state. */
  #isLabelled = false;
  /** Whether the labels are those of the previous step's state. */
  #isEarlierLabelled = false;
  #disposed = false;
  /**
   * The number of context losses before this machine was created. With the next loss, all of its GPU objects are gone.
   */
  readonly #losses: number;

  private constructor(
    device: Device,
    model: Model,
    parts: {
      store: SlotStore;
      labels: LabelPass;
      tally: TallyPass;
      edits: EditPasses;
      holds: readonly BlockPass[];
      computation: Computation;
    },
    layout: CanvasLayout,
  ) {
    this.device = device;
    this.#losses = device.losses;
    this.#model = model;
    this.store = parts.store;
    this.labels = parts.labels;
    this.tally = parts.tally;
    this.#edits = parts.edits;
    this.archive = new StateArchive(device, parts.edits, parts.store.ranges, () => parts.store.now);
    this.shelf = new KeyframeStore(device, parts.store);
    this.#holds = parts.holds;
    this.#computation = parts.computation;
    this.#cells = new CellMap(device, layout);
    this.store.reserve(FIRST_SLOT);
    this.refreshLabels(FIRST_SLOT);
  }

  /**
   * @param strategy how to compute the step, or `auto`
   * @throws DeviceError if the GPU cannot run it
   */
  static async create(device: Device, model: Model, layout: CanvasLayout, strategy: string): Promise<Machine> {
    const { channels, classes, classification } = model.specification;
    const name = strategy === 'auto' ? await firstStrategy(device, model) : strategy;
    const { half } = strategyOf(name);
    const store = await SlotStore.create(device, channels.count, stateFormat(device, half));
    const [labels, tally, edits, program, ...holds] = await Promise.all([
      LabelPass.create(device, model.specification),
      TallyPass.create(device, classes.length, classification.inkThreshold),
      EditPasses.create(device, channels.count, channels.ink, store.ranges),
      createStepProgram(device, model, store.ranges, name),
      ...store.ranges.map((range) => createHold(device, channels.count, range, 'held')),
    ]);
    return new Machine(device, model, { store, labels, tally, edits, holds, computation: { program, half } }, layout);
  }

  /** The slot and the ink of every cell of the canvas. */
  get cells(): CellMap {
    return this.#cells;
  }

  get model(): Model {
    return this.#model;
  }

  get strategy(): string {
    return nameOf(this.#computation);
  }

  /** Whether this machine was freed, or lost with its context. */
  get isGone(): boolean {
    return this.#disposed || this.#losses !== this.device.losses;
  }

  /** @throws ContextLostError if this machine was lost with its context; its replacement may still be in preparation */
  assertPresent(): void {
    if (this.isGone) throw new ContextLostError();
  }

  /** Brings the slot table's changes to the GPU. */
  applyEdits(table: SlotTable): void {
    if (!table.hasEdits) return;
    this.#edits.apply(table, this.store, this.cells);
    this.#stateChanged();
  }

  /**
   * Loads the state of a saved canvas, whose slots are already in `table`.
   *
   * @throws SimulationError if the state does not belong to this model
   * @throws DeviceError if there is no room for it
   */
  takeSaved(saved: SavedCanvas, table: SlotTable): void {
    const { store } = this;
    if (store.fit(table.end, saved.slotShift)) table.markLinks();
    this.takeStates(packStates(saved, this.model, store), table);
  }

  /**
   * Sets the states of the cells of `table`, four values per slot from the first slot on. Pending edits are applied
   * first.
   */
  takeStates(groups: readonly Float32Array[], table: SlotTable): void {
    const { store } = this;
    this.applyEdits(table);
    const rows = Math.ceil(table.liveCells / store.width);
    if (rows > 0) store.upload(groups, FIRST_SLOT / store.width, rows);
    this.#stateChanged();
  }

  /**
   * Takes over the cells, the slots and the state of a machine whose model may have other channels. The other machine
   * can only be disposed of afterwards.
   *
   * @param end one past the last slot in use
   * @throws DeviceError if there is no room for the state; both machines are unchanged
   */
  takeOver(from: Machine, channels: ChannelMap, end: number): void {
    this.store.takeLinks(from.store);
    [this.#cells, from.#cells] = [from.#cells, this.#cells];
    channels.run(from.store, this.store, end);
    this.#stateChanged();
  }

  /** Whether the weights of a model can be replaced here: the programs are the same, and have none in their text. */
  canTake(model: Model): boolean {
    const { replaceWeights } = this.#computation.program;
    return replaceWeights !== null && hasSamePrograms(this.#model.specification, model.specification);
  }

  /** Replaces the weights by those of a model that it {@link canTake}. The state is kept, and nothing is allocated. */
  replaceWeights(model: Model): void {
    this.#computation.program.replaceWeights?.(model);
    this.#model = model;
  }

  /** Restores a key state, whose slots are already in `table`. `slotShift` is the width that the textures had then. */
  takeKey({ side }: StateCopy, slotShift: number, table: SlotTable): void {
    if (this.store.fit(table.end, slotShift)) table.markLinks();
    this.applyEdits(table);
    this.store.takeFrom(side, table.end);
    this.#stateChanged();
  }

  /** Makes the slots' textures at least as wide as they once were. */
  widen(slotShift: number, table: SlotTable): void {
    if (!this.store.reserve(table.end, slotShift)) return;
    table.markLinks();
    this.applyEdits(table);
  }

  /** Restores the states that the cells touched by an edit had before it, if they are alive. */
  putStatesBack({ cells, places, states }: Edit<ArchivedStates>, table: SlotTable): void {
    if (states.count === 0 || states.lost) return;
    const slots = new Uint32Array(states.count);
    const inks = new Uint8Array(states.count);
    for (let index = 0; index < cells.length; index += 1) {
      if (places[index] === 0) continue;
      slots[places[index] - 1] = table.slotOfCell[cells[index]];
      inks[places[index] - 1] = table.ink[cells[index]];
    }
    this.archive.putBack(states, slots, inks, this.store.now.targets);
    this.#stateChanged();
  }

  /** Issues the step described by `moment`. */
  step(end: number, moment: StepMoment): void {
    const rows = this.store.rowsOf(end);
    beginPasses(this.device);
    this.#computation.program.run(this.store, rows, moment);
    if (!moment.cellFiring && moment.dropout > 0) this.#hold(rows, moment);
    endPasses(this.device);
    this.store.swap();
    this.#hasEarlier = true;
    this.#isEarlierLabelled = this.#isLabelled;
    this.#isLabelled = false;
  }

  refreshLabels(end: number): void {
    const earlier = this.#isEarlierLabelled ? 'labelled' : this.#hasEarlier ? 'stored' : 'none';
    this.labels.refresh(this.store, this.store.rowsOf(end), earlier);
    this.#isLabelled = true;
    this.#isEarlierLabelled = false;
  }

  /**
   * Tries the other strategies on this GPU and switches to the best one. The state is kept, and the page keeps running
   * in the meantime.
   *
   * @returns one sentence for each strategy that was rejected
   */
  async chooseStrategy(end: number, { hint, isWanted, isFree }: StrategyChoice = {}): Promise<readonly string[]> {
    const { device, model, store } = this;
    const isGone = (): boolean => this.isGone || device.gl.isContextLost();
    const isOver = (): boolean => isGone() || isWanted?.() === false;
    const before = this.#computation;
    const drewOverEarlier = (): void => {
      this.#hasEarlier = false;
    };
    const { computation, rejected } = await findComputation(
      { device, model, store, end, edits: this.#edits, current: before, isGone, isOver, drewOverEarlier },
      hint,
    );
    if (computation === before) return rejected;
    while (!isOver() && isFree?.() === false) await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    if (isOver()) {
      if (computation.program !== before.program) computation.program.dispose();
      return [];
    }
    this.#take(computation);
    return rejected;
  }

  /**
   * Switches to another strategy. The state is kept, to the precision of the format that it is stored in.
   *
   * @throws DeviceError if the strategy does not run on this GPU; the old one stays in use
   */
  async useStrategy(strategy: string): Promise<void> {
    const { device, model, store } = this;
    const name = strategy === 'auto' ? await firstStrategy(device, model) : strategy;
    if (name === this.strategy) return;
    const { program, half } = strategyOf(name);
    const isThere = program === this.#computation.program.name;
    this.#take({
      program: isThere ? this.#computation.program : await createStepProgram(device, model, store.ranges, name),
      half,
    });
  }

  /** The factor that kept updates are multiplied by at the given dropout. */
  updateScale(dropout: number): number {
    return keptUpdateScale(this.model.specification, dropout) * this.model.specification.step.size;
  }

  dispose(): void {
    this.#disposed = true;
    this.#computation.program.dispose();
    for (const hold of this.#holds) hold.dispose();
    this.archive.dispose();
    this.shelf.dispose();
    this.#edits.dispose();
    this.tally.dispose();
    this.labels.dispose();
    this.store.dispose();
    this.cells.dispose();
  }

  /** Call this after any change of the present state but a step. */
  #stateChanged(): void {
    this.#hasEarlier = false;
    this.#isLabelled = false;
    this.#isEarlierLabelled = false;
  }

  #take(computation: Computation): void {
    const before = this.#computation;
    const isNew = computation.program !== before.program;
    try {
      if (!this.#disposed) this.store.convert(stateFormat(this.device, computation.half));
    } catch (error) {
      if (isNew) computation.program.dispose();
      throw error;
    }
    if (this.#disposed) {
      if (isNew) computation.program.dispose();
      return;
    }
    if (isNew) before.program.dispose();
    this.#computation = computation;
    // Another format rounds the state differently.
    this.#isLabelled = false;
    this.#isEarlierLabelled = false;
  }

  #hold(rows: number, moment: StepMoment): void {
    for (let index = 0; index < this.#holds.length; index += 1) {
      const hold = this.#holds[index];
      const pass = hold.begin(this.store.next.targets[index], moment);
      pass.set('sourceShift', this.store.slotShift);
      bindAll(pass, this.store.now.textures);
      hold.draw(rows);
    }
  }
}
