/**
 * The last steps of a canvas: key states at intervals, and the changes that the user made between them. A step is a
 * function of the state, the ink, the seed and its number, so replaying from a key state leads to exactly the same
 * state. This class does not know the GPU, which is hidden behind {@link StateKeyframes}.
 */
import type { StepMoment } from './block-pass.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import type { DigitCanvas } from './digit-canvas.ts';
import type { SlotAssignment } from './slot-table.ts';

/** The number of steps that one can go back. */
export const PAST_STEPS = 200;

/** The memory budget for all key states together, on the GPU and on the CPU. */
const BUDGET_BYTES = 128 * 2 ** 20;

/** The number of steps between two key states: the smallest of these that fits into the memory budget. */
const SPACINGS = [10, 20, 25, 40, 50, 100, 200] as const;

/** A user's change is repeated when its step is replayed. After more changes than this, a new key state is taken. */
const MOST_CHANGES = 4096;

/** Keeps copies of the state of all slots. */
export interface StateKeyframes<States> {
  /**
   * Copies the present state.
   *
   * @throws DeviceError if there is no room for it
   */
  keep(end: number): States;
  /** The size of a copy, in bytes. */
  bytesOf(end: number): number;
  release(states: States): void;
}

/** The conditions of a step other than the state, the ink and the seed. */
export interface Conditions {
  readonly dropout: number;
  readonly noise: number;
  readonly cellFiring: boolean;
  /** The width of the slot textures as a power of two. */
  readonly slotShift: number;
}

/** A complete canvas before a step. */
export interface KeyState<States> {
  readonly step: number;
  readonly deal: SlotAssignment;
  readonly labels: Int16Array;
  readonly slotShift: number;
  readonly states: States;
  /** The number of log entries at that time, and the conditions of the step before. */
  readonly entries: number;
  readonly conditions: Conditions | null;
  /** Whether what happened just before this key state cannot be repeated. */
  readonly isBarrier: boolean;
  readonly bytes: number;
}

/** Either a user's change before a step, or the conditions of the steps from there on. */
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
  /** The number of entries that were dropped from the beginning of the log. */
  #dropped = 0;
  /** The number of entries that have been applied, including the dropped ones. */
  #passed = 0;
  #latest = 0;
  #conditions: Conditions | null = null;
  /** The content of the table, valid while the table has this version. */
  #deal: SlotAssignment | null = null;
  #dealVersion = -1;
  /** Set if there was no memory for a key state. */
  #isOff = false;

  constructor(shelf: StateKeyframes<States>, budgetBytes = BUDGET_BYTES) {
    this.#shelf = shelf;
    this.#budgetBytes = budgetBytes;
  }

  /**
   * The number of the latest step that ran, plus one. While the user has gone back, it is later than the present step.
   */
  get latest(): number {
    return this.#latest;
  }

  /** The first step that one can go back to. */
  get earliest(): number {
    const [oldest] = this.#keys;
    return this.#keys.length === 0 ? this.#latest : Math.max(oldest.step, this.#latest - PAST_STEPS);
  }

  /** The conditions of the next step when it first ran, or null if it has never run. */
  get conditions(): Conditions | null {
    return this.#conditions;
  }

  /** Forgets everything. The past begins at this step. */
  restart(step: number): void {
    this.#forgetAll();
    this.#latest = step;
    this.#isOff = false;
  }

  /** Forgets everything later than the present step. */
  goOnFrom(step: number): void {
    if (step >= this.#latest) return;
    this.#latest = step;
    this.#log.length = this.#passed - this.#dropped;
    while (this.#keys.length > 0 && this.#isLater(this.#keys[this.#keys.length - 1])) this.#releaseLast();
  }

  /** Records a user's change before this step. */
  record(step: number, operation: CanvasOperation): void {
    if (this.#keys.length === 0) return;
    this.#log.push({ step, operation });
    this.#passed += 1;
  }

  /** Marks a change before this step that cannot be repeated. Replaying past this point starts from its result. */
  bar(step: number, canvas: DigitCanvas, slotShift: number): void {
    if (this.#keys.length > 0) this.#takeKey(step, canvas, slotShift, true);
  }

  /** Called before a step runs. Takes a key state if one is due. */
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
   * Returns the key state from which to replay up to a step, or null if the present state is as close. The key state of
   * the step itself is used only if it has to be, because the labels that a step changes are visible only after it.
   */
  keyFor(step: number, present: number): KeyState<States> | null {
    const from = step >= present ? present : -1;
    const key = this.#keys.findLast((one) => one.step < step || (one.step === step && one.isBarrier)) ?? this.#keys[0];
    return key.step > from ? key : null;
  }

  /** Whether the table has the same content as at a key state. */
  isAssigned(key: KeyState<States>, canvas: DigitCanvas): boolean {
    return this.#deal === key.deal && this.#dealVersion === canvas.table.version;
  }

  /** Called when the canvas has been set to a key state. */
  returned(key: KeyState<States>, canvas: DigitCanvas): void {
    this.#passed = key.entries;
    this.#deal = key.deal;
    this.#dealVersion = canvas.table.version;
    this.#conditions = key.conditions;
  }

  /** Repeats the changes that were made before a step. */
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
      // There is no memory or no context, so the past ends here.
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

  /**
   * Releases the key states that are too far back, and the oldest ones if key states that could not be postponed have
   * used up the memory.
   */
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
