/** Says in words why a picture is not the one that was computed. */
import type { Color } from '../../engine/view/color.ts';
import { type CellCounts, colorAt, countCells, likelyColor } from './count-cells.ts';
import { type ExpectedPicture, layPixels } from './plain-display.ts';
import type { Bitmap } from './png.ts';

const MOST_LISTED = 5;

/** An explanation holds if so few of the wrong cells are left by it. */
const LEFT_OVER = 0.1;

/** Share of the pixels of one colour that have to be of another one for it to be taken for it. */
const CONSISTENT = 0.95;

/** Pixels from which on a colour says something. */
const LEAST_PIXELS = 8;

/** Bytes by which a colour may be off and still be the same. */
const ROUNDING = 2;

/** A message of several lines: how many cells are wrong, what explains it, and where the first of them are. */
export function explain(
  actual: Bitmap,
  expected: ExpectedPicture,
  others: readonly ExpectedPicture[],
  counts: CellCounts,
): string {
  const { wrong, cells } = counts;
  const reasons = [
    flatness(actual),
    ...others.map((other) => isLike(actual, other, wrong.length) && `It is the picture of ${other.name}.`),
    shift(actual, expected, wrong.length),
    exchange(actual, expected),
  ].filter((reason) => typeof reason === 'string');
  const listed = wrong.slice(0, MOST_LISTED).map(({ x, y, pixel, actual: color, expected: meant, says }) => {
    const place = x < 0 ? 'Around the canvas' : `Cell (${x}, ${y})`;
    return `  ${place}, pixel (${pixel.join(', ')}): ${inWords(color)} instead of ${inWords(meant)}, ${says}`;
  });
  const rest = wrong.length - listed.length;
  return [
    `${expected.name}: ${wrong.length} of ${cells} cells are not what was computed.`,
    ...reasons.slice(0, 1),
    ...listed,
    ...(rest > 0 ? [`  and ${rest} more.`] : []),
  ].join('\n');
}

function flatness(actual: Bitmap): string | null {
  const first = colorAt(actual, 0, 0);
  for (let at = 0; at < actual.pixels.length; at += 4) {
    if (first.some((value, channel) => actual.pixels[at + channel] !== value)) return null;
  }
  return `It is blank: all of it is ${inWords(first)}.`;
}

function isLike(actual: Bitmap, other: ExpectedPicture, wrong: number): boolean {
  if (actual.width !== other.width || actual.height !== other.height) return false;
  return countCells(actual, other).wrong.length <= wrong * LEFT_OVER;
}

function shift(actual: Bitmap, expected: ExpectedPicture, wrong: number): string | null {
  for (const [x, y] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    if (!isLike(actual, shifted(expected, x, y), wrong)) continue;
    const directions = [x > 0 && 'right', x < 0 && 'left', y > 0 && 'down', y < 0 && 'up'];
    return `It is shifted by a cell: ${String(directions.find((direction) => direction !== false))}.`;
  }
  return null;
}

/** The picture whose cells show what their neighbours should, up to the canvas' edge. */
function shifted(expected: ExpectedPicture, x: number, y: number): ExpectedPicture {
  const { columns, rows, choices } = expected;
  const from = (cell: number): number => {
    const column = Math.min(columns - 1, Math.max(0, (cell % columns) - x));
    const row = Math.min(rows - 1, Math.max(0, Math.floor(cell / columns) - y));
    return row * columns + column;
  };
  return { ...expected, choices: choices.map((_, cell) => choices[from(cell)]) };
}

/** Colours that stand throughout where others were expected, as with another palette. */
function exchange(actual: Bitmap, expected: ExpectedPicture): string | null {
  const tallies = new Map<string, Map<string, number>>();
  const makeupOf = layPixels(expected);
  for (let row = 0; row < actual.height; row += 1) {
    for (let column = 0; column < actual.width; column += 1) {
      const makeup = makeupOf(column, row);
      if (makeup.parts.length > 1 || makeup.line > 0) continue;
      const likely = likelyColor(makeup, expected);
      const color = colorAt(actual, column, row);
      const isMeant = color.every((value, channel) => Math.abs(value - likely[channel]) <= ROUNDING);
      const meant = inWords(likely);
      const found = isMeant ? meant : inWords(color);
      const tally = tallies.get(meant) ?? new Map<string, number>();
      tallies.set(meant, tally.set(found, (tally.get(found) ?? 0) + 1));
    }
  }
  const exchanged: string[] = [];
  for (const [meant, tally] of tallies) {
    const total = [...tally.values()].reduce((sum, count) => sum + count, 0);
    const [[found, most]] = [...tally].sort(([, a], [, b]) => b - a);
    if (found !== meant && total >= LEAST_PIXELS && most >= CONSISTENT * total) {
      exchanged.push(`${found} stands for ${meant}`);
    }
  }
  return exchanged.length === 0 ? null : `Colours are exchanged: ${exchanged.slice(0, MOST_LISTED).join('; ')}.`;
}

function inWords(color: Color): string {
  return `rgb(${color.map(Math.round).join(', ')})`;
}
