/** An amount that is spent and grows again with time, such as messages or ink. It may be overdrawn, and is then in debt. */
import type { Rate } from './hand-messages.ts';

export class Allowance {
  readonly #rate: Rate;
  #left: number;
  #thenMilliseconds: number;

  constructor(rate: Rate, nowMilliseconds: number) {
    this.#rate = rate;
    this.#left = rate.most;
    this.#thenMilliseconds = nowMilliseconds;
  }

  /** What is left; negative if it is in debt. */
  left(nowMilliseconds: number): number {
    // A clock that goes back makes nobody rich.
    const seconds = Math.max(0, nowMilliseconds - this.#thenMilliseconds) / 1000;
    this.#thenMilliseconds = Math.max(nowMilliseconds, this.#thenMilliseconds);
    this.#left = Math.min(this.#rate.most, this.#left + seconds * this.#rate.perSecond);
    return this.#left;
  }

  /** Spends an amount, and returns for how many milliseconds nothing more may be spent. */
  spend(amount: number, nowMilliseconds: number): number {
    this.#left = this.left(nowMilliseconds) - amount;
    return this.#left >= 0 ? 0 : (-this.#left / this.#rate.perSecond) * 1000;
  }
}
