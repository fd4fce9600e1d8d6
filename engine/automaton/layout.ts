import type { CanvasLayout } from './types.ts';
import { SimulationError } from './types.ts';

/** The side length of the digits' images, in cells. */
export const DIGIT_SIZE = 28;

/** The maximum number of cells of a canvas. The table on the CPU needs 10 bytes for each of them. */
const CELL_LIMIT = 2 ** 26;

/** Returns the width and height of a canvas, in cells. */
export function canvasSize({ columns, rows, tile }: CanvasLayout): { width: number; height: number } {
  return { width: columns * tile, height: rows * tile };
}

/**
 * @param largest the maximum width and height of a texture on this GPU, in texels
 * @throws SimulationError if the layout is invalid, or larger than this GPU allows; the message names the largest
 * layout that fits
 */
export function checkLayout(layout: CanvasLayout, largest: number): void {
  for (const [name, value] of Object.entries(layout)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new SimulationError(`A canvas needs a whole number of ${name}, at least 1; ${String(value)} is not one.`);
    }
  }
  const { width, height } = canvasSize(layout);
  if (width > largest || height > largest || width * height > CELL_LIMIT) {
    const side = Math.min(largest, Math.sqrt(CELL_LIMIT));
    const fits = Math.floor(side / layout.tile);
    throw new SimulationError(
      `A canvas of ${width} × ${height} cells is larger than this GPU allows; the largest is ${side} × ${side} cells, ${fits} × ${fits} tiles of ${layout.tile}.`,
    );
  }
}

/**
 * Writes an image into a tile of a canvas, centred. The other cells of the tile get no ink.
 *
 * @param image 28 · 28 ink bytes, row by row
 * @param visit receives every cell of the tile with its ink
 */
export function visitTile(
  layout: CanvasLayout,
  column: number,
  row: number,
  image: Uint8Array,
  visit: (cell: number, ink: number) => void,
): void {
  const { tile } = layout;
  const width = layout.columns * tile;
  const margin = Math.floor((tile - DIGIT_SIZE) / 2);
  for (let y = 0; y < tile; y += 1) {
    for (let x = 0; x < tile; x += 1) {
      const imageX = x - margin;
      const imageY = y - margin;
      const inside = imageX >= 0 && imageY >= 0 && imageX < DIGIT_SIZE && imageY < DIGIT_SIZE;
      const cell = (row * tile + y) * width + column * tile + x;
      visit(cell, inside ? image[imageY * DIGIT_SIZE + imageX] : 0);
    }
  }
}

/** Which tiles have ink, in reading order: 1 if a tile has any, otherwise 0. */
export function tilesWithInk(ink: Uint8Array, { columns, rows, tile }: CanvasLayout): Uint8Array {
  const hasInk = new Uint8Array(columns * rows);
  const width = columns * tile;
  ink.forEach((value, cell) => {
    if (value > 0) hasInk[Math.floor(cell / width / tile) * columns + Math.floor((cell % width) / tile)] = 1;
  });
  return hasInk;
}
