import type { ModelClass } from '../common/model/specification.ts';

/** Returns the digit that is the name of a class, which the handwriting can write, or null. */
export function digitOf(entry: ModelClass | undefined): number | null {
  return entry && /^[0-9]$/.test(entry.name) ? Number(entry.name) : null;
}
