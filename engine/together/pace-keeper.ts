/**
 * When the steps of a wall come: at the rate that was asked for, or more slowly if a screen that works cannot keep it.
 */

/** A rate that is this much lower than asked is the slowest; a screen that cannot keep it is left behind. */
const MOST_SLOWDOWN = 8;

/** How often the rate is adapted. */
const ADAPT_MILLISECONDS = 250;
const SLOWER = 1.15;
const FASTER = 0.97;

/** A server that slept longer than this does not catch up. */
const LONGEST_DEBT_MILLISECONDS = 250;

export class PaceKeeper {
  readonly #asked: number;
  readonly #delay: number;
  #interval: number;
  #next: number | null = null;
  #adapted = -Infinity;

  /**
   * @param stepsPerSecond the rate that is asked for
   * @param delayMilliseconds how long before its picture a step is closed, so that the news reaches every screen
   */
  constructor(stepsPerSecond: number, delayMilliseconds: number) {
    this.#asked = 1000 / stepsPerSecond;
    this.#interval = this.#asked;
    this.#delay = delayMilliseconds;
  }

  /** The time between two steps, in milliseconds. */
  get intervalMilliseconds(): number {
    return this.#interval;
  }

  /** The moment at which the next step should be closed. */
  dueAt(now: number): number {
    return this.#next === null ? now : this.#next - this.#delay;
  }

  /** Returns when the picture after the next step is shown; call this when it is closed. */
  take(now: number): number {
    const earliest = now + this.#delay - LONGEST_DEBT_MILLISECONDS;
    const time = this.#next === null || this.#next < earliest ? now + this.#delay : this.#next;
    this.#next = time + this.#interval;
    return time;
  }

  /** Begins anew after a rest. */
  rest(): void {
    this.#next = null;
  }

  /** @param lateMilliseconds how late the latest of the screens is that count */
  adapt(lateMilliseconds: number, now: number): void {
    if (now - this.#adapted < ADAPT_MILLISECONDS) return;
    this.#adapted = now;
    const isLate = lateMilliseconds > this.#interval;
    const wanted = this.#interval * (isLate ? SLOWER : FASTER);
    this.#interval = Math.min(this.#asked * MOST_SLOWDOWN, Math.max(this.#asked, wanted));
  }
}
