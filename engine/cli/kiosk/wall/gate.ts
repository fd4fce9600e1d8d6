/** Who may take part in a wall, by the token that they bring. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Role } from '../../../together/messages.ts';

/** The tokens that are valid at present, or none where nobody is admitted. */
export type Tokens = Readonly<Record<Role, () => readonly string[]>>;

export class Gate {
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  admits(role: Role, token: string): boolean {
    return this.#tokens[role]().some((valid) => isSame(valid, token));
  }
}

/** Compares in constant time, so that a nearly right guess is not revealed. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
