import { expect, test } from 'vitest';
import type { DigitStatistics } from '../../../automaton/types.ts';
import { UndecidedTiles } from './undecided-tiles.ts';

const LAYOUT = { columns: 3 };

function tile(column: number, row: number, inkCells: number, vote: number | null): DigitStatistics {
  const undecided = vote === null ? 1 : 0;
  return { column, row, label: null, vote, agreement: 1 - undecided, confidence: 0, inkCells, undecided, votes: [] };
}

test('the wait lasts from when a tile was first seen undecided, whatever other tiles do', () => {
  const tiles = new UndecidedTiles();
  tiles.note({ step: 10, digits: [tile(1, 0, 50, null), tile(2, 0, 60, 3)] }, LAYOUT);
  tiles.note({ step: 40, digits: [tile(1, 0, 50, null), tile(2, 0, 60, 3), tile(0, 1, 20, null)] }, LAYOUT);
  expect(tiles.since(new Set([1]))).toBe(10);
  expect(tiles.since(new Set([2]))).toBeNull();
  expect(tiles.since(new Set([1, 2]))).toBe(10);
  expect(tiles.since(new Set([1, 2, 3]))).toBe(40);
  tiles.forget();
  expect(tiles.since(new Set([1]))).toBeNull();
});

test.each([
  ['more ink', { step: 30, digits: [tile(1, 0, 55, null)] }, 30],
  ['less ink', { step: 30, digits: [tile(1, 0, 45, null)] }, 30],
  ['steps that are counted anew', { step: 4, digits: [tile(1, 0, 50, null)] }, 4],
] as const)('it begins anew with %s', (_change, figures, step) => {
  const tiles = new UndecidedTiles();
  tiles.note({ step: 10, digits: [tile(1, 0, 50, null)] }, LAYOUT);
  tiles.note(figures, LAYOUT);
  expect(tiles.since(new Set([1]))).toBe(step);
});

test('cells that have decided, and are wiped, get the whole wait again', () => {
  const tiles = new UndecidedTiles();
  tiles.note({ step: 0, digits: [tile(1, 0, 50, null)] }, LAYOUT);
  tiles.note({ step: 90, digits: [tile(1, 0, 50, 7)] }, LAYOUT);
  tiles.note({ step: 100, digits: [tile(1, 0, 50, null)] }, LAYOUT);
  expect(tiles.since(new Set([1]))).toBe(100);
});
