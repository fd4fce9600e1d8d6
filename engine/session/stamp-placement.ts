/** Where a stamped digit is placed, and what ink there is afterwards. */
import { type CanvasLayout, type CellRectangle } from '../automaton/types.ts';
import type { DigitImage } from '../common/handwriting/draw-digit.ts';
import type { Point } from '../view/camera.ts';

/** The side of the square that a stamp of scale 1 replaces, in cells. */
const STAMP_CELLS = 28;

export interface StampShape {
  /** 1 is the size of the tiles' digits. */
  readonly scale: number;
  /** In degrees, clockwise. */
  readonly turn: number;
}

export const UPRIGHT: StampShape = { scale: 1, turn: 0 };

export interface StampPlace {
  /** The centre of the digit, in cells. */
  readonly x: number;
  readonly y: number;
  /** The tile whose digit it replaces, or null if it is not aligned to a tile. */
  readonly tile: { readonly column: number; readonly row: number } | null;
}

/**
 * Returns the place of a stamp at `position`. Near the middle of a tile it snaps into place and replaces the tile's
 * digit; elsewhere it stays where it was dropped.
 *
 * @param snapCells the distance that counts as near, in each direction
 */
export function placeStamp({ x, y }: Point, { tile }: CanvasLayout, snapCells: number): StampPlace {
  const column = Math.floor(x / tile);
  const row = Math.floor(y / tile);
  // Images are aligned to whole cells.
  const half = Math.floor(tile / 2);
  const middle = { x: column * tile + half, y: row * tile + half };
  const isNear = Math.abs(x - middle.x) <= snapCells && Math.abs(y - middle.y) <= snapCells;
  return isNear ? { ...middle, tile: { column, row } } : { x: Math.round(x), y: Math.round(y), tile: null };
}

/** The side of the square that a stamp replaces if it is not aligned to a tile, in cells. */
export function stampSide({ scale }: StampShape): number {
  return STAMP_CELLS * scale;
}

export interface StampedInk {
  readonly rectangle: CellRectangle;
  /** The ink of the rectangle afterwards. */
  readonly ink: Uint8Array;
  /** Whether the whole digit is on the tile that it was put on. */
  readonly isWithinTile: boolean;
}

/**
 * The ink after a stamp: the digit replaces the ink in its square, and all ink of the tile that it was put on.
 *
 * @param canvas the ink before, one byte per cell, row by row; the digit is clipped at the edges
 */
export function inkAfterStamp(
  canvas: { readonly width: number; readonly height: number; readonly ink: Uint8Array },
  { tile: pitch }: Pick<CanvasLayout, 'tile'>,
  image: DigitImage,
  place: StampPlace,
  shape: StampShape,
): StampedInk {
  const left = place.x - image.side / 2;
  const top = place.y - image.side / 2;
  const tile = place.tile && { x: place.tile.column * pitch, y: place.tile.row * pitch };
  const x = Math.max(0, Math.min(left, tile?.x ?? left));
  const y = Math.max(0, Math.min(top, tile?.y ?? top));
  const right = Math.min(canvas.width, Math.max(left + image.side, tile ? tile.x + pitch : 0));
  const bottom = Math.min(canvas.height, Math.max(top + image.side, tile ? tile.y + pitch : 0));
  const rectangle = { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
  const ink = new Uint8Array(rectangle.width * rectangle.height);
  const isCovered = squareTest(place, shape);
  let isWithinTile = tile !== null;
  for (let row = 0; row < rectangle.height; row += 1) {
    for (let column = 0; column < rectangle.width; column += 1) {
      const cellX = x + column;
      const cellY = y + row;
      const isOnTile =
        tile !== null && cellX >= tile.x && cellY >= tile.y && cellX < tile.x + pitch && cellY < tile.y + pitch;
      const imageX = cellX - left;
      const imageY = cellY - top;
      const isInImage = imageX >= 0 && imageY >= 0 && imageX < image.side && imageY < image.side;
      const drawn = isInImage ? image.ink[imageY * image.side + imageX] : 0;
      const before = canvas.ink[cellY * canvas.width + cellX];
      const isReplaced = isOnTile || isCovered(cellX + 0.5, cellY + 0.5);
      ink[row * rectangle.width + column] = isReplaced ? drawn : Math.max(drawn, before);
      if (drawn > 0 && !isOnTile) isWithinTile = false;
    }
  }
  return { rectangle, ink, isWithinTile };
}

/** Whether a point is in the stamp's turned square. */
function squareTest(place: StampPlace, shape: StampShape): (x: number, y: number) => boolean {
  const half = stampSide(shape) / 2;
  const angle = radians(shape.turn);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => {
    const along = cosine * (x - place.x) + sine * (y - place.y);
    const across = cosine * (y - place.y) - sine * (x - place.x);
    return Math.abs(along) <= half && Math.abs(across) <= half;
  };
}

export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
