/**
 * The key with which a hand comes back after its phone has slept or lost the connection. It is signed, so that a server
 * that has just started, or another server of the wall, knows the hand as well.
 */
import { createHmac } from 'node:crypto';
import { isSame, type WallTime } from './join-tokens.ts';

/** A visitor who has been away for longer has to scan the code again. */
export const KEY_LIFE_SECONDS = 3600;

const MAC_LETTERS = 22;
const KEY = /^([\w-]{16})\.(\d{1,12})\.([\w-]{22})$/;

export class HandKeys {
  readonly #secret: Buffer;
  readonly #now: WallTime;

  constructor(secret: Buffer, now: WallTime) {
    this.#secret = secret;
    this.#now = now;
  }

  /** @param id random, and never shown to others */
  keyOf(id: string): string {
    const words = `${id}.${Math.floor(this.#now() / 1000)}`;
    return `${words}.${this.#macOf(words)}`;
  }

  /** Returns the id that the key was made for, or null if it is not one of ours, or too old. */
  read(key: string): string | null {
    const [, id, seconds, mac] = KEY.exec(key) ?? [];
    if (id === undefined) return null;
    if (!isSame(mac, this.#macOf(`${id}.${seconds}`))) return null;
    if (this.#now() / 1000 - Number(seconds) > KEY_LIFE_SECONDS) return null;
    return id;
  }

  #macOf(words: string): string {
    return createHmac('sha256', this.#secret).update(`hand ${words}`).digest('base64url').slice(0, MAC_LETTERS);
  }
}
