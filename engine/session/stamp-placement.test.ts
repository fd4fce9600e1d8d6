import { expect, test } from 'vitest';
import { inkAfterStamp, placeStamp, UPRIGHT } from './stamp-placement.ts';

const LAYOUT = { columns: 2, rows: 2, tile: 32 };
const CANVAS = { width: 64, height: 64, ink: new Uint8Array(64 * 64).fill(9) };
const IMAGE = { side: 28, ink: new Uint8Array(28 * 28).fill(200) };

test('a stamp snaps into place near the middle of a tile, and elsewhere stays where it was dropped', () => {
  expect(placeStamp({ x: 45, y: 20 }, LAYOUT, 5)).toEqual({ x: 48, y: 16, tile: { column: 1, row: 0 } });
  expect(placeStamp({ x: 42.4, y: 20 }, LAYOUT, 5)).toEqual({ x: 42, y: 20, tile: null });
});

test('a stamp on a tile replaces all ink of the tile and no other', () => {
  const place = placeStamp({ x: 16, y: 16 }, LAYOUT, 4);
  const { rectangle, ink, isWithinTile } = inkAfterStamp(CANVAS, LAYOUT, IMAGE, place, UPRIGHT);
  expect(rectangle).toEqual({ x: 0, y: 0, width: 32, height: 32 });
  expect(ink[0]).toBe(0);
  expect(ink[2 * 32 + 2]).toBe(200);
  expect(isWithinTile).toBe(true);
});

test('a stamp that is not aligned to a tile replaces the ink in its own square, at the canvas’ edge as well', () => {
  const place = placeStamp({ x: 0, y: 32 }, LAYOUT, 4);
  const { rectangle, ink, isWithinTile } = inkAfterStamp(CANVAS, LAYOUT, IMAGE, place, UPRIGHT);
  expect(rectangle).toEqual({ x: 0, y: 18, width: 14, height: 28 });
  expect(new Set(ink)).toEqual(new Set([200]));
  expect(isWithinTile).toBe(false);
});

test('a turned stamp leaves the ink outside its turned square', () => {
  const blank = { side: 40, ink: new Uint8Array(40 * 40) };
  const place = placeStamp({ x: 32, y: 32 }, LAYOUT, 4);
  const { ink, rectangle } = inkAfterStamp(CANVAS, LAYOUT, blank, place, { scale: 1, turn: 45 });
  expect(rectangle).toEqual({ x: 12, y: 12, width: 40, height: 40 });
  expect(ink[0]).toBe(9);
  expect(ink[20 * 40 + 20]).toBe(0);
  expect(ink[20 * 40 + 2]).toBe(0);
});
