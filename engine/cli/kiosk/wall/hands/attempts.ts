/** Counts attempts by address, and says when an address has to wait. Remembers a bounded number of addresses. */
import { Allowance } from '../../../../together/hands/allowance.ts';
import type { Rate } from '../../../../together/hands/hand-messages.ts';

const MOST_ADDRESSES = 2000;

export class Attempts {
  readonly #rate: Rate;
  readonly #byAddress = new Map<string, Allowance>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Whether this address may try now. */
  mayTry(address: string, nowMilliseconds: number): boolean {
    return (this.#byAddress.get(address)?.left(nowMilliseconds) ?? 1) >= 1;
  }

  note(address: string, nowMilliseconds: number): void {
    const allowance = this.#byAddress.get(address) ?? new Allowance(this.#rate, nowMilliseconds);
    allowance.spend(1, nowMilliseconds);
    // The order is that of the last attempt.
    this.#byAddress.delete(address);
    this.#byAddress.set(address, allowance);
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > MOST_ADDRESSES) this.#byAddress.delete(oldest);
  }
}
