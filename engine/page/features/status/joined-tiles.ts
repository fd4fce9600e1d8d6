/** Finds the tiles that a drawing covers: those whose ink is connected across their borders. */
import type { CanvasLayout } from '../../../automaton/types.ts';

/**
 * Returns the numbers of all tiles whose ink is connected with that of a tile across their borders, itself included.
 * Digits that stand in the middle of their tiles are not joined.
 *
 * @param tile its number, in reading order
 * @param hasInk whether the cell in a column and row of the canvas has ink
 */
export function joinedTiles(
  { columns, rows, tile: side }: CanvasLayout,
  tile: number,
  hasInk: (x: number, y: number) => boolean,
): ReadonlySet<number> {
  const [width, height] = [columns * side, rows * side];
  const isInk = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && hasInk(x, y);
  const joined = new Set([tile]);
  const join = (x: number, y: number): void => {
    if (isInk(x, y)) joined.add(Math.floor(y / side) * columns + Math.floor(x / side));
  };
  // A set also visits what is added during the loop.
  for (const each of joined) {
    const left = (each % columns) * side;
    const top = Math.floor(each / columns) * side;
    const [right, bottom] = [left + side - 1, top + side - 1];
    for (let along = 0; along < side; along += 1) {
      for (let beside = -1; beside <= 1; beside += 1) {
        const [x, y] = [left + along, top + along];
        if (isInk(left, y)) join(left - 1, y + beside);
        if (isInk(right, y)) join(right + 1, y + beside);
        if (isInk(x, top)) join(x + beside, top - 1);
        if (isInk(x, bottom)) join(x + beside, bottom + 1);
      }
    }
  }
  return joined;
}
