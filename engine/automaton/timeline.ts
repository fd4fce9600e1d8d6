/**
 * The time of a simulation: runs its steps, goes back through the last of them as far as they are kept, and forward
 * again.
 */
import { blockOf, blocksOf, FIRST_SLOT } from './blocks.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import type { StateCopy } from './keyframe-store.ts';
import { type KeyState, Past, type StateKeyframes } from './past.ts';
import type { Run } from './run.ts';
import type { FiringMode } from './types.ts';

/** With fewer blocks than this a digit's cells would fire too much together, so each cell fires for itself. */
const FEWEST_BLOCKS = 16;

/** What a simulation offers of its time; the rest is for its other parts. */
export type SimulationTime = Pick<
  Timeline,
  'dropout' | 'noise' | 'firing' | 'firesByCell' | 'step' | 'earliest' | 'latest' | 'keepsPast' | 'advance' | 'goTo'
>;

export class Timeline {
  /** Share of cells that skip a step; the expected drive stays what the model was trained with. */
  dropout: number;
  /** Deviation of the noise on every channel's update. */
  noise: number;
  firing: FiringMode;
  readonly #run: Run;
  #past: Past<StateCopy> | null = null;

  constructor(run: Run, firing: FiringMode) {
    const { dropout, noise } = run.machine.model.specification.step;
    this.#run = run;
    this.dropout = dropout;
    this.noise = noise;
    this.firing = firing;
  }

  /** Whether each cell fires for itself in the next step: so asked for, or because there are too few blocks. */
  get firesByCell(): boolean {
    const { slotShift, table } = this.#run;
    const blocks = blocksOf(table.end, slotShift) - blockOf(FIRST_SLOT, slotShift);
    return this.dropout > 0 && (this.firing === 'cell' || blocks < FEWEST_BLOCKS);
  }

  /** Steps since the last reset; a whole number that never starts over. */
  get step(): number {
    return this.#run.step;
  }

  /** The first step that {@link goTo} can go back to. */
  get earliest(): number {
    return this.#past?.earliest ?? this.#run.step;
  }

  /** The step up to which it has run; later than {@link step} after {@link goTo} went back. */
  get latest(): number {
    return this.#past?.latest ?? this.#run.step;
  }

  /** Whether the last steps are kept, so that {@link goTo} can go back to them; a past begins with `true`. */
  set keepsPast(keeps: boolean) {
    this.restart();
    const run = this.#run;
    const shelf: StateKeyframes<StateCopy> = {
      keep: (end) => run.machine.shelf.keep(end),
      bytesOf: (end) => run.machine.shelf.bytesOf(end),
      release: (copy) => run.machine.shelf.release(copy),
    };
    this.#past = keeps ? new Past(shelf) : null;
    this.restart();
  }

  get keepsPast(): boolean {
    return this.#past !== null;
  }

  /** Issues edits made since the last step, then `steps` steps. Does not wait for the GPU. */
  advance(steps: number): void {
    const run = this.#run;
    run.applyEdits();
    if (steps <= 0) return;
    this.goOn();
    run.observer?.stepping(steps);
    const { moment } = run;
    moment.dropout = this.dropout;
    moment.noise = this.noise;
    moment.cellFiring = this.firesByCell;
    for (let index = 0; index < steps; index += 1) {
      this.#past?.before(run.step, run.canvas, moment, run.slotShift);
      run.advance();
    }
    run.version += 1;
  }

  /**
   * Goes to one of the last steps, back or forward again: ink, labels and state are exactly what they were before it
   * ran, with what was changed by hand until then. Whatever is changed or run from there discards the later steps.
   * Does not wait for the GPU.
   * @param mostSteps that may be run for it now
   * @returns whether it has got there; call again if not
   */
  goTo(step: number, mostSteps = Infinity): boolean {
    const run = this.#run;
    const past = this.#past;
    const target = this.#within(step);
    if (past === null || target === run.step) return true;
    run.applyEdits();
    const key = past.keyFor(target, run.step);
    if (key) this.#takeKey(past, key);
    for (let count = 0; count < mostSteps && run.step < target; count += 1) this.#repeatStep(past);
    run.version += 1;
    return run.step === target;
  }

  /** Forgets everything: the past begins at this step. Comes before the machine is replaced. */
  restart(step = this.#run.step): void {
    this.#past?.restart(step);
  }

  /** A change has been made by hand; it is made again whenever the past is gone through. */
  record(operation: CanvasOperation): void {
    this.#past?.record(this.#run.step, operation);
  }

  /** Something was done that cannot be repeated: going through the past then starts from the state it led to. */
  bar(): void {
    const { step, canvas, slotShift } = this.#run;
    this.#past?.bar(step, canvas, slotShift);
  }

  /** Something new is about to happen: discards the steps after the present one. */
  goOn(): void {
    const { step, observer } = this.#run;
    if (this.#past === null || step === this.#past.latest) return;
    this.#past.goOnFrom(step);
    observer?.changed({ kind: 'replaced' });
  }

  #within(step: number): number {
    return Math.min(this.latest, Math.max(this.earliest, Math.round(step)));
  }

  /** Takes a key state for the present one. */
  #takeKey(past: Past<StateCopy>, key: KeyState<StateCopy>): void {
    const run = this.#run;
    const { canvas } = run;
    if (past.isAssigned(key, canvas)) canvas.labels.set(key.labels);
    else canvas.take({ ...key.deal, labels: key.labels });
    run.machine.takeKey(key.states, key.slotShift, canvas.table);
    run.step = key.step;
    past.returned(key, canvas);
    this.#redo(past);
  }

  /** One step as it once ran, and what was changed by hand after it. */
  #repeatStep(past: Past<StateCopy>): void {
    const { conditions } = past;
    if (!conditions) return;
    const { machine, canvas, moment } = this.#run;
    machine.widen(conditions.slotShift, canvas.table);
    moment.dropout = conditions.dropout;
    moment.noise = conditions.noise;
    moment.cellFiring = conditions.cellFiring;
    this.#run.advance();
    this.#redo(past);
  }

  #redo(past: Past<StateCopy>): void {
    past.redo(this.#run.step, this.#run.canvas);
    this.#run.applyEdits();
  }
}
