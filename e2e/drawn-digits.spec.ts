/**
 * Digits drawn by hand and read by the default model, or by that of `MODEL=NAME`. With `DRAWN_DIGITS=N` there are N of
 * them, and with `STROKES=FILE` they are those of a file of pen strokes, which the mouse draws. README.md tells how to
 * run it.
 */
import type { StrokePoint } from '../engine/automaton/types.ts';
import { boundsOf, placeStrokes } from '../engine/common/handwriting/stroke.ts';
import { writeDigit } from '../engine/common/handwriting/write-digit.ts';
import { Random } from '../engine/common/random/random.ts';
import { readGlyphs } from '../training/strokes/glyphs.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';

const COUNT = Number(process.env['DRAWN_DIGITS'] ?? 5);
const COLUMNS = Math.min(10, COUNT);
const FILE = process.env['STROKES'];
const MODEL = process.env['MODEL'];
const TILE = 32;
/** A few digits show that drawing and reading work; a hundred are given the time that the figure is stated for. */
const STEPS = COUNT < 100 ? 50 : 100;
/** Of a hundred digits so many are read as themselves at least. */
const LEAST_SHARE = 0.97;

/** Strokes of a file are drawn one digit after the other, on a canvas of one tile that fills the window. */
const STROKE_TILE = 56;
const STROKE_HEIGHTS = [14, 44] as const;
const STROKE_RADIUS = 1.5;

interface DrawnDigit {
  readonly label: number;
  readonly radius: number;
  readonly strokes: StrokePoint[][];
}

/** A digit in its tile: a random hand's strokes as a pointer draws them, 16 to 26 cells high, without pressure. */
function drawnDigit(random: Random, index: number): DrawnDigit {
  const label = index % 10;
  const radius = random.range(1, 2.5);
  // The pen stands out over its path: the digit's height is that of its ink.
  const size = random.range(16, 26) - 2 * radius;
  const [x, y] = [((index % COLUMNS) + 0.5) * TILE, (Math.floor(index / COLUMNS) + 0.5) * TILE];
  const strokes = placeStrokes(writeDigit(random, label), { x, y, size });
  return { label, radius, strokes: strokes.map((stroke) => stroke.map((point) => ({ x: point.x, y: point.y }))) };
}

/** Digits of a file of strokes, spread evenly over it and placed in the middle of a tile of their own. */
function digitsOfFile(file: string, random: Random): DrawnDigit[] {
  const glyphs = readGlyphs(file).glyphs.filter(({ label }) => /^\d$/.test(label));
  return Array.from({ length: COUNT }, (_, index) => {
    const { label, strokes } = glyphs[Math.floor((index * glyphs.length) / COUNT)];
    const { left, top, right, bottom } = boundsOf(strokes);
    // The widest digits are drawn smaller, so that all of their ink is in the tile.
    const widest = (STROKE_TILE - 2 * (STROKE_RADIUS + 1)) / (right - left);
    const height = Math.min(random.range(...STROKE_HEIGHTS), widest);
    const place = (value: number, low: number, high: number): number =>
      STROKE_TILE / 2 + height * (value - (low + high) / 2);
    const placed = strokes.map((stroke) =>
      stroke.map(({ x, y }) => ({ x: place(x, left, right), y: place(y, top, bottom) })),
    );
    return { label: Number(label), radius: STROKE_RADIUS, strokes: placed };
  });
}

/** Opens the page with the shipped models, one of which reads, and a canvas of empty tiles. */
async function openEmpty(digits: DigitsPage, columns: number, rows: number, tile: number): Promise<void> {
  await digits.page.unrouteAll();
  const model = MODEL === undefined ? '' : `&model=${MODEL}`;
  await digits.open(`?columns=${columns}&rows=${rows}&tile=${tile}&paused=1&ui=0&strategy=texture${model}`);
  await digits.page.evaluate((canvas) => window.nca.setCanvas(canvas), { columns, rows, tile });
}

async function expectRead(
  digits: DigitsPage,
  drawn: readonly DrawnDigit[],
  votes: readonly (number | undefined)[],
): Promise<void> {
  const wrong = drawn.flatMap(({ label }, index) =>
    votes[index] === label ? [] : [`${label} read as ${votes[index] ?? 'nothing'}`],
  );
  const { model } = await digits.info();
  console.log(`${model}: ${COUNT - wrong.length} of ${COUNT} drawn digits are read as themselves. ${wrong.join(', ')}`);
  expect(wrong.length).toBeLessThanOrEqual(Math.floor((1 - LEAST_SHARE) * COUNT + 1e-9) + (COUNT < 100 ? 1 : 0));
}

test(`of ${COUNT} digits drawn on empty tiles, 97 in a hundred are read as themselves within ${STEPS} steps`, async ({
  digits,
}) => {
  test.skip(FILE !== undefined, 'The digits of a file are drawn with the mouse.');
  test.setTimeout(1_200_000);
  await openEmpty(digits, COLUMNS, Math.ceil(COUNT / COLUMNS), TILE);
  const random = new Random(2026);
  const drawn = Array.from({ length: COUNT }, (_, index) => drawnDigit(random, index));
  await digits.page.evaluate(async (given) => {
    for (const { strokes, radius } of given) {
      for (const stroke of strokes) await window.nca.paint(stroke, { radius });
    }
  }, drawn);
  await digits.step(STEPS);
  const { digits: read } = await digits.stats();
  const votes = new Map(read.map(({ row, column, vote }) => [row * COLUMNS + column, vote]));
  await expectRead(
    digits,
    drawn,
    drawn.map((_, index) => votes.get(index) ?? undefined),
  );
});

test(`of ${COUNT} digits of a file drawn with the mouse, 97 in a hundred are read as themselves within ${STEPS} steps`, async ({
  digits,
}) => {
  test.skip(FILE === undefined, 'STROKES=FILE names the pen strokes.');
  test.setTimeout(3_600_000);
  await openEmpty(digits, 1, 1, STROKE_TILE);
  await digits.set({ brushRadius: STROKE_RADIUS });
  const drawn = digitsOfFile(FILE ?? '', new Random(2026));
  const votes: (number | undefined)[] = [];
  for (const { strokes } of drawn) {
    // An empty canvas again.
    await digits.page.evaluate((tile) => window.nca.setCanvas({ columns: 1, rows: 1, tile }), STROKE_TILE);
    for (const stroke of strokes) await drawWithMouse(digits, stroke);
    await digits.step(STEPS);
    const { digits: read } = await digits.stats();
    votes.push(read[0]?.vote ?? undefined);
  }
  await expectRead(digits, drawn, votes);
});

/** Draws a stroke with the pressed mouse: one event a point, as a hand's mouse sends them. */
async function drawWithMouse(digits: DigitsPage, stroke: readonly StrokePoint[]): Promise<void> {
  const { mouse } = digits.page;
  for (const [index, { x, y }] of stroke.entries()) {
    const point = await digits.cellOnScreen(x, y);
    await mouse.move(point.x, point.y);
    if (index === 0) await mouse.down();
  }
  await mouse.up();
}
