/** Which cells of a screenshot are not what was computed. */
import type { Color } from '../../engine/view/color.ts';
import { type CellChoices, type ColorRange, hull, isTorn } from './plain-cells.ts';
import { type ExpectedPicture, layPixels, type PixelMakeup } from './plain-display.ts';
import type { Bitmap } from './png.ts';

/**
 * How far a colour byte may lie from the computed colour, which is not rounded: half for rounding, and as much again for
 * a texture filter whose weights have 8 bits and miss a cell's middle by one of them.
 */
const PURE_TOLERANCE = 1;
/** The same where a pixel is mixed of several cells: those weights count in both directions, and it is rounded twice. */
const MIXED_TOLERANCE = 2.5;

/** Choices of the cells under one pixel that are tried one by one; beyond, any mixture of them will do. */
const MOST_COMBINATIONS = 64;

/** A cell that is not what was computed. */
export interface WrongCell {
  /** Column and row on the canvas, from 0; −1 for what lies around the canvas. */
  readonly x: number;
  readonly y: number;
  /** A pixel of it, from the picture's top left. */
  readonly pixel: readonly [column: number, row: number];
  readonly actual: Color;
  readonly expected: Color;
  /** What it should say, such as `"7"`. */
  readonly says: string;
}

export interface CellCounts {
  /** Cells that are on the picture; what lies around the canvas counts as one. */
  readonly cells: number;
  /** How many of them arithmetic may decide otherwise. */
  readonly torn: number;
  /** How many of these were. */
  readonly otherwise: number;
  /** Those that are not what was computed, in reading order. */
  readonly wrong: readonly WrongCell[];
}

/** What is wrong in a picture of the right size. */
export function countCells(actual: Bitmap, expected: ExpectedPicture): CellCounts {
  const seen = new Set<number>();
  const otherwise = new Set<number>();
  const wrong = new Map<number, WrongCell>();
  const makeupOf = layPixels(expected);
  for (let row = 0; row < actual.height; row += 1) {
    for (let column = 0; column < actual.width; column += 1) {
      const makeup = makeupOf(column, row);
      seen.add(makeup.home);
      const color = colorAt(actual, column, row);
      const verdict = judge(color, makeup, expected);
      if (verdict === 'otherwise') otherwise.add(makeup.home);
      if (verdict !== 'wrong' || wrong.has(makeup.home)) continue;
      wrong.set(makeup.home, describe(color, makeup, expected, [column, row]));
    }
  }
  let torn = 0;
  for (const cell of seen) if (cell >= 0 && isTorn(expected.choices[cell])) torn += 1;
  return {
    cells: seen.size,
    torn,
    otherwise: [...otherwise].filter((cell) => !wrong.has(cell)).length,
    wrong: [...wrong.values()],
  };
}

/** The colour that a pixel has if every cell is as the reference has it; not rounded. */
export function likelyColor(makeup: PixelMakeup, expected: ExpectedPicture): Color {
  if (makeup.home < 0) return expected.surroundings;
  const { low, high } = average(makeup, expected, (choices) => choices[0]);
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
}

export function colorAt({ width, pixels }: Bitmap, column: number, row: number): Color {
  const at = 4 * (row * width + column);
  return [pixels[at], pixels[at + 1], pixels[at + 2]];
}

type Verdict = 'expected' | 'otherwise' | 'wrong';

function judge(color: Color, makeup: PixelMakeup, expected: ExpectedPicture): Verdict {
  const { surroundings } = expected;
  if (makeup.home < 0 || makeup.isEdge) {
    if (fits(color, surroundings, surroundings, [PURE_TOLERANCE, PURE_TOLERANCE, PURE_TOLERANCE])) return 'expected';
    if (makeup.home < 0) return 'wrong';
  }
  const tolerance = toleranceOf(makeup, expected);
  const holds = (pick: (choices: CellChoices, part: number) => Pick<ColorRange, 'low' | 'high'>): boolean => {
    const { low, high } = average(makeup, expected, pick);
    return fits(color, low, high, tolerance);
  };
  if (holds((choices) => choices[0])) return 'expected';
  const counts = makeup.parts.map(({ cell }) => expected.choices[cell].length);
  const combinations = counts.reduce((product, count) => product * count, 1);
  if (combinations > MOST_COMBINATIONS) return holds(hullOf) ? 'otherwise' : 'wrong';
  for (let combination = 1; combination < combinations; combination += 1) {
    let rest = combination;
    const picked = counts.map((count) => {
      const index = rest % count;
      rest = Math.floor(rest / count);
      return index;
    });
    if (holds((choices, part) => choices[picked[part]])) return 'otherwise';
  }
  return 'wrong';
}

/** By how much each colour byte of a pixel may be off. */
function toleranceOf({ parts, reach, slack, line }: PixelMakeup, { choices, lines }: ExpectedPicture): Color {
  const isPure = parts.length === 1 && line === 0;
  const base = isPure ? PURE_TOLERANCE : MIXED_TOLERANCE;
  if (slack === 0) return [base, base, base];
  // A pixel moved by a share of itself is mixed of colours that lie no farther apart than those around it.
  const { low, high } = hullOf(reach.flatMap((cell) => choices[cell]));
  const mix = (channel: number): number => {
    const within = high[channel] - low[channel];
    const withLine =
      lines === null
        ? 0
        : Math.max(Math.abs(high[channel] - lines.color[channel]), Math.abs(lines.color[channel] - low[channel]));
    return base + slack * (2 * within + withLine);
  };
  return [mix(0), mix(1), mix(2)];
}

function average(
  { parts, line }: PixelMakeup,
  { choices, lines }: ExpectedPicture,
  pick: (choices: CellChoices, part: number) => Pick<ColorRange, 'low' | 'high'>,
): { low: Color; high: Color } {
  const low: [number, number, number] = [0, 0, 0];
  const high: [number, number, number] = [0, 0, 0];
  const lineColor = lines?.color ?? low;
  parts.forEach(({ cell, share }, part) => {
    const range = pick(choices[cell], part);
    for (let channel = 0; channel < 3; channel += 1) {
      low[channel] += range.low[channel] * share;
      high[channel] += range.high[channel] * share;
    }
  });
  for (let channel = 0; channel < 3; channel += 1) {
    low[channel] += (lineColor[channel] - low[channel]) * line;
    high[channel] += (lineColor[channel] - high[channel]) * line;
  }
  return { low, high };
}

function hullOf(choices: CellChoices): ColorRange {
  return hull(
    choices.flatMap(({ low, high }) => [low, high]),
    'any of them',
  );
}

function fits(color: Color, low: Color, high: Color, tolerance: Color): boolean {
  return color.every((value, channel) => {
    return value >= low[channel] - tolerance[channel] && value <= high[channel] + tolerance[channel];
  });
}

function describe(
  actual: Color,
  makeup: PixelMakeup,
  expected: ExpectedPicture,
  pixel: readonly [number, number],
): WrongCell {
  const { home } = makeup;
  return {
    x: home < 0 ? -1 : home % expected.columns,
    y: home < 0 ? -1 : Math.floor(home / expected.columns),
    pixel,
    actual,
    expected: likelyColor(makeup, expected),
    says: home < 0 ? 'around the canvas' : expected.choices[home][0].says,
  };
}
