/** Takes a simulation back through its last steps, as far as they are kept, and forward again. */
import type { StateCopy } from './keyframe-store.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import { type KeyState, Past, type StateKeyframes } from './past.ts';
import type { Run } from './run.ts';

export class Timeline {
  readonly #run: Run;
  #past: Past<StateCopy> | null = null;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Whether the last steps are kept; a past begins with `true`. */
  set isKept(keeps: boolean) {
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

  get isKept(): boolean {
    return this.#past !== null;
  }

  /** The first step that can be gone back to. */
  get earliest(): number {
    return this.#past?.earliest ?? this.#run.step;
  }

  /** The step up to which it has run. */
  get latest(): number {
    return this.#past?.latest ?? this.#run.step;
  }

  /** Forgets everything: the past begins at this step. Comes before the machine is replaced. */
  restart(step = this.#run.step): void {
    this.#past?.restart(step);
  }

  /** The next step is about to run under the conditions of the moment. */
  stepping(): void {
    const { step, canvas, moment, slotShift } = this.#run;
    this.#past?.before(step, canvas, moment, slotShift);
  }

  /** A change has been made by hand; it is made again whenever the past is gone through. */
  record(operation: CanvasOperation): void {
    this.#past?.record(this.#run.step, operation);
  }

  /** Something was done that cannot be made again: whoever comes past here starts from what it led to. */
  bar(): void {
    const { step, canvas, slotShift } = this.#run;
    this.#past?.bar(step, canvas, slotShift);
  }

  /**
   * Something new is about to happen: what came after the present step is forgotten.
   * @returns whether there was anything
   */
  goOn(): boolean {
    const { step } = this.#run;
    if (this.#past === null || step === this.#past.latest) return false;
    this.#past.goOnFrom(step);
    return true;
  }

  /** Whether {@link goTo} would move. */
  canGoTo(step: number): boolean {
    return this.#past !== null && this.#within(step) !== this.#run.step;
  }

  /**
   * Goes to a step, or as near as is kept; edits have been applied.
   * @param mostSteps that may be run for it now
   * @returns whether it has got there
   */
  goTo(step: number, mostSteps: number): boolean {
    const past = this.#past;
    if (!past) return true;
    const run = this.#run;
    const target = this.#within(step);
    const key = past.keyFor(target, run.step);
    if (key) this.#takeKey(past, key);
    for (let count = 0; count < mostSteps && run.step < target; count += 1) this.#repeatStep(past);
    return run.step === target;
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
