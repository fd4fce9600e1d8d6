/** What a user's stroke does to the cells of a canvas. */
import { visitSegment } from '../common/handwriting/brush.ts';
import type { PenPoint } from '../common/handwriting/stroke.ts';
import type { BrushOptions, StrokePoint } from './types.ts';

/** Receives each cell under the brush with the ink that the brush holds there, 0…1. */
export type CellVisitor = (cell: number, ink: number) => void;

/**
 * Visits all cells of a canvas under a stroke. A cell under several segments is visited once for each of them.
 *
 * @param points in cells; a single point is a dot
 */
export function visitStroke(
  points: readonly StrokePoint[],
  radiusCells: number,
  width: number,
  height: number,
  visit: CellVisitor,
): void {
  const path = points.map(withPressure);
  const visitCell = (column: number, row: number, ink: number) => {
    visit(row * width + column, ink);
  };
  if (path.length === 1) visitSegment(path[0], path[0], radiusCells, width, height, visitCell);
  for (let index = 1; index < path.length; index += 1) {
    visitSegment(path[index - 1], path[index], radiusCells, width, height, visitCell);
  }
}

/**
 * Returns the ink byte of a cell after the brush has passed over it. The brush adds or removes ink, but not twice on
 * the same cell.
 */
export function inkAfterBrush(ink: number, brushInk: number, { erase }: BrushOptions): number {
  const brush = Math.round(brushInk * 255);
  return erase ? Math.min(ink, 255 - brush) : Math.max(ink, brush);
}

function withPressure({ x, y, pressure = 1 }: StrokePoint): PenPoint {
  return { x, y, pressure };
}
