/** How alike two drawings are, whatever their sizes and the order of their strokes. */
import type { Stroke } from '../../common/handwriting/stroke.ts';

/** Only every third point is compared, because ten drawings are checked in the handler of a click. */
const SKIP = 3;

/** The mean distance of points of `from` to the nearest point of `to`. */
function meanGap(from: readonly Stroke[], to: readonly Stroke[]): number {
  let total = 0;
  let count = 0;
  for (const stroke of from) {
    for (let index = 0; index < stroke.length; index += SKIP) {
      const { x, y } = stroke[index];
      let nearest = Infinity;
      for (const other of to) {
        for (const point of other) nearest = Math.min(nearest, (point.x - x) ** 2 + (point.y - y) ** 2);
      }
      total += Math.sqrt(nearest);
      count += 1;
    }
  }
  return total / count;
}

/**
 * The distance between two drawings as shares of their larger sides: 0 for the same, about 0.05 for two drawings of one
 * sign, above 0.1 for two signs.
 * @param one see `normalizeStrokes`
 */
export function distanceBetween(one: readonly Stroke[], other: readonly Stroke[]): number {
  return Math.max(meanGap(one, other), meanGap(other, one));
}
