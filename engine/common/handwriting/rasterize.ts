import { visitSegment } from './brush.ts';
import type { Stroke } from './stroke.ts';

/** A grid of cells to draw on, and the brush to draw with. */
export interface RasterOptions {
  /** The size of the grid in cells. */
  readonly width: number;
  readonly height: number;
  /** The radius of the brush in cells, at full pressure. */
  readonly radius: number;
}

/**
 * Draws strokes whose points are in cells of the grid. Everything outside is clipped.
 *
 * @returns width · height bytes, rows from the top; 0 is paper, 255 is ink
 */
export function rasterizeStrokes(strokes: readonly Stroke[], { width, height, radius }: RasterOptions): Uint8Array {
  const image = new Uint8Array(width * height);
  const visit = (column: number, row: number, ink: number) => {
    const index = row * width + column;
    const byte = Math.round(255 * ink);
    if (byte > image[index]) image[index] = byte;
  };
  for (const stroke of strokes) {
    if (stroke.length === 1) visitSegment(stroke[0], stroke[0], radius, width, height, visit);
    for (let index = 1; index < stroke.length; index += 1) {
      visitSegment(stroke[index - 1], stroke[index], radius, width, height, visit);
    }
  }
  return image;
}
