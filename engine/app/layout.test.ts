import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseLayout, DEFAULT_TILE, LAYOUT_LIMITS } from './layout.ts';

test('a desktop window gets at least 400 tiles in its own shape', () => {
  const { columns, rows, tile } = chooseLayout({ width: 1280, height: 720 });
  expect(columns * rows).toBeGreaterThanOrEqual(400);
  expect(columns / rows).toBeCloseTo(1280 / 720, 1);
  expect(tile).toBe(DEFAULT_TILE);
});

test('a phone held upright gets fewer columns than rows', () => {
  const { columns, rows } = chooseLayout({ width: 390, height: 700 });
  expect(columns * rows).toBeGreaterThanOrEqual(400);
  expect(columns).toBeLessThan(rows);
});

test('what is asked for is what comes, whatever the window', () => {
  expect(chooseLayout({ width: 10, height: 999 }, { columns: 3, rows: 2, tile: 28 })).toEqual({
    columns: 3,
    rows: 2,
    tile: 28,
  });
});

test('one number given, the other follows the window', () => {
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
