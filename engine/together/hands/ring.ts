/**
 * The ring around a hand's cursor, on the screens and on its phone: a colour and a line, since fifty colours cannot be
 * told apart.
 */

export interface Ring {
  /** `#rrggbb`, with a contrast of at least 3 : 1 against white. */
  readonly color: string;
  /** The CSS border style. */
  readonly line: 'solid' | 'dashed' | 'double' | 'dotted';
}

const COLORS = ['#d00000', '#0057d9', '#00803a', '#b3009e', '#b85400', '#007f8c', '#5b3fd6', '#4a4a4a'] as const;
const LINES = ['solid', 'dashed', 'double', 'dotted'] as const satisfies readonly Ring['line'][];

/** The ring of a member of the wall, by its number; every 32 numbers they repeat. */
export function ringOf(member: number): Ring {
  return {
    color: COLORS[member % COLORS.length],
    line: LINES[Math.floor(member / COLORS.length) % LINES.length],
  };
}
