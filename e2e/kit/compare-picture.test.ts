import { describe, expect, test } from 'vitest';
import { DIGIT_CLASSES } from '../../engine/common/model/architectures.ts';
import type { Color } from '../../engine/view/color.ts';
import { makePalette } from '../../engine/view/palettes.ts';
import { comparePicture, differencePng } from './compare-picture.ts';
import { likelyColor } from './count-cells.ts';
import type { CellChoices } from './plain-cells.ts';
import { type ExpectedPicture, layPixels } from './plain-display.ts';
import { type Bitmap, decodePng, encodePng } from './png.ts';

const SEED = makePalette('seed', DIGIT_CLASSES);
const SAFE = makePalette('safe', DIGIT_CLASSES);
const COLUMNS = 20;
const ROWS = 10;

/** A class for each cell, −1 for paper: a sloping band of all ten. */
const labels = Array.from({ length: COLUMNS * ROWS }, (_, cell) => {
  const x = cell % COLUMNS;
  const y = Math.floor(cell / COLUMNS);
  return (x + y) % 5 === 0 || x < 2 ? -1 : Math.floor((x * 3 + y * 7) / 4) % 10;
});

function choicesOf(label: number, palette = SEED): CellChoices {
  const color = label < 0 ? palette.background : palette.classes[label];
  return [{ low: color, high: color, says: label < 0 ? 'paper' : `"${label}"` }];
}

function pictureOf(given: readonly number[], name = 'the picture', palette = SEED): ExpectedPicture {
  return {
    name,
    width: 2 * COLUMNS,
    height: 2 * ROWS,
    columns: COLUMNS,
    rows: ROWS,
    choices: given.map((label) => choicesOf(label, palette)),
    scale: 2,
    left: 0,
    top: 0,
    surroundings: palette.surroundings,
    lines: null,
  };
}

/** What a renderer without a fault shows. */
function drawn(picture: ExpectedPicture): Bitmap {
  const makeupOf = layPixels(picture);
  const pixels = new Uint8Array(4 * picture.width * picture.height).fill(255);
  for (let pixel = 0; pixel < picture.width * picture.height; pixel += 1) {
    const makeup = makeupOf(pixel % picture.width, Math.floor(pixel / picture.width));
    pixels.set(likelyColor(makeup, picture).map(Math.round), 4 * pixel);
  }
  return { width: picture.width, height: picture.height, pixels };
}

const expected = pictureOf(labels);
const right = drawn(expected);

test('the right picture is the same, as pixels and as PNG', () => {
  for (const given of [right, encodePng(right)]) {
    const comparison = comparePicture(given, expected);
    expect(comparison).toMatchObject({ isSame: true, cells: 200, torn: 0, otherwise: 0, wrong: [], message: '' });
  }
});

test('bytes may be rounded the other way, and no more', () => {
  const off = (by: number): Bitmap => ({
    ...right,
    pixels: right.pixels.map((byte, at) => (at % 4 === 3 ? byte : Math.abs(byte - by))),
  });
  expect(comparePicture(off(1), expected).isSame).toBe(true);
  expect(comparePicture(off(2), expected).isSame).toBe(false);
});

