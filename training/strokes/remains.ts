/** What is left of a digit when one side of it is erased. */

/** The half that is erased. */
export type Side = 'left' | 'right' | 'upper' | 'lower';

export const SIDES: readonly Side[] = ['left', 'right', 'upper', 'lower'];

/**
 * By digit and by the half that is erased: the digit that the other half is, or null if it is none. Halves of which
 * people would say different things are not listed.
 */
const REMAINS: Readonly<Record<string, Partial<Record<Side, string | null>>>> = {
  0: { upper: null, lower: null },
  2: { upper: null, lower: null },
  3: { upper: null, lower: null },
  5: { upper: null, lower: null },
  6: { upper: '0' },
  8: { left: '3', right: null, upper: '0', lower: '0' },
  9: { lower: '0' },
};

/** What a class is when a half of it is erased: another class, null for none, or undefined if that cannot be said. */
export function remainsOf(name: string, erased: Side): string | null | undefined {
  return Object.hasOwn(REMAINS, name) ? REMAINS[name][erased] : undefined;
}
