/**
 * Those who have changed the canvas: which member each of them is, and the last number that it has sent. Whoever comes
 * back is the same as before, unless very many others have left since.
 */
import { MOST_REMEMBERED } from './limits.ts';

export class Authors {
  readonly #members = new Map<string, number>();
  #lastMember = 0;
  /** The last number that each author has sent, in the log or not yet. */
  readonly #seqs = new Map<string, number>();
  /** The keys of authors that are not present, those that left first at the front. */
  readonly #gone = new Set<string>();

  /** An author is present. Returns its number among the members, which is never given twice. */
  come(key: string): number {
    const known = this.#members.get(key);
    const member = known ?? (this.#lastMember += 1);
    this.#members.set(key, member);
    this.#gone.delete(key);
    return member;
  }

  /** An author is not present any more. The one that has been away for longest is forgotten if there are too many. */
  leave(key: string): void {
    this.#gone.add(key);
    if (this.#gone.size <= MOST_REMEMBERED) return;
    for (const oldest of this.#gone) {
      this.#gone.delete(oldest);
      this.#members.delete(oldest);
      this.#seqs.delete(oldest);
      return;
    }
  }

  /** The last number that an author has sent; 0 if none. */
  lastOf(key: string): number {
    return this.#seqs.get(key) ?? 0;
  }

  sent(key: string, seq: number): void {
    this.#seqs.set(key, seq);
  }

  /** Takes over what was written down. Nobody is present yet. */
  restore(taken: readonly Readonly<Record<string, number>>[]): void {
    for (const numbers of taken) for (const [key, seq] of Object.entries(numbers)) this.#seqs.set(key, seq);
    for (const key of this.#seqs.keys()) this.leave(key);
  }
}