describe('a broken picture is refused, with where and why:', () => {
  test('one label off', () => {
    const broken = labels.with(5 * COLUMNS + 4, 7);
    expect(labels[5 * COLUMNS + 4]).not.toBe(7);
    const { isSame, wrong, message } = comparePicture(drawn(pictureOf(broken)), expected);
    expect(isSame).toBe(false);
    expect(wrong).toHaveLength(1);
    const [{ x, y, pixel, actual }] = wrong;
    expect([x, y, ...pixel, ...actual]).toEqual([4, 5, 8, 10, 165, 163, 159]);
    expect(message).toContain('the picture: 1 of 200 cells are not what was computed.');
    expect(message).toMatch(/Cell \(4, 5\), pixel \(8, 10\): rgb\(165, 163, 159\) instead of rgb\([\d, ]+\), "\d"/);
  });

  test('another palette', () => {
    const { message } = comparePicture(drawn(pictureOf(labels, 'another', SAFE)), expected);
    expect(message).toContain('Colours are exchanged: ');
    expect(message).toContain(`rgb(${SAFE.classes[1].join(', ')}) stands for rgb(230, 25, 75)`);
  });

  test.each([
    [1, 0, 'right'],
    [-1, 0, 'left'],
    [0, 1, 'down'],
    [0, -1, 'up'],
  ])('shifted by a cell: %i, %i', (dx, dy, direction) => {
    const shifted = labels.map((_, cell) => {
      const x = Math.min(COLUMNS - 1, Math.max(0, (cell % COLUMNS) - dx));
      const y = Math.min(ROWS - 1, Math.max(0, Math.floor(cell / COLUMNS) - dy));
      return labels[y * COLUMNS + x];
    });
    expect(comparePicture(drawn(pictureOf(shifted)), expected).message).toContain(
      `It is shifted by a cell: ${direction}.`,
    );
  });

  test('the picture of a step before', () => {
    const before = pictureOf(
      labels.map((label, cell) => (cell % 3 === 0 ? label : Math.max(-1, label - 1))),
      'step 13',
    );
    const { isSame, message } = comparePicture(drawn(before), expected, [before]);
    expect(isSame).toBe(false);
    expect(message).toContain('It is the picture of step 13.');
  });

  test('nothing but one colour', () => {
    const blank = { ...right, pixels: new Uint8Array(right.pixels.length).fill(255) };
    expect(comparePicture(blank, expected).message).toContain('It is blank: all of it is rgb(255, 255, 255).');
  });

  test('another size', () => {
    const small = { width: 2, height: 1, pixels: new Uint8Array(8) };
    const { isSame, message } = comparePicture(small, expected);
    expect(isSame).toBe(false);
    expect(message).toBe('the picture: the picture is 2 × 1 pixels; 40 × 20 were expected.');
  });

  test('something around the canvas', () => {
    const wide = { ...expected, width: 44, left: 2 };
    const broken = drawn(wide);
    broken.pixels[4 * 43] = 0;
    expect(comparePicture(drawn(wide), wide)).toMatchObject({ isSame: true, cells: 201 });
    expect(comparePicture(broken, wide).message).toContain('Around the canvas, pixel (43, 0): rgb(0, 238, 241)');
  });
});

describe('a torn cell', () => {
  const torn = { ...expected, choices: expected.choices.with(4, [...choicesOf(labels[4]), ...choicesOf(9)]) };

  test('may be any of its choices', () => {
    expect(comparePicture(right, torn)).toMatchObject({ isSame: true, torn: 1, otherwise: 0 });
    const other = drawn(pictureOf(labels.with(4, 9)));
    expect(comparePicture(other, torn)).toMatchObject({ isSame: true, torn: 1, otherwise: 1 });
  });

  test('may not be a mixture of them, nor anything else', () => {
    const mixture = drawn(expected);
    const [one, other]: Color[] = [SEED.classes[labels[4]], SEED.classes[9]];
    mixture.pixels.set(
      one.map((value, channel) => Math.round((value + other[channel]) / 2)),
      4 * 8,
    );
    expect(comparePicture(mixture, torn).wrong).toMatchObject([{ x: 4, y: 0 }]);
  });

  test('counts where it is mixed with its neighbours, too', () => {
    const small = { ...torn, width: 10, height: 5, scale: 0.5 };
    const choice = (index: number): ExpectedPicture => ({
      ...small,
      choices: small.choices.map((choices) => [choices[Math.min(index, choices.length - 1)]]),
    });
    expect(comparePicture(drawn(choice(1)), small)).toMatchObject({ isSame: true, otherwise: 1 });
    expect(comparePicture(drawn(choice(1)), choice(0)).isSame).toBe(false);
  });
});

test('one cell in 10,000 may be wrong, and not two', () => {
  const large: ExpectedPicture = {
    ...expected,
    columns: 100,
    rows: 100,
    width: 100,
    height: 100,
    scale: 1,
    choices: Array.from({ length: 10_000 }, () => choicesOf(3)),
  };
  const picture = drawn(large);
  picture.pixels.set([0, 0, 0], 4 * 17);
  expect(comparePicture(picture, large)).toMatchObject({ isSame: true, message: '' });
  picture.pixels.set([0, 0, 0], 4 * 5017);
  expect(comparePicture(picture, large).isSame).toBe(false);
});

test('the difference shows expected, actual and what is wrong side by side', () => {
  const actual = drawn(pictureOf(labels.with(5 * COLUMNS + 4, 7)));
  const { width, height, pixels } = decodePng(differencePng(comparePicture(actual, expected), expected));
  expect([width, height]).toEqual([120, 20]);
  const at = (column: number, row: number): number[] => [...pixels.subarray(4 * (row * width + column)).subarray(0, 3)];
  expect(at(8, 10)).toEqual([...SEED.classes[labels[5 * COLUMNS + 4]]]);
  expect(at(48, 10)).toEqual([165, 163, 159]);
  expect(at(88, 10)).toEqual([255, 0, 0]);
  expect(at(80, 0)).not.toEqual([255, 0, 0]);
});
