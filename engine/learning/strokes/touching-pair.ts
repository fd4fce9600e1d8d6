/** Two glyphs that touch, as people write them who leave no gap. */
import { boundsOf, mapStrokes, type Stroke } from '../../common/handwriting/stroke.ts';
import type { Random } from '../../common/random/random.ts';

type Point = readonly [x: number, y: number];

/** How much smaller one of the two may be than the other. */
const SMALLEST_SHARE = 0.85;
/** Paths are not brought nearer than this, in units of the pair's height: their points lie half as far apart. */
const LEAST_DISTANCE = 0.02;

/** Points along strokes, no farther apart than `spacing`. */
function pointsAlong(strokes: readonly Stroke[], spacing: number): Point[] {
  const points: Point[] = [];
  for (const stroke of strokes) {
    stroke.forEach(({ x, y }, index) => {
      const from = stroke[Math.max(0, index - 1)];
      const count = Math.max(1, Math.ceil(Math.hypot(x - from.x, y - from.y) / spacing));
      for (let step = 1; step <= count; step += 1) {
        points.push([from.x + ((x - from.x) * step) / count, from.y + ((y - from.y) * step) / count]);
      }
    });
  }
  return points;
}

/** How far to the right strokes have to go so that nothing of them is nearer to the others than `distance`. */
function shiftBeside(left: readonly Stroke[], right: readonly Stroke[], distance: number): number {
  const others = pointsAlong(right, distance / 2);
  let shift = -Infinity;
  for (const [x, y] of pointsAlong(left, distance / 2)) {
    for (const [otherX, otherY] of others) {
      const dy = y - otherY;
      if (Math.abs(dy) < distance) shift = Math.max(shift, x - otherX + Math.sqrt(distance * distance - dy * dy));
    }
  }
  return shift;
}

/**
 * Two glyphs side by side: first the strokes of the left one, then those of the right one. The pair's height is 1, its
 * box's top left at 0, 0. Either may be a little smaller than the other, and stand higher or lower.
 * @param left in units of its height, as `right` is
 * @param distance between the paths of the two where they are nearest, in units of the pair's height, 0.02 at least.
 *   Drawn with a brush, their ink overlaps where it is less than two radii.
 */
export function touchingPair(
  left: readonly Stroke[],
  right: readonly Stroke[],
  distance: number,
  random: Random,
): Stroke[] {
  const small = random.range(SMALLEST_SHARE, 1);
  const sizes = random.unit() < 0.5 ? [1, small] : [small, 1];
  const [one, other] = [left, right].map((strokes, index) => {
    const size = sizes[index];
    const lower = random.unit() * (1 - size);
    return mapStrokes(strokes, ({ x, y }) => ({ x: size * x, y: size * y + lower }));
  });
  const shift = shiftBeside(one, other, Math.max(distance, LEAST_DISTANCE));
  const pair = [...one, ...mapStrokes(other, ({ x, y }) => ({ x: x + shift, y }))];
  const { left: edge, top, bottom } = boundsOf(pair);
  const height = bottom - top;
  return mapStrokes(pair, ({ x, y }) => ({ x: (x - edge) / height, y: (y - top) / height }));
}
