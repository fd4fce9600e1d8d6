import { describe, expect, test } from 'vitest';
import { Random } from '../random/random.ts';
import { inkAt } from './brush.ts';
import { tracePath } from './curve.ts';
import { DIGIT_FORMS } from './digit-forms.ts';
import { drawDigit } from './draw-digit.ts';
import { ALL_FORMS, furtherForms } from './further-forms.ts';
import { rasterizeStrokes } from './rasterize.ts';
import { boundsOf, placeStrokes, type Stroke } from './stroke.ts';
import { randomHand, writeDigit } from './write-digit.ts';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Images of every digit, from independent writers. */
function drawMany(countEach: number): Uint8Array[] {
  const random = new Random(2020);
  return DIGITS.flatMap((digit) =>
    Array.from({ length: countEach }, (_, index) => drawDigit(random.split(digit * countEach + index), digit)),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The first and last row and column with more ink than a tenth. */
function extentOf(image: Uint8Array, width = 28) {
  const columns: number[] = [];
  const rows: number[] = [];
  image.forEach((ink, index) => {
    if (ink <= 25) return;
    columns.push(index % width);
    rows.push(Math.floor(index / width));
  });
  return {
    width: Math.max(...columns) - Math.min(...columns) + 1,
    height: Math.max(...rows) - Math.min(...rows) + 1,
  };
}

test('the forms that the page does not write are added after those that it does', () => {
  ALL_FORMS.forEach((forms, digit) => {
    expect(forms.slice(0, DIGIT_FORMS[digit].length)).toEqual(DIGIT_FORMS[digit]);
    expect(forms.slice(DIGIT_FORMS[digit].length)).toEqual(furtherForms(digit));
  });
  expect([0, 1, 4, 5, 6, 9].every((digit) => furtherForms(digit).length > 0)).toBe(true);
  for (const form of ALL_FORMS.flat()) {
    for (const [x, y] of form.strokes.flat()) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-0.05);
      expect(Math.max(x, y)).toBeLessThanOrEqual(1.05);
    }
  }
  const slashed = writeDigit(new Random(1), 0, randomHand(new Random(2)), [furtherForms(0)]);
  expect(slashed).toHaveLength(2);
});

const images = drawMany(60);

describe('a drawn digit', () => {
  test('fills a box of about 20 cells', () => {
    for (const image of images) {
      const { width, height } = extentOf(image);
      expect(Math.abs(Math.max(width, height) - 20)).toBeLessThanOrEqual(2);
    }
  });

  test('has its centre of mass in the middle', () => {
    for (const image of images) {
      let [mass, x, y] = [0, 0, 0];
      image.forEach((ink, index) => {
        mass += ink;
        x += ink * ((index % 28) + 0.5);
        y += ink * (Math.floor(index / 28) + 0.5);
      });
      expect(Math.hypot(x / mass - 14, y / mass - 14)).toBeLessThan(0.25);
    }
  });

  test('has as much ink as one of MNIST on average, and varies as much', () => {
    // MNIST's training images: 136.5 live cells (standard deviation 39), ink of 102.4 full cells.
    const live = images.map((image) => image.filter((ink) => ink > 25).length);
    const deviation = Math.sqrt(mean(live.map((count) => (count - mean(live)) ** 2)));
    expect(Math.abs(mean(live) - 136.5)).toBeLessThan(8);
    expect(Math.abs(deviation - 39)).toBeLessThan(8);
    const ink = images.map((image) => image.reduce((sum, value) => sum + value, 0) / 255);
    expect(Math.abs(mean(ink) - 102.4)).toBeLessThan(8);
  });

  test('is never the same twice', () => {
    expect(new Set(images.map((image) => image.join())).size).toBe(images.length);
  });

  test('is the same for the same random numbers', () => {
    for (const digit of DIGITS) {
      expect(drawDigit(new Random(5), digit)).toEqual(drawDigit(new Random(5), digit));
    }
  });

  test('is the same shape at another size', () => {
    const [small, large] = [28, 56].map((size) => extentOf(drawDigit(new Random(6), 3, { size }), size));
    expect(Math.abs(large.height - 2 * small.height)).toBeLessThanOrEqual(3);
    expect(Math.abs(large.width - 2 * small.width)).toBeLessThanOrEqual(3);
  });

  test('is bolder from a broader pen', () => {
    const inkOf = (penWidth: number) =>
      drawDigit(new Random(7), 8, { penWidth }).reduce((sum, value) => sum + value, 0);
    expect(inkOf(3.5)).toBeGreaterThan(1.5 * inkOf(1.8));
  });

  test.each([-1, 10, 2.5, NaN])('cannot be %s', (digit) => {
    expect(() => drawDigit(new Random(1), digit)).toThrow(RangeError);
  });
});

