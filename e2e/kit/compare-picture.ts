/** Compares a screenshot with the picture that was computed, cell by cell. */
import { type CellCounts, colorAt, countCells, likelyColor } from './count-cells.ts';
import { explain } from './explain-picture.ts';
import { type ExpectedPicture, layPixels } from './plain-display.ts';
import { type Bitmap, decodePng, encodePng } from './png.ts';

/** One cell in so many may lie outside its bound. */
const CELLS_PER_FAULT = 10_000;

export interface PictureComparison extends CellCounts {
  /** Whether no more cells are wrong than may be. */
  readonly isSame: boolean;
  /** Why it is not the same, with what was found to explain it; empty if it is. */
  readonly message: string;
  readonly actual: Bitmap;
}

const NOTHING: CellCounts = { cells: 0, torn: 0, otherwise: 0, wrong: [] };

/**
 * @param screenshot a PNG, or its pixels
 * @param others pictures that it may be instead, such as that of a step before; the message names the one it is
 */
export function comparePicture(
  screenshot: Uint8Array | Bitmap,
  expected: ExpectedPicture,
  others: readonly ExpectedPicture[] = [],
): PictureComparison {
  const actual = screenshot instanceof Uint8Array ? decodePng(screenshot) : screenshot;
  const { width, height, name } = expected;
  if (actual.width !== width || actual.height !== height) {
    const message = `${name}: the picture is ${actual.width} × ${actual.height} pixels; ${width} × ${height} were expected.`;
    return { ...NOTHING, isSame: false, message, actual };
  }
  const counts = countCells(actual, expected);
  const isSame = counts.wrong.length * CELLS_PER_FAULT <= counts.cells;
  const message = isSame ? '' : explain(actual, expected, others, counts);
  return { ...counts, isSame, message, actual };
}

const FAULT = [255, 0, 0] as const;

/** The picture that was computed, the one that came, and the latter in grey with all that is wrong in red, side by side; PNG. */
export function differencePng({ actual, wrong }: PictureComparison, expected: ExpectedPicture): Buffer {
  const { width, height } = expected;
  const sheet = { width: 3 * width, height: Math.max(height, actual.height), pixels: new Uint8Array(0) };
  const pixels = new Uint8Array(4 * sheet.width * sheet.height).fill(255);
  const put = (column: number, row: number, color: readonly number[]): void => {
    pixels.set(color.map(Math.round), 4 * (row * sheet.width + column));
  };
  const makeupOf = layPixels(expected);
  const wrongCells = new Set(wrong.map(({ x, y }) => (x < 0 ? -1 : y * expected.columns + x)));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const makeup = makeupOf(column, row);
      put(column, row, likelyColor(makeup, expected));
      if (column >= actual.width || row >= actual.height) continue;
      const color = colorAt(actual, column, row);
      put(width + column, row, color);
      const grey = 170 + (color[0] + color[1] + color[2]) / 9;
      put(2 * width + column, row, wrongCells.has(makeup.home) ? FAULT : [grey, grey, grey]);
    }
  }
  return encodePng({ ...sheet, pixels });
}
