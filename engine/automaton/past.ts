/**
 * The last steps of a canvas: key states every so many steps, and what was done by hand
 * between them. A step is a function of the state, the ink, the seed and its number, so going on from a
 * key state comes to the very same state again. It knows no GPU; {@link StateKeyframes} stands for that.
 */
import type { StepMoment } from './block-pass.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import type { DigitCanvas } from './digit-canvas.ts';
import type { SlotAssignment } from './slot-table.ts';

/** How many steps can be gone back through. */
export const PAST_STEPS = 200;

/** What all key states together may take, on the GPU and beside it. */
const BUDGET_BYTES = 128 * 2 ** 20;

/** Steps between two key states: the fewest of these that the memory is enough for. */
const SPACINGS = [10, 20, 25, 40, 50, 100, 200] as const;

/** A change by hand is made again when it is gone through once more; more of them than this ask for a key state. */
const MOST_CHANGES = 4096;

/** Keeps copies of the state of all slots. */
export interface StateKeyframes<States> {
  /**
   * A copy of the state as it is now.
   * @throws DeviceError if there is no room for it
   */
  keep(end: number): States;
  /** Bytes that a copy takes. */
  bytesOf(end: number): number;
  release(states: States): void;
}

/** What decides a step beside state, ink and seed. */
export interface Conditions {
  readonly dropout: number;
  readonly noise: number;
  readonly cellFiring: boolean;
  /** Width of the slot textures as a power of two. */
  readonly slotShift: number;
}

/** The whole of a canvas before a step. */
export interface KeyState<States> {
  readonly step: number;
  readonly deal: SlotAssignment;
  readonly labels: Int16Array;
  readonly slotShift: number;
  readonly states: States;
  /** How many entries of the log had been made, and the conditions of the step before. */
  readonly entries: number;
  readonly conditions: Conditions | null;
  /** Whether what came just before it cannot be made again. */
  readonly isBarrier: boolean;
  readonly bytes: number;
}

/** Either a change by hand before a step, or under which conditions the steps from there on ran. */
interface Entry {
  readonly step: number;
  readonly operation?: CanvasOperation;
  readonly conditions?: Conditions;
}

export class Past<States> {
  readonly #shelf: StateKeyframes<States>;
  readonly #budgetBytes: number;
  #keys: KeyState<States>[] = [];
  #log: Entry[] = [];
  /** Entries that the log has dropped at its beginning. */
  #dropped = 0;
  /** Entries that have been gone through, the dropped ones counted. */
  #passed = 0;
  #latest = 0;
  #conditions: Conditions | null = null;
  /** What the table holds, as long as its version is this. */
  #deal: SlotAssignment | null = null;
  #dealVersion = -1;
  /** There was no memory for a key state. */
  #isOff = false;

  constructor(shelf: StateKeyframes<States>, budgetBytes = BUDGET_BYTES) {
    this.#shelf = shelf;
    this.#budgetBytes = budgetBytes;
  }

  /** The step that ran last of all, plus one; later than the present step while somebody has gone back. */
  get latest(): number {
    return this.#latest;
  }

  /** The first step that can be gone back to. */
  get earliest(): number {
    const [oldest] = this.#keys;
    return this.#keys.length === 0 ? this.#latest : Math.max(oldest.step, this.#latest - PAST_STEPS);
  }

  /** Under which conditions the next step ran; null if it never did. */
  get conditions(): Conditions | null {
    return this.#conditions;
  }

  /** Forgets everything: the past begins at this step. */
  restart(step: number): void {
    this.#forgetAll();
    this.#latest = step;
    this.#isOff = false;
  }

