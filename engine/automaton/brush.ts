/**
 * What a stroke does to the ink, on the CPU: a soft round brush, drawn as the
 * distance to the stroke's segments, so that it is smooth at any speed.
 */
import type { BrushOptions, StrokePoint } from './types.ts';

/** Width of the soft edge, in cells; ink falls from 1 to 0 across it. */
const SOFT_EDGE_CELLS = 1;

/** Receives each cell under the brush with its share of the brush's ink, 0…1. */
export type CellVisitor = (cell: number, share: number) => void;

/**
 * Visits all cells of a canvas under a stroke. A cell under several segments is
 * visited for each; the greatest share counts.
 * @param points in cells; one point is a dot
 */
export function visitStroke(
  points: readonly StrokePoint[],
  radiusCells: number,
  width: number,
  height: number,
  visit: CellVisitor,
): void {
  if (points.length === 1) visitSegment(points[0], points[0], radiusCells, width, height, visit);
  for (let index = 1; index < points.length; index += 1) {
    visitSegment(points[index - 1], points[index], radiusCells, width, height, visit);
  }
}

function visitSegment(
  from: StrokePoint,
  to: StrokePoint,
  radiusCells: number,
  width: number,
  height: number,
  visit: CellVisitor,
): void {
  const fromRadius = radiusCells * (from.pressure ?? 1);
  const toRadius = radiusCells * (to.pressure ?? 1);
  const reach = Math.max(fromRadius, toRadius) + SOFT_EDGE_CELLS;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(width - 1, Math.floor(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(height - 1, Math.floor(Math.max(from.y, to.y) + reach));
  const alongX = to.x - from.x;
  const alongY = to.y - from.y;
  const lengthSquared = alongX * alongX + alongY * alongY;
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const offsetX = x + 0.5 - from.x;
      const offsetY = y + 0.5 - from.y;
      const along = lengthSquared === 0 ? 0 : clamp((offsetX * alongX + offsetY * alongY) / lengthSquared, 0, 1);
      const distance = Math.hypot(offsetX - along * alongX, offsetY - along * alongY);
      const radius = fromRadius + along * (toRadius - fromRadius);
      const share = clamp((radius - distance) / SOFT_EDGE_CELLS + 0.5, 0, 1);
      if (share > 0) visit(y * width + x, share);
    }
  }
}

/** The ink byte of a cell after the brush has passed over it. */
export function inkAfterBrush(ink: number, share: number, { erase }: BrushOptions): number {
  const brush = Math.round(share * 255);
  return erase ? Math.min(ink, 255 - brush) : Math.max(ink, brush);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
