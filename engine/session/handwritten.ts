import type { ModelClass } from '../common/model/specification.ts';

/** Returns the digit that is the name of a class, which the handwriting can write, or null. */
export function digitOf(entry: ModelClass | undefined): number | null {
  return entry && /^[0-9]$/.test(entry.name) ? Number(entry.name) : null;
}

/** Whether the name of a class is a capital letter, which the handwriting can write once it has learned the letters. */
export function isLetter(entry: ModelClass | undefined): boolean {
  return entry !== undefined && /^[A-Z]$/.test(entry.name);
}

/**
 * Returns the number key that stamps a class: a digit's own key, or, for a model without digits, one of the first ten
 * classes in the order of the keys 1 to 9 and 0. Null if it has none.
 */
export function stampKey(classes: readonly ModelClass[], label: number): string | null {
  if (classes.some((entry) => digitOf(entry) !== null)) return digitOf(classes[label])?.toString() ?? null;
  return label < 10 ? String((label + 1) % 10) : null;
}
