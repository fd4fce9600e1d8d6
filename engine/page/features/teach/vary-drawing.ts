/** Draws a sign again, a little differently, and in other sizes and slants. */
import { rasterizeStrokes } from '../../../common/handwriting/rasterize.ts';
import { boundsOf, mapStrokes } from '../../../common/handwriting/stroke.ts';
import type { Random } from '../../../common/random/random.ts';
import { type Drawing, strokesOf } from '../../../learning/teach/sign.ts';
import { TILE_CELLS } from './drawing-sheet.ts';

/** The radius of the pen on a tile, in cells. */
export const PEN_CELLS = 1.4;

/** How a sign is drawn again. */
interface Pose {
  /** Of the longer side, in cells. */
  readonly size: number;
  readonly turnDegrees: number;
  /** How far the top leans to the right, as a share of the height. */
  readonly slant: number;
}

/** Sizes and slants to show a sign in. */
const POSES: readonly Pose[] = [
  { size: 20, turnDegrees: 0, slant: 0 },
  { size: 23, turnDegrees: -9, slant: 0.1 },
  { size: 14, turnDegrees: 6, slant: 0 },
  { size: 21, turnDegrees: 12, slant: -0.15 },
  { size: 17, turnDegrees: 0, slant: 0.3 },
  { size: 24, turnDegrees: 4, slant: -0.05 },
  { size: 12, turnDegrees: -6, slant: 0.1 },
  { size: 19, turnDegrees: -14, slant: 0.2 },
];

/** The same sign as by another stroke of the same hand. */
export function drawnAgain(drawing: Drawing, random: Random): Drawing {
  const { left, top, right, bottom } = boundsOf(strokesOf(drawing));
  const size = Math.max(right - left, bottom - top);
  const pose = {
    size: Math.min(TILE_CELLS - 4, Math.max(10, size * random.range(0.85, 1.15))),
    turnDegrees: random.range(-8, 8),
    slant: random.range(-0.12, 0.12),
  };
  const shift = { x: random.range(-1.5, 1.5), y: random.range(-1.5, 1.5) };
  const waves = [0, 1, 2, 3].map(() => random.range(0, 2 * Math.PI));
  const wobble = (at: number, across: number, first: number): number =>
    0.5 * Math.sin(at / 5 + waves[first]) + 0.4 * Math.sin(across / 6 + waves[first + 1]);
  return posed(drawing, pose).map((stroke) =>
    stroke.map(({ x, y }) => ({ x: x + shift.x + wobble(y, x, 0), y: y + shift.y + wobble(x, y, 2) })),
  );
}

/**
 * Images of a sign in many sizes and slants, 784 bytes each.
 *
 * @param drawings at least one
 */
export function poseImages(drawings: readonly Drawing[], count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const drawing = posed(drawings[index % drawings.length], POSES[index % POSES.length]);
    return rasterizeStrokes(strokesOf(drawing), { width: TILE_CELLS, height: TILE_CELLS, radius: PEN_CELLS });
  });
}

/** The drawing in the middle of a tile. */
function posed(drawing: Drawing, { size, turnDegrees, slant }: Pose): Drawing {
  const turn = (turnDegrees * Math.PI) / 180;
  const before = strokesOf(drawing);
  const own = boundsOf(before);
  const middle = { x: (own.left + own.right) / 2, y: (own.top + own.bottom) / 2 };
  const turned = mapStrokes(before, (point) => {
    const y = point.y - middle.y;
    const x = point.x - middle.x - slant * y;
    return { x: Math.cos(turn) * x - Math.sin(turn) * y, y: Math.sin(turn) * x + Math.cos(turn) * y };
  });
  const { left, top, right, bottom } = boundsOf(turned);
  const scale = size / Math.max(right - left, bottom - top, 1);
  return mapStrokes(turned, ({ x, y }) => ({
    x: TILE_CELLS / 2 + scale * (x - (left + right) / 2),
    y: TILE_CELLS / 2 + scale * (y - (top + bottom) / 2),
  }));
}