  /** Forgets what was later than the present step. */
  goOnFrom(step: number): void {
    if (step >= this.#latest) return;
    this.#latest = step;
    this.#log.length = this.#passed - this.#dropped;
    while (this.#keys.length > 0 && this.#isLater(this.#keys[this.#keys.length - 1])) this.#releaseLast();
  }

  /** A change was made by hand before this step. */
  record(step: number, operation: CanvasOperation): void {
    if (this.#keys.length === 0) return;
    this.#log.push({ step, operation });
    this.#passed += 1;
  }

  /** Something was done before this step that cannot be made again: whoever comes past here starts from what it led to. */
  bar(step: number, canvas: DigitCanvas, slotShift: number): void {
    if (this.#keys.length > 0) this.#takeKey(step, canvas, slotShift, true);
  }

  /** A step is about to run; takes a key state if it is time for one. */
  before(step: number, canvas: DigitCanvas, { dropout, noise, cellFiring }: StepMoment, slotShift: number): void {
    this.#latest = step + 1;
    if (this.#isOff) return;
    const last = this.#keys[this.#keys.length - 1] as KeyState<States> | undefined;
    const isDue = last === undefined || step - last.step >= SPACINGS[0] || this.#passed - last.entries > MOST_CHANGES;
    if (isDue) this.#takeKey(step, canvas, slotShift, false);
    const now = this.#conditions;
    if (now?.dropout === dropout && now.noise === noise && now.cellFiring === cellFiring && now.slotShift === slotShift)
      return;
    this.#conditions = { dropout, noise, cellFiring, slotShift };
    this.#log.push({ step, conditions: this.#conditions });
    this.#passed += 1;
  }

  /**
   * A key state from which to go on to a step, or null if the present one is as near.
   * That of just this step is taken only where it has to be: which labels a step has changed shows only after it.
   */
  keyFor(step: number, present: number): KeyState<States> | null {
    const from = step >= present ? present : -1;
    const key = this.#keys.findLast((one) => one.step < step || (one.step === step && one.isBarrier)) ?? this.#keys[0];
    return key.step > from ? key : null;
  }

  /** Whether the table holds what it held at a key state. */
  isAssigned(key: KeyState<States>, canvas: DigitCanvas): boolean {
    return this.#deal === key.deal && this.#dealVersion === canvas.table.version;
  }

  /** The canvas is that of a key state now. */
  returned(key: KeyState<States>, canvas: DigitCanvas): void {
    this.#passed = key.entries;
    this.#deal = key.deal;
    this.#dealVersion = canvas.table.version;
    this.#conditions = key.conditions;
  }

  /** Makes the changes again that were made before a step. */
  redo(step: number, canvas: DigitCanvas): void {
    for (; this.#passed - this.#dropped < this.#log.length; this.#passed += 1) {
      const entry = this.#log[this.#passed - this.#dropped];
      if (entry.step > step) return;
      if (entry.operation) canvas.apply(entry.operation);
      this.#conditions = entry.conditions ?? this.#conditions;
    }
  }

  #takeKey(step: number, canvas: DigitCanvas, slotShift: number, isBarrier: boolean): void {
    const { table } = canvas;
    const last = this.#keys[this.#keys.length - 1] as KeyState<States> | undefined;
    const stateBytes = this.#shelf.bytesOf(table.end);
    const dealBytes = table.ink.length + 4 * table.liveCells;
    const spacing = SPACINGS.find((steps) => (PAST_STEPS / steps + 2) * (stateBytes + dealBytes) <= this.#budgetBytes);
    if (spacing === undefined) {
      this.#forgetAll();
      return;
    }
    const isEarly = last !== undefined && step - last.step < spacing && this.#passed - last.entries <= MOST_CHANGES;
    if (isEarly && !isBarrier) return;
    if (last?.step === step) this.#releaseLast();
    const isNew = this.#deal === null || this.#dealVersion !== table.version;
    if (this.#deal === null || isNew) {
      this.#deal = table.deal();
      this.#dealVersion = table.version;
    }
    let states: States;
    try {
      states = this.#shelf.keep(table.end);
    } catch {
      // No memory, or no context: the past ends here.
      this.#forgetAll();
      this.#isOff = true;
      return;
    }
    this.#keys.push({
      step,
      deal: this.#deal,
      labels: canvas.labels.slice(),
      slotShift,
      states,
      entries: this.#passed,
      conditions: this.#conditions,
      isBarrier,
      bytes: stateBytes + (isNew ? dealBytes : 0),
    });
    this.#forgetOld(step);
  }

  /** Lets go of what lies too far back, and of the oldest where key states that could not wait have taken the memory. */
  #forgetOld(step: number): void {
    let bytes = this.#keys.reduce((sum, key) => sum + key.bytes, 0);
    while (this.#keys.length > 1 && (this.#keys[1].step < step - PAST_STEPS || bytes > this.#budgetBytes)) {
      const [oldest] = this.#keys.splice(0, 1);
      bytes -= oldest.bytes;
      this.#shelf.release(oldest.states);
    }
    this.#dropLog(this.#keys[0].entries - this.#dropped);
  }

  #forgetAll(): void {
    for (const { states } of this.#keys.splice(0)) this.#shelf.release(states);
    this.#dropLog(this.#log.length);
    this.#passed = this.#dropped;
    this.#conditions = null;
    this.#deal = null;
  }

  #isLater({ step, entries }: KeyState<States>): boolean {
    return step > this.#latest || entries > this.#passed;
  }

  #releaseLast(): void {
    const key = this.#keys.pop();
    if (key) this.#shelf.release(key.states);
  }

  #dropLog(count: number): void {
    this.#log.splice(0, count);
    this.#dropped += count;
  }
}
