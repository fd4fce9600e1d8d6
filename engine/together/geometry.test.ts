import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsFor, overlapOf, regionsOf, screensOfGrid } from './geometry.ts';

const grid = fc.record({
  columns: fc.integer({ min: 1, max: 6 }),
  rows: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 100, max: 2000 }),
  height: fc.integer({ min: 100, max: 2000 }),
  bezel: fc.integer({ min: 0, max: 50 }),
});

test('a point of the wall is the same cell on the way to every screen, bezels included', () => {
  fc.assert(
    fc.property(grid, fc.integer({ min: 20, max: 1000 }), fc.integer({ min: 20, max: 1000 }), (one, width, height) => {
      const screens = screensOfGrid(one);
      const regions = regionsOf(screens, { width, height });
      const cellsPerMillimetre = regions[0].width / screens[0].width;
      regions.forEach((region, index) => {
        // The same number of cells for each millimetre, from the same origin, in both directions.
        expect(region.width / screens[index].width).toBeCloseTo(cellsPerMillimetre, 9);
        expect(region.height / screens[index].height).toBeCloseTo(cellsPerMillimetre, 9);
        expect(region.x - regions[0].x).toBeCloseTo((screens[index].x - screens[0].x) * cellsPerMillimetre, 6);
        expect(region.y - regions[0].y).toBeCloseTo((screens[index].y - screens[0].y) * cellsPerMillimetre, 6);
      });
      const right = Math.max(...regions.map((region) => region.x + region.width));
      const bottom = Math.max(...regions.map((region) => region.y + region.height));
      // The whole canvas is on the wall, in its middle.
      expect(regions[0].x).toBeLessThanOrEqual(1e-6);
      expect(regions[0].y).toBeLessThanOrEqual(1e-6);
      expect(right).toBeGreaterThanOrEqual(width - 1e-6);
      expect(bottom).toBeGreaterThanOrEqual(height - 1e-6);
      expect(right - width).toBeCloseTo(-regions[0].x, 6);
      expect(bottom - height).toBeCloseTo(-regions[0].y, 6);
      expect(overlapOf(screens)).toBeNull();
    }),
  );
});

test('a wall of two screens with bezels shows a gap of two bezels between them', () => {
  const screens = screensOfGrid({ columns: 2, rows: 1, width: 500, height: 300, bezel: 10 });
  const [left, right] = regionsOf(screens, { width: 102, height: 30 });
  // 1020 mm are 102 cells.
  expect(left.x + left.width).toBeCloseTo(50, 9);
  expect(right.x).toBeCloseTo(52, 9);
});

test('the canvas gets the shape of the wall', () => {
  expect(columnsFor(screensOfGrid({ columns: 4, rows: 2, width: 160, height: 90, bezel: 0 }), 6)).toBe(21);
});

test('screens on top of each other are found', () => {
  const screen = { x: 0, y: 0, width: 100, height: 100 };
  expect(overlapOf([screen, { ...screen, x: 99 }])).toEqual([0, 1]);
  expect(overlapOf([screen, { ...screen, x: 100 }, { ...screen, y: -50, x: 150 }])).toEqual([1, 2]);
});