describe('a written digit', () => {
  const written = DIGITS.flatMap((digit) =>
    Array.from({ length: 40 }, (_, index) => writeDigit(new Random(index), digit)),
  );

  test('fills the unit square with its larger side, centred', () => {
    for (const strokes of written) {
      const { left, top, right, bottom } = boundsOf(strokes);
      expect(Math.max(right - left, bottom - top)).toBeCloseTo(1, 9);
      expect(left + right).toBeCloseTo(1, 9);
      expect(top + bottom).toBeCloseTo(1, 9);
    }
  });

  test('is a path without jumps, under a pressure of 0 to 1', () => {
    let longest = 0;
    for (const stroke of written.flat()) {
      expect(stroke.length).toBeGreaterThan(3);
      expect(stroke.every(({ pressure }) => pressure >= 0 && pressure <= 1)).toBe(true);
      for (let index = 1; index < stroke.length; index += 1) {
        const [from, to] = [stroke[index - 1], stroke[index]];
        longest = Math.max(longest, Math.hypot(to.x - from.x, to.y - from.y));
      }
    }
    expect(longest).toBeLessThan(0.06);
  });

  test('comes in all its forms', () => {
    const sevens = Array.from({ length: 60 }, (_, seed) => writeDigit(new Random(seed), 7).length);
    expect(new Set(sevens)).toEqual(new Set([1, 2]));
    expect(DIGIT_FORMS.map((forms) => forms.length >= 3)).toEqual(DIGITS.map(() => true));
  });

  test('leans like its writer', () => {
    const hand = { ...randomHand(new Random(1)), turn: 0, wobble: 0, haste: 0 };
    const leanOf = (slant: number) => {
      const [stroke] = writeDigit(new Random(3), 1, { ...hand, slant });
      return stroke[0].x - stroke[stroke.length - 1].x;
    };
    expect(leanOf(0.5) - leanOf(-0.5)).toBeGreaterThan(0.7);
  });
});

describe('strokes', () => {
  const dash: Stroke = [
    { x: 0.25, y: 0.5, pressure: 1 },
    { x: 0.75, y: 0.5, pressure: 1 },
  ];

  test('are placed by centre, size and turn', () => {
    const [[from, to]] = placeStrokes([dash], { x: 10, y: 20, size: 8, turn: Math.PI / 2 });
    expect([from.x, from.y]).toEqual([expect.closeTo(10, 9), expect.closeTo(18, 9)]);
    expect([to.x, to.y]).toEqual([expect.closeTo(10, 9), expect.closeTo(22, 9)]);
  });

  test('leave full ink on their path, soft ink on their edge, and none beyond', () => {
    const image = rasterizeStrokes(placeStrokes([dash], { x: 8, y: 4.5, size: 16 }), {
      width: 16,
      height: 9,
      radius: 1.5,
    });
    const column = Array.from({ length: 9 }, (_, row) => image[row * 16 + 8]);
    expect(column[4]).toBe(255);
    expect([column[3], column[5]].every((ink) => ink >= 245)).toBe(true);
    expect(column[2]).toBeLessThan(128);
    expect([column[0], column[1], column[7], column[8]]).toEqual([0, 0, 0, 0]);
  });

  test('are cut off at the edge of the grid', () => {
    const image = rasterizeStrokes(placeStrokes([dash], { x: 0, y: 0, size: 40 }), { width: 4, height: 4, radius: 2 });
    expect(image.slice(0, 4)).toEqual(new Uint8Array(4).fill(255));
  });

  test('of a single point leave a dot', () => {
    const image = rasterizeStrokes([[{ x: 2.5, y: 2.5, pressure: 1 }]], { width: 5, height: 5, radius: 1 });
    expect(image[12]).toBe(255);
    expect(image[0]).toBe(0);
  });

  test('are thinner under less pressure', () => {
    const inkUnder = (pressure: number) =>
      rasterizeStrokes([[{ x: 4.5, y: 4.5, pressure }]], { width: 9, height: 9, radius: 3 }).reduce(
        (sum, ink) => sum + ink / 255,
        0,
      );
    expect(inkUnder(1) / (Math.PI * 9)).toBeCloseTo(1, 1);
    expect(inkUnder(0.5) / inkUnder(1)).toBeCloseTo(0.25, 1);
    expect(inkAt(3, 3)).toBe(0.5);
  });
});

test('a traced curve passes its corners and ends, in even steps', () => {
  const controls = [
    { x: 0, y: 0, corner: false },
    { x: 1, y: 0, corner: true },
    { x: 1, y: 1, corner: false },
  ];
  const path = tracePath(controls, 0.1);
  expect(path[0]).toMatchObject({ x: 0, y: 0 });
  expect(path[path.length - 1]).toEqual({ x: 1, y: 1 });
  expect(Math.min(...path.map(({ x, y }) => Math.hypot(x - 1, y)))).toBeLessThan(1e-6);
  expect(path.length).toBeGreaterThanOrEqual(21);
  expect(path.length).toBeLessThanOrEqual(22);
});
