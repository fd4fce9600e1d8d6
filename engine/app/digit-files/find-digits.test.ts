import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawDigit } from '../../common/handwriting/draw-digit.ts';
import { rasterizeStrokes } from '../../common/handwriting/rasterize.ts';
import { placeStrokes } from '../../common/handwriting/stroke.ts';
import { writeDigit } from '../../common/handwriting/write-digit.ts';
import { Random } from '../../common/random/random.ts';
import { findDigits } from './find-digits.ts';
import type { GreyPicture } from './ink-map.ts';

interface Sheet {
  readonly columns: number;
  readonly rows: number;
  /** Pixels from one digit to the next. */
  readonly pitch: number;
  /** Height of a digit and radius of the pen, in pixels. */
  readonly size: number;
  readonly pen: number;
  readonly paper: (x: number, y: number) => number;
  readonly ink: number;
  readonly noise: number;
}

/** A sheet of handwriting as a camera sees it, and the same digits as MNIST would have them. */
function writeSheet(sheet: Sheet, seed: number): { picture: GreyPicture; expected: Uint8Array[] } {
  const random = new Random(seed);
  const [width, height] = [sheet.columns * sheet.pitch, sheet.rows * sheet.pitch];
  const expected: Uint8Array[] = [];
  const strokes = Array.from({ length: sheet.columns * sheet.rows }, (_, index) => {
    const place = {
      x: ((index % sheet.columns) + 0.5) * sheet.pitch,
      y: (Math.floor(index / sheet.columns) + 0.5) * sheet.pitch,
      size: sheet.size,
    };
    const before = random.state;
    expected.push(drawDigit(random, index % 10, { penWidth: 2.5 }));
    random.state = before;
    return placeStrokes(writeDigit(random, index % 10), place);
  }).flat();
  const ink = rasterizeStrokes(strokes, { width, height, radius: sheet.pen });
  const pixels = Uint8Array.from(ink, (value, index) => {
    const paper = sheet.paper((index % width) / width, Math.floor(index / width) / height);
    const grey = paper + ((sheet.ink - paper) * value) / 255 + random.normal(sheet.noise);
    return Math.min(255, Math.max(0, Math.round(grey)));
  });
  return { picture: { width, height, pixels }, expected };
}

/** How alike two images are: the cosine between them. */
function likeness(one: Uint8Array, other: Uint8Array): number {
  let [both, first, second] = [0, 0, 0];
  one.forEach((value, index) => {
    both += value * other[index];
    first += value * value;
    second += other[index] * other[index];
  });
  return both / Math.sqrt(first * second);
}

const SHEETS: Readonly<Record<string, Sheet>> = {
  'dark ink on white paper': { columns: 5, rows: 4, pitch: 60, size: 36, pen: 2.4, paper: () => 255, ink: 0, noise: 0 },
  'white chalk on a board, unevenly lit': {
    columns: 6,
    rows: 3,
    pitch: 80,
    size: 50,
    pen: 3,
    paper: (x, y) => 40 + 40 * x + 30 * y,
    ink: 220,
    noise: 5,
  },
  'a thin pen on grey paper in a shadow': {
    columns: 5,
    rows: 4,
    pitch: 110,
    size: 76,
    pen: 1.6,
    paper: (x, y) => 210 - 90 * x - 30 * y,
    ink: 45,
    noise: 5,
  },
};

for (const [name, sheet] of Object.entries(SHEETS)) {
  test(`digits are found in reading order and come out as MNIST has them: ${name}`, () => {
    const { picture, expected } = writeSheet(sheet, 4);
    const { images, count } = findDigits(picture, 100);
    expect(count).toBe(expected.length);
    const alike = expected.map((image, index) => likeness(image, images.subarray(index * 784, (index + 1) * 784)));
    expect(Math.min(...alike)).toBeGreaterThan(0.75);
    expect(alike.reduce((sum, value) => sum + value, 0) / alike.length).toBeGreaterThan(0.88);
  });
}

test('a digit fills 20 cells and has its centre of mass in the middle', () => {
  const { picture } = writeSheet(SHEETS['dark ink on white paper'], 9);
  const { images } = findDigits(picture, 1);
  expect(images).toHaveLength(784);
  let [mass, x, y] = [0, 0, 0];
  images.forEach((ink, index) => {
    mass += ink;
    x += ink * ((index % 28) + 0.5);
    y += ink * (Math.floor(index / 28) + 0.5);
  });
  expect(x / mass).toBeCloseTo(14, 0);
  expect(y / mass).toBeCloseTo(14, 0);
  expect(Math.max(...images)).toBe(255);
});

test('more digits than there is room for are counted and left out', () => {
  const { picture } = writeSheet(SHEETS['dark ink on white paper'], 1);
  const { images, count } = findDigits(picture, 3);
  expect([images.length, count]).toEqual([3 * 784, 20]);
});

test('an empty, even or noisy picture holds no digits', () => {
  const random = new Random(1);
  for (const pixel of [() => 255, () => 0, () => 128 + Math.round(random.normal(4))]) {
    const picture = { width: 200, height: 150, pixels: Uint8Array.from({ length: 30_000 }, pixel) };
    expect(findDigits(picture, 10)).toEqual({ images: new Uint8Array(0), count: 0 });
  }
});

test('a picture of 28 × 28 pixels is taken as it is, its ink made bright', () => {
  const digit = drawDigit(new Random(2), 7);
  const dark = { width: 28, height: 28, pixels: digit };
  const light = { width: 28, height: 28, pixels: digit.map((ink) => 255 - ink) };
  expect(findDigits(dark, 1).images).toEqual(digit);
  expect(findDigits(light, 1).images).toEqual(digit);
});

test('whatever the picture, the images are whole and no more than asked for', () => {
  const size = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) });
  fc.assert(
    fc.property(size, fc.integer(), fc.integer({ min: 1, max: 5 }), ({ width, height }, seed, most) => {
      const random = new Random(seed);
      const blot = random.range(0, 1);
      const pixels = Uint8Array.from({ length: width * height }, () =>
        random.unit() < blot ? 255 : random.below(256),
      );
      const { images, count } = findDigits({ width, height, pixels }, most);
      expect(images.length).toBe(784 * Math.min(most, count));
    }),
    { numRuns: 60 },
  );
});
