/** The time of a simulation: runs its steps, goes back through the last steps that are kept, and forward again. */
import { blockOf, blocksOf, FIRST_SLOT } from './blocks.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import type { StateCopy } from './keyframe-store.ts';
import { type KeyState, Past, type StateKeyframes } from './past.ts';
import type { Run } from './run.ts';
import type { FiringMode } from './types.ts';

/** With fewer blocks than this, a digit's cells would fire too much in step, so each cell fires for itself. */
const FEWEST_BLOCKS = 16;

/** The part of a timeline that a simulation makes public. The rest is for the other parts of the simulation. */
export type SimulationTime = Pick<
  Timeline,
  'dropout' | 'noise' | 'firing' | 'firesByCell' | 'step' | 'earliest' | 'latest' | 'keepsPast' | 'advance' | 'goTo'
>;

export class Timeline {
  /** The share of cells that skip a step. The expected update stays as in training. */
  dropout: number;
  /** The standard deviation of the noise on every channel's update. */
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

  /** Whether each cell fires for itself in the next step, either by request or because there are too few blocks. */
  get firesByCell(): boolean {
    const { slotShift, table } = this.#run;
    const blocks = blocksOf(table.end, slotShift) - blockOf(FIRST_SLOT, slotShift);
    return this.dropout > 0 && (this.firing === 'cell' || blocks < FEWEST_BLOCKS);
  }

  /** The number of steps since the last reset. It never wraps around. */
  get step(): number {
    return this.#run.step;
  }

  /** The first step that {@link goTo} can go back to. */
  get earliest(): number {
    return this.#past?.earliest ?? this.#run.step;
  }

  /** The step up to which the simulation has run. It is later than {@link step} after {@link goTo} went back. */
  get latest(): number {
    return this.#past?.latest ?? this.#run.step;
  }

  /**
   * Whether the last steps are kept, so that {@link goTo} can go back to them. Setting this to true begins a new past.
   */
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

  /** Issues the edits made since the last step, then `steps` steps. Does not wait for the GPU. */
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
   * Goes to one of the last steps, back or forward again. The ink, labels and state are exactly what they were before
   * that step ran, including the user's changes up to then. Any change or step from there discards the later steps.
   * Does not wait for the GPU.
   *
   * @param mostSteps the maximum number of steps to run in this call
   * @returns whether the step has been reached; if not, call again
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

  /** Forgets everything. The past begins at this step. Call this before the machine is replaced. */
  restart(step = this.#run.step): void {
    this.#past?.restart(step);
  }

  /** Records a user's change, which is repeated whenever the past is replayed through it. */
  record(operation: CanvasOperation): void {
    this.#past?.record(this.#run.step, operation);
  }

  /** Marks a change that cannot be repeated. Replaying past it starts from the state that it led to. */
  bar(): void {
    const { step, canvas, slotShift } = this.#run;
    this.#past?.bar(step, canvas, slotShift);
  }

  /** Discards the steps after the present one, because something new is about to happen. */
  goOn(): void {
    const { step, observer } = this.#run;
    if (this.#past === null || step === this.#past.latest) return;
    this.#past.goOnFrom(step);
    observer?.changed({ kind: 'replaced' });
  }

  #within(step: number): number {
    return Math.min(this.latest, Math.max(this.earliest, Math.round(step)));
  }

  /** Replaces the present state with a key state. */
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

  /** Repeats one step, and the user's changes after it. */
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
