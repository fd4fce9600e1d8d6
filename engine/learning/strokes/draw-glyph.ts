/** Strokes drawn with the page's own brush, at any size, angle and place. */
import { EDGE_CELLS } from '../../common/handwriting/brush.ts';
import { rasterizeStrokes } from '../../common/handwriting/rasterize.ts';
import { boundsOf, mapStrokes, type Stroke } from '../../common/handwriting/stroke.ts';
import type { Random } from '../../common/random/random.ts';
import { SIDE } from '../rollout/live-cells.ts';

/** How strokes are drawn. */
export interface Pose {
  /** Of the pen's path, in cells; the ink is two radii higher. */
  readonly height: number;
  /** Of the brush under full pressure, in cells. */
  readonly radius: number;
  readonly turnDegrees: number;
  /** How far the top leans to the right, as a share of the height. */
  readonly slant: number;
  /** Width, as a share of what it is. */
  readonly stretch: number;
}

/** Upright, as it was written. */
export const UPRIGHT: Omit<Pose, 'height' | 'radius'> = { turnDegrees: 0, slant: 0, stretch: 1 };

/** Cells of paper that are left around the ink. */
const MARGIN_CELLS = 1;

/** A square canvas with strokes on it, in cells. */
export interface PosedStrokes {
  readonly side: number;
  readonly strokes: readonly Stroke[];
  /** Of the brush, in cells. */
  readonly radius: number;
}

/** Strokes whose unit is their height, somewhere in a square canvas that is no smaller than MNIST's. */
export function poseStrokes(strokes: readonly Stroke[], pose: Pose, random: Random): PosedStrokes {
  const { height, radius, stretch, slant } = pose;
  const turn = (pose.turnDegrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(turn) * height, Math.sin(turn) * height];
  const posed = mapStrokes(strokes, (point) => {
    const x = point.x * stretch - slant * point.y;
    return { x: cosine * x - sine * point.y, y: sine * x + cosine * point.y };
  });
  const { left, top, right, bottom } = boundsOf(posed);
  const reach = radius + EDGE_CELLS / 2 + MARGIN_CELLS;
  const width = right - left + 2 * reach;
  const tall = bottom - top + 2 * reach;
  const side = Math.max(SIDE, Math.ceil(Math.max(width, tall)));
  const x = reach - left + random.unit() * (side - width);
  const y = reach - top + random.unit() * (side - tall);
  return { side, radius, strokes: mapStrokes(posed, (point) => ({ x: point.x + x, y: point.y + y })) };
}

/** The ink of strokes on their canvas: side · side bytes, rows from the top; 0 is paper, 255 is ink. */
export function inkOf({ side, radius, strokes }: PosedStrokes): Uint8Array {
  return rasterizeStrokes(strokes, { width: side, height: side, radius });
}

/** The ink of strokes whose unit is their height, somewhere on a canvas of their own. */
export function drawGlyph(strokes: readonly Stroke[], pose: Pose, random: Random): Uint8Array {
  return inkOf(poseStrokes(strokes, pose, random));
}
