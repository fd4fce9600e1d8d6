/**
 * Digits drawn by hand and read by the default model. `DRAWN_DIGITS=100 npx playwright test e2e/drawn-digits.spec.ts`
 * draws a hundred, which takes many minutes on a software renderer; the figure is printed. With `STROKES=FILE`, the
 * digits are those of a file of pen strokes, 14 to 44 cells high.
 */
import type { StrokePoint } from '../engine/automaton/types.ts';
import { boundsOf, placeStrokes } from '../engine/common/handwriting/stroke.ts';
import { writeDigit } from '../engine/common/handwriting/write-digit.ts';
import { Random } from '../engine/common/random/random.ts';
import { readGlyphs } from '../training/strokes/glyphs.ts';
import { expect, test } from './fixtures.ts';

const COUNT = Number(process.env['DRAWN_DIGITS'] ?? 5);
const COLUMNS = Math.min(10, COUNT);
const FILE = process.env['STROKES'];
const TILE = FILE === undefined ? 32 : 56;
/** A few digits show that drawing and reading work; a hundred are given the time that the figure is stated for. */
const STEPS = COUNT < 100 ? 50 : 100;
/** Of a hundred digits so many are read as themselves at least. */
const LEAST_SHARE = 0.97;

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

/** Digits of a file of strokes, spread evenly over it and placed in the middle of their tiles. */
function digitsOfFile(file: string, random: Random): DrawnDigit[] {
  const glyphs = readGlyphs(file).glyphs.filter(({ label }) => /^\d$/.test(label));
  return Array.from({ length: COUNT }, (_, index) => {
    const { label, strokes } = glyphs[Math.floor((index * glyphs.length) / COUNT)];
    const height = random.range(14, 44);
    const { left, right } = boundsOf(strokes);
    const [x, y] = [((index % COLUMNS) + 0.5) * TILE, (Math.floor(index / COLUMNS) + 0.5) * TILE];
    const placed = strokes.map((stroke) =>
      stroke.map((point) => ({ x: x + height * (point.x - (left + right) / 2), y: y + height * (point.y - 0.5) })),
    );
    return { label: Number(label), radius: 1.5, strokes: placed };
  });
}

test(`of ${COUNT} digits drawn on empty tiles, 97 in a hundred are read as themselves within ${STEPS} steps`, async ({
  digits,
}) => {
  test.setTimeout(1_200_000);
  const rows = Math.ceil(COUNT / COLUMNS);
  await digits.page.unrouteAll();
  await digits.open(`?columns=${COLUMNS}&rows=${rows}&tile=${TILE}&paused=1&ui=0&strategy=texture`);
  await digits.page.evaluate((canvas) => window.nca.setCanvas(canvas), { columns: COLUMNS, rows, tile: TILE });
  const random = new Random(2026);
  const drawn =
    FILE === undefined
      ? Array.from({ length: COUNT }, (_, index) => drawnDigit(random, index))
      : digitsOfFile(FILE, random);
  await digits.page.evaluate(async (given) => {
    for (const { strokes, radius } of given) {
      for (const stroke of strokes) await window.nca.paint(stroke, { radius });
    }
  }, drawn);
  await digits.step(STEPS);
  const { digits: read } = await digits.stats();
  const votes = new Map(read.map(({ row, column, vote }) => [row * COLUMNS + column, vote]));
  const wrong = drawn.flatMap(({ label }, index) =>
    votes.get(index) === label ? [] : [`${label} read as ${votes.get(index) ?? 'nothing'}`],
  );
  const { model } = await digits.info();
  console.log(`${model}: ${COUNT - wrong.length} of ${COUNT} drawn digits are read as themselves. ${wrong.join(', ')}`);
  expect(wrong.length).toBeLessThanOrEqual(Math.floor((1 - LEAST_SHARE) * COUNT + 1e-9) + (COUNT < 100 ? 1 : 0));
});
