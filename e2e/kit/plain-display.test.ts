import { expect, test } from 'vitest';
import type { Color } from '../../engine/view/color.ts';
import { type ExpectedPicture, fittedCamera, layPixels } from './plain-display.ts';
import { likelyColor } from './count-cells.ts';

const BLACK: Color = [0, 0, 0];
const WHITE: Color = [255, 255, 255];
const GREY: Color = [236, 238, 241];

/** A picture of black and white cells, `#` and `.`. */
function pictureOf(
  cells: readonly string[],
  shown: Partial<ExpectedPicture> & { width: number; height: number },
): ExpectedPicture {
  const color = (letter: string): Color => (letter === '#' ? BLACK : WHITE);
  return {
    name: 'a made-up picture',
    columns: cells[0].length,
    rows: cells.length,
    choices: Array.from(cells.join('')).map((letter) => [{ low: color(letter), high: color(letter), says: letter }]),
    scale: 1,
    left: 0,
    top: 0,
    surroundings: GREY,
    lines: null,
    ...shown,
  };
}

/** The red bytes of a picture, row by row. */
function reds(picture: ExpectedPicture): number[][] {
  const makeupOf = layPixels(picture);
  return Array.from({ length: picture.height }, (_, row) =>
    Array.from({ length: picture.width }, (_, column) =>
      Math.round(likelyColor(makeupOf(column, row), picture)[0] + 1e-6),
    ),
  );
}

test('a cell of two pixels is four pixels of its colour', () => {
  expect(reds(pictureOf(['#.', '..'], { width: 4, height: 4, scale: 2 }))).toEqual([
    [0, 0, 255, 255],
    [0, 0, 255, 255],
    [255, 255, 255, 255],
    [255, 255, 255, 255],
  ]);
});

test('a pixel over two cells is their average by area', () => {
  // Two cells on three pixels: the middle one is half of each.
  expect(reds(pictureOf(['#.'], { width: 3, height: 1, scale: 1.5 }))).toEqual([[0, 128, 255]]);
  // The same a quarter of a pixel further to the right; beyond the edge the edge goes on.
  expect(reds(pictureOf(['#.'], { width: 3, height: 1, scale: 1.5, left: 0.25 }))).toEqual([[0, 64, 255]]);
});

test('a pixel over many cells is the average of all of them', () => {
  expect(reds(pictureOf(['#..#', '....', '#...', '....'], { width: 2, height: 2, scale: 0.5 }))).toEqual([
    [191, 191],
    [191, 255],
  ]);
  // 3 cells on 2 pixels: one and a half each.
  expect(reds(pictureOf(['##.'], { width: 2, height: 1, scale: 2 / 3 }))).toEqual([[0, 170]]);
});

test('around the canvas are its surroundings', () => {
  expect(reds(pictureOf(['#'], { width: 4, height: 3, scale: 2, left: 1, top: 0 }))).toEqual([
    [236, 0, 0, 236],
    [236, 0, 0, 236],
    [236, 236, 236, 236],
  ]);
});

test('lines lie on both pixels beside an edge between two tiles, and on none of tiles that are too small', () => {
  const lines = { color: BLACK, tile: 2 };
  const shown = { width: 32, height: 1, scale: 8, lines };
  const [row] = reds(pictureOf(['....', '....'], { ...shown, top: -7 }));
  // The pixels at the two ends and around the middle are covered by half.
  expect(row.map((red, column) => [red, column]).filter(([red]) => red < 255)).toEqual([
    [128, 0],
    [128, 15],
    [128, 16],
    [128, 31],
  ]);
  expect(reds(pictureOf(['....', '....'], { width: 8, height: 1, scale: 2, lines }))).toEqual([Array(8).fill(255)]);
});

test('a pixel whose middle is on the canvas\u2019 edge may be on either side', () => {
  const makeupOf = layPixels(pictureOf(['##'], { width: 4, height: 1, scale: 2, left: 0.5 }));
  expect([0, 1, 2, 3].map((column) => makeupOf(column, 0).isEdge)).toEqual([true, false, false, false]);
});

test('the fitting camera shows the whole canvas in the middle', () => {
  expect(fittedCamera({ width: 100, height: 60 }, { width: 20, height: 20 })).toEqual({
    x: 10,
    y: 10,
    pixelsPerCell: 3,
  });
});
