/**
 * The GPU side of one model on one canvas: everything that is made anew when
 * the model, the canvas or the GPU's context changes, and nothing else.
 */
import { keptUpdateScale } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import { DeviceError, type Device, type Target, type Texture } from '../gpu/device.ts';
import { finished } from '../gpu/readback.ts';
import { beginPasses, bindAll, endPasses, type BlockPass, type StepMoment } from './block-pass.ts';
import { FIRST_SLOT } from './blocks.ts';
import { EditPasses } from './edit-passes.ts';
import type { Edit } from './edit-recorder.ts';
import { LabelPass } from './label-pass.ts';
import { candidatesFor, chooseProgram, createStepProgram, firstStrategy } from './programs/choose.ts';
import type { StepProgram } from './programs/step-program.ts';
import { createHold, SlotStore } from './slot-store.ts';
import type { SlotTable } from './slot-table.ts';
import { type ArchivedStates, StateArchive } from './state-archive.ts';
import { TallyPass } from './tally-pass.ts';
import { computesRight } from './verify.ts';

/** How long one candidate is measured, at most so many steps. */
const TRIAL_MILLISECONDS = 60;
const MOST_TRIAL_STEPS = 64;

export class Machine {
  readonly device: Device;
  readonly model: Model;
  readonly store: SlotStore;
  readonly labels: LabelPass;
  readonly tally: TallyPass;
  /** States that undo would bring back. */
  readonly archive: StateArchive;
  /** Slot and ink of every cell of the canvas. */
  readonly cells: Texture;
  readonly #cellTarget: Target;
  readonly #edits: EditPasses;
  readonly #holds: readonly BlockPass[];
  #program: StepProgram;
  /** Whether the store's next side holds the state of one step earlier. */
  #hasEarlier = false;
  #disposed = false;

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
    this.archive = new StateArchive(device, parts.edits, parts.store.ranges, () => parts.store.now);
    this.#holds = parts.holds;
    this.#program = parts.program;
    this.cells = device.createTexture('rgba8', width, height);
    this.#cellTarget = device.createTarget([this.cells]);
    this.store.reserve(FIRST_SLOT);
    this.refreshLabels(FIRST_SLOT);
  }

  /**
   * @param strategy how to compute the step, or `auto`
   * @throws DeviceError if the GPU cannot run it
   */
  static async create(device: Device, model: Model, width: number, height: number, strategy: string): Promise<Machine> {
    const { channels, classes, classification } = model.specification;
    const store = await SlotStore.create(device, channels.count);
    const [labels, tally, edits, program, ...holds] = await Promise.all([
      LabelPass.create(device, model.specification),
      TallyPass.create(device, classes.length, classification.inkThreshold),
      EditPasses.create(device, channels.count, channels.ink, store.ranges),
      createStepProgram(device, model, store.ranges, strategy === 'auto' ? firstStrategy(device, model) : strategy),
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

  /** Gives the cells that an edit touched, as far as they live, the states that they had before it. */
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
    this.#hasEarlier = false;
  }

  /** Issues one step; `moment` says which. */
  step(end: number, moment: StepMoment): void {
    const rows = this.store.rowsOf(end);
    beginPasses(this.device);
    this.#program.run(this.store, rows, moment);
    if (!moment.cellFiring && moment.dropout > 0) this.#hold(rows, moment);
    endPasses(this.device);
    this.store.swap();
    this.#hasEarlier = true;
  }

  refreshLabels(end: number): void {
    this.labels.refresh(this.store, this.store.rowsOf(end), this.#hasEarlier);
  }

  /**
   * Tries the other ways to compute a step on this GPU and goes on with the
   * best; the state is kept. The page goes on meanwhile.
   * @param hint the strategy that was best here before, which saves the trial of the others
   * @returns what was rejected, one sentence each
   */
  async chooseStrategy(end: number, hint?: string): Promise<readonly string[]> {
    const candidates = hint === undefined ? candidatesFor(this.device, this.model) : [hint];
    const before = this.#program;
    const { program, rejected } = await chooseProgram(
      {
        device: this.device,
        model: this.model,
        ranges: this.store.ranges,
        program: before,
        measure: (candidate) => this.#measure(candidate, end),
        verify: (candidate) => computesRight(this.device, this.model, candidate, this.#edits),
      },
      candidates.filter((name) => name !== before.strategy),
    );
    if (program !== before) this.#takeProgram(program);
    return rejected;
  }

  /**
   * Goes on with another way to compute the step; the state is kept.
   * @throws DeviceError if it does not run on this GPU
   */
  async useStrategy(strategy: string): Promise<void> {
    const name = strategy === 'auto' ? firstStrategy(this.device, this.model) : strategy;
    if (name === this.#program.strategy) return;
    this.#takeProgram(await createStepProgram(this.device, this.model, this.store.ranges, name));
  }

  /** What a kept update is multiplied by at a dropout. */
  updateScale(dropout: number): number {
    return keptUpdateScale(this.model.specification, dropout) * this.model.specification.step.size;
  }

  dispose(): void {
    this.#disposed = true;
    this.#program.dispose();
    for (const hold of this.#holds) hold.dispose();
    this.archive.dispose();
    this.#edits.dispose();
    this.tally.dispose();
    this.labels.dispose();
    this.store.dispose();
    this.device.freeTarget(this.#cellTarget);
    this.device.freeTexture(this.cells);
  }

  #takeProgram(program: StepProgram): void {
    if (this.#disposed) {
      program.dispose();
      return;
    }
    this.#program.dispose();
    this.#program = program;
  }

  /** Milliseconds that a step takes; its result is drawn where the next step draws over it. */
  async #measure(program: StepProgram, end: number): Promise<number> {
    const moment: StepMoment = { seed: 0, step: 0, dropout: 0, noise: 0, updateScale: 1, cellFiring: false };
    const run = async (times: number) => {
      if (this.#disposed) throw new DeviceError('The simulation was replaced while its programs were tried.');
      const start = performance.now();
      beginPasses(this.device);
      for (let index = 0; index < times; index += 1) program.run(this.store, this.store.rowsOf(end), moment);
      endPasses(this.device);
      this.#hasEarlier = false;
      await finished(this.device);
      return performance.now() - start;
    };
    // The first run compiles for good; the second tells how many are needed for a figure.
    await run(1);
    const times = Math.min(MOST_TRIAL_STEPS, Math.ceil(TRIAL_MILLISECONDS / Math.max(await run(1), 1)));
    return (await run(times)) / times;
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
