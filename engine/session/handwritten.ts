import type { ModelClass } from '../common/model/specification.ts';

/** Returns the digit that is the name of a class, which the handwriting can write, or null. */
export function digitOf(entry: ModelClass | undefined): number | null {
  return entry && /^[0-9]$/.test(entry.name) ? Number(entry.name) : null;
}

/** Whether the name of a class is a capital letter, which the handwriting can write once it has learned the letters. */
export function isLetter(entry: ModelClass | undefined): boolean {
  return entry !== undefined && /^[A-Z]$/.test(entry.name);
}
