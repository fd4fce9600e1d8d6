/** What pen strokes are measured on: which glyphs, and at which sizes. */
import type { GlyphSet } from '../strokes/glyphs.ts';
import { areDigits, looksLikeDigit } from '../strokes/look-alikes.ts';

/** Glyphs that are measured together. */
export interface MeasuredSet extends GlyphSet {
  /** Whether they are signs that nobody can tell from a digit, such as O and I: neither classes nor "none of these". */
  readonly lookAlikes: boolean;
}

/**
 * The glyphs of each file, `limit` at most. If the classes are digits, the signs of a file that look like one are a set
 * of their own. Glyphs are spread evenly over a set, as a file has one writer after the other.
 */
export function cutSets(files: readonly GlyphSet[], classNames: readonly string[], limit: number): MeasuredSet[] {
  const digits = areDigits(classNames);
  return files
    .flatMap(({ name, glyphs }): MeasuredSet[] => {
      const isLookAlike = (label: string): boolean => digits && !classNames.includes(label) && looksLikeDigit(label);
      return [
        { name, lookAlikes: false, glyphs: glyphs.filter(({ label }) => !isLookAlike(label)) },
        { name: `${name}, like digits`, lookAlikes: true, glyphs: glyphs.filter(({ label }) => isLookAlike(label)) },
      ];
    })
    .filter(({ glyphs }) => glyphs.length > 0)
    .map((set) => ({ ...set, glyphs: spread(set.glyphs, limit) }));
}

/** As many items of a list, spread evenly over it. */
export function spread<T>(list: readonly T[], limit: number): T[] {
  const count = Math.min(limit, list.length);
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]);
}

/** How large glyphs are drawn, in cells. */
export interface Size {
  /** Of the pen's path. */
  readonly height: number;
  /** Of the brush. */
  readonly radius: number;
}

/** Every height with every radius. */
export function sizesOf(heights: readonly number[], radii: readonly number[]): Size[] {
  return heights.flatMap((height) => radii.map((radius) => ({ height, radius })));
}
