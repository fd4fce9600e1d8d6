/**
 * The brush: the ink that a pen of a given radius leaves on a grid of cells. Both the handwriting and the user's
 * strokes are drawn with it. Its edge is soft, like that of the anti-aliased scans in MNIST.
 */
import type { PenPoint } from './stroke.ts';

/** The width in cells over which the ink falls from full to none, half on each side of the radius. */
export const EDGE_CELLS = 1;

/** The ink (0…1) at a distance from the pen's path, both in cells. */
export function inkAt(distance: number, radius: number): number {
  return Math.min(1, Math.max(0, (radius - distance) / EDGE_CELLS + 0.5));
}

/**
 * Draws a segment of a path between two points in cells, or a single dot if they are the same. Calls `visit` for each
 * cell of the grid that gets ink, with its column and row; cell (0, 0) covers 0…1. Allocates nothing.
 *
 * @param fullRadius the radius of the brush in cells at full pressure; the radius is proportional to the pressure
 */
export function visitSegment(
  from: PenPoint,
  to: PenPoint,
  fullRadius: number,
  gridWidth: number,
  gridHeight: number,
  visit: (column: number, row: number, ink: number) => void,
): void {
  const fromRadius = fullRadius * from.pressure;
  const toRadius = fullRadius * to.pressure;
  const reach = Math.max(fromRadius, toRadius) + EDGE_CELLS / 2;
  const firstColumn = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const lastColumn = Math.min(gridWidth - 1, Math.floor(Math.max(from.x, to.x) + reach));
  const firstRow = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const lastRow = Math.min(gridHeight - 1, Math.floor(Math.max(from.y, to.y) + reach));
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squaredLength = dx * dx + dy * dy;
  const squaredReach = reach * reach;
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const px = column + 0.5 - from.x;
      const py = row + 0.5 - from.y;
      const along = squaredLength > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / squaredLength)) : 0;
      const gapX = px - along * dx;
      const gapY = py - along * dy;
      const squaredDistance = gapX * gapX + gapY * gapY;
      if (squaredDistance >= squaredReach) continue;
      const ink = inkAt(Math.sqrt(squaredDistance), fromRadius + along * (toRadius - fromRadius));
      if (ink > 0) visit(column, row, ink);
    }
  }
}
