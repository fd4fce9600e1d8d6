/** How much ink a stroke takes. The phone shows what is left, and the server holds every hand to it. */
import { NUMBERS_A_POINT } from './hand-messages.ts';

/**
 * Returns the area of a stroke in cells, as if it never crossed itself.
 * @param from the last point before it; null if the stroke begins with a dot
 * @param points x and y of each point
 */
export function inkOfPath(
  from: { readonly x: number; readonly y: number } | null,
  points: readonly number[],
  radiusCells: number,
): number {
  let ink = from ? 0 : Math.PI * radiusCells * radiusCells;
  let [x, y] = from ? [from.x, from.y] : [points[0], points[1]];
  for (let at = 0; at < points.length; at += NUMBERS_A_POINT) {
    ink += 2 * radiusCells * Math.hypot(points[at] - x, points[at + 1] - y);
    [x, y] = [points[at], points[at + 1]];
  }
  return ink;
}

/** About as much ink as a stamped digit has. */
export const STAMP_INK_CELLS = 160;
