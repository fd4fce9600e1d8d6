/**
 * The tokens in the code on the screen. They follow from a secret and the time, as one-time passwords do, so that every
 * server of a wall knows them, and none has to remember them.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Letters that nobody confuses, as in Crockford's base 32: a token may have to be typed. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TOKEN_LETTERS = 12;

/** Says what time it is, in milliseconds since 1970. */
export type WallTime = () => number;

export class JoinTokens {
  readonly #secret: Buffer;
  readonly #lifeMilliseconds: number;
  readonly #now: WallTime;

  /** @param lifeSeconds after this time there is a new token; the one before is honoured as long again */
  constructor(secret: Buffer, lifeSeconds: number, now: WallTime) {
    this.#secret = secret;
    this.#lifeMilliseconds = lifeSeconds * 1000;
    this.#now = now;
  }

  /** The token for the code that is shown now. */
  current(): string {
    return this.#tokenOf(this.#slot);
  }

  /** The milliseconds until there is a new token. */
  get freshMilliseconds(): number {
    return this.#lifeMilliseconds - (this.#now() % this.#lifeMilliseconds);
  }

  /** Whether a token is the one of now or the one before. Takes the same time for every answer. */
  isValid(token: string): boolean {
    const slot = this.#slot;
    // Both are compared in any case.
    const isCurrent = isSame(token, this.#tokenOf(slot));
    const isPrevious = isSame(token, this.#tokenOf(slot - 1));
    return isCurrent || isPrevious;
  }

  get #slot(): number {
    return Math.floor(this.#now() / this.#lifeMilliseconds);
  }

  #tokenOf(slot: number): string {
    const bytes = createHmac('sha256', this.#secret).update(`join ${slot}`).digest();
    return Array.from(bytes.subarray(0, TOKEN_LETTERS), (byte) => LETTERS[byte % LETTERS.length]).join('');
  }
}

/** Compares in constant time. */
export function isSame(one: string, other: string): boolean {
  // Digests have the same length whatever is compared.
  const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
