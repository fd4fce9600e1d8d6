import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseLayout, DEFAULT_TILE, isWritingRoom, LAYOUT_LIMITS } from './layout.ts';

test('a desktop window gets at least 400 tiles in its own shape', () => {
  const { columns, rows, tile } = chooseLayout({ width: 1280, height: 720 });
  expect(columns * rows).toBeGreaterThanOrEqual(400);
  expect(columns / rows).toBeCloseTo(1280 / 720, 1);
  expect(tile).toBe(DEFAULT_TILE);
});

test.each([
  { width: 390, height: 570 },
  { width: 360, height: 350 },
  { width: 560, height: 390 },
])('a phone of $width × $height gets fewer digits, each as large as a fingertip', ({ width, height }) => {
  const { columns, rows } = chooseLayout({ width, height });
  expect(columns * rows).toBeGreaterThanOrEqual(12);
  expect(columns * rows).toBeLessThanOrEqual(70);
  expect(Math.min(width / columns, height / rows)).toBeGreaterThanOrEqual(52);
  expect(columns < rows).toBe(width < height);
});

test('the smallest stage gets a few digits, and a stage without a size gets as many as a window', () => {
  expect(chooseLayout({ width: 320, height: 126 })).toMatchObject({ columns: 6, rows: 2 });
  const unseen = chooseLayout({ width: 0, height: 0 });
  expect(unseen.columns * unseen.rows).toBeGreaterThanOrEqual(400);
});

test('the room to write is in the middle', () => {
  const roomOf = (columns: number, rows: number): string[] =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) =>
        isWritingRoom({ columns, rows, tile: 32 }, row * columns + column) ? '.' : '#',
      ).join(''),
    );
  expect(roomOf(6, 4)).toEqual(['######', '##..##', '##..##', '######']);
  expect(roomOf(7, 3)).toEqual(['#######', '##...##', '#######']);
  expect(roomOf(1, 1)).toEqual(['.']);
});

test('the requested layout is used, whatever the window', () => {
  expect(chooseLayout({ width: 10, height: 999 }, { columns: 3, rows: 2, tile: 28 })).toEqual({
    columns: 3,
    rows: 2,
    tile: 28,
  });
});

test('if one number is given, the other follows the window', () => {
  expect(chooseLayout({ width: 800, height: 400 }, { columns: 8 }).rows).toBe(4);
  expect(chooseLayout({ width: 800, height: 400 }, { rows: 5 }).columns).toBe(10);
});

test('every window, even one without a size, gets a canvas within the limits', () => {
  fc.assert(
    fc.property(fc.nat(8000), fc.nat(8000), (width, height) => {
      const layout = chooseLayout({ width, height });
      expect(layout.columns).toBeGreaterThanOrEqual(LAYOUT_LIMITS.columns.low);
      expect(layout.columns).toBeLessThanOrEqual(LAYOUT_LIMITS.columns.high);
      expect(layout.rows).toBeLessThanOrEqual(LAYOUT_LIMITS.rows.high);
      expect(layout.columns * layout.rows).toBeLessThanOrEqual(460);
    }),
    { numRuns: 50 },
  );
});
