/** The ring around a hand's cursor, on the screens and on its phone: a colour and a pattern, since many share a hue. */

export interface Ring {
  /** `#rrggbb`; dark enough for a contrast of 3 : 1 against white. */
  readonly color: string;
  /** The lengths of dashes and gaps in sixteenths of the circumference; empty for a whole ring. */
  readonly dashes: readonly number[];
}

/** As far apart as eight colours can be with 3 : 1 against white, also for people who are colour-blind. */
const COLORS = ['#d00000', '#0057d9', '#008a3e', '#b3009e', '#c25a00', '#00838f', '#5b3fd6', '#4a4a4a'] as const;

const PATTERNS: readonly (readonly number[])[] = [[], [3, 1], [1, 1], [4, 1, 1, 2], [6, 2]];

/** The ring of a member of the wall, by its number; every 40 numbers they repeat. */
export function ringOf(member: number): Ring {
  return {
    color: COLORS[member % COLORS.length],
    dashes: PATTERNS[Math.floor(member / COLORS.length) % PATTERNS.length],
  };
}
