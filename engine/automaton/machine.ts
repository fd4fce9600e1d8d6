/**
 * The GPU side of one model on one canvas: everything that is made anew when
 * the model, the canvas or the GPU's context changes, and nothing else.
 */
import { keptUpdateScale } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import type { Device, Target, Texture } from '../gpu/device.ts';
import { beginPasses, bindAll, endPasses, type BlockPass, type StepMoment } from './block-pass.ts';
import { FIRST_SLOT, rowsOf } from './blocks.ts';
import { EditPasses } from './edit-passes.ts';
import { LabelPass } from './label-pass.ts';
import { packNetwork } from './packed-network.ts';
import { createStepProgram } from './programs/choose.ts';
import type { StepProgram } from './programs/step-program.ts';
import { createHold, SlotStore } from './slot-store.ts';
import type { SlotTable } from './slot-table.ts';
import { TallyPass } from './tally-pass.ts';

export class Machine {
  readonly device: Device;
  readonly model: Model;
  readonly store: SlotStore;
  readonly labels: LabelPass;
  readonly tally: TallyPass;
  /** Slot and ink of every cell of the canvas. */
  readonly cells: Texture;
  readonly #cellTarget: Target;
  readonly #edits: EditPasses;
  readonly #holds: readonly BlockPass[];
  #program: StepProgram;
  /** Whether the store's next side holds the state of one step earlier. */
  #hasEarlier = false;

  private constructor(
    device: Device,
    model: Model,
    parts: {
      store: SlotStore;
      labels: LabelPass;
      tally: TallyPass;
      edits: EditPasses;
      holds: readonly BlockPass[];
      program: StepProgram;
    },
    width: number,
    height: number,
  ) {
    this.device = device;
    this.model = model;
    this.store = parts.store;
    this.labels = parts.labels;
    this.tally = parts.tally;
    this.#edits = parts.edits;
    this.#holds = parts.holds;
    this.#program = parts.program;
    this.cells = device.createTexture('rgba8', width, height);
    this.#cellTarget = device.createTarget([this.cells]);
    this.store.reserve(rowsOf(FIRST_SLOT));
    this.refreshLabels(FIRST_SLOT);
  }

  /**
   * @param strategy how to compute the step, or `auto`
   * @throws DeviceError if the GPU cannot run it
   */
  static async create(
    device: Device,
    model: Model,
    width: number,
    height: number,
    strategy: string,
  ): Promise<Machine> {
    const { channels, classes, classification } = model.specification;
    const store = await SlotStore.create(device, channels.count);
    const [labels, tally, edits, program, ...holds] = await Promise.all([
      LabelPass.create(device, model.specification),
      TallyPass.create(device, classes.length, classification.inkThreshold),
      EditPasses.create(device, channels.count, channels.ink, store.ranges),
      createStepProgram(device, packNetwork(model), store.ranges, strategy),
      ...store.ranges.map((range) => createHold(device, channels.count, range, 'held')),
    ]);
    return new Machine(device, model, { store, labels, tally, edits, holds, program }, width, height);
  }

  get strategy(): string {
    return this.#program.strategy;
  }

  /** Brings the slot table's changes to the GPU. */
  applyEdits(table: SlotTable): void {
    if (!table.hasEdits) return;
    this.#edits.apply(table, this.store, this.#cellTarget);
    this.#hasEarlier = false;
  }

  /** Issues one step; `moment` says which. */
  step(end: number, moment: StepMoment): void {
    const rows = rowsOf(end);
    beginPasses(this.device);
    this.#program.run(this.store, rows, moment);
    if (!moment.cellFiring && moment.dropout > 0) this.#hold(rows, moment);
    endPasses(this.device);
    this.store.swap();
    this.#hasEarlier = true;
  }

  refreshLabels(end: number): void {
    this.labels.refresh(this.store, rowsOf(end), this.#hasEarlier);
  }

  /** What a kept update is multiplied by at a dropout. */
  updateScale(dropout: number): number {
    return keptUpdateScale(this.model.specification, dropout) * this.model.specification.step.size;
  }

  dispose(): void {
    this.#program.dispose();
    for (const hold of this.#holds) hold.dispose();
    this.#edits.dispose();
    this.tally.dispose();
    this.labels.dispose();
    this.store.dispose();
    this.device.freeTarget(this.#cellTarget);
    this.device.freeTexture(this.cells);
  }

  #hold(rows: number, moment: StepMoment): void {
    for (let index = 0; index < this.#holds.length; index += 1) {
      const hold = this.#holds[index];
      bindAll(hold.begin(this.store.next.targets[index], moment), this.store.now.textures);
      hold.draw(rows);
    }
  }
}
