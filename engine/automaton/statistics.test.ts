import { expect, it } from 'vitest';
import { summarize } from './statistics.ts';
import type { TileTally } from './tally-pass.ts';

const LAYOUT = { columns: 2, rows: 2, tile: 28 };

function tally(votes: number[], rest: Partial<TileTally> = {}): TileTally {
  const decided = votes.reduce((sum, count) => sum + count, 0);
  return {
    inkCells: decided,
    undecided: 0,
    changed: 0,
    confidence: decided / 2,
    hasRunAway: false,
    votes,
    ...rest,
  };
}

it('distinguishes cell accuracy, agreement, unanimous and correct, majority accuracy and flicker', () => {
  const tallies = [
    tally([10, 0, 0]), // unanimous and right
    tally([0, 8, 0], { changed: 2 }), // unanimous and wrong
    tally([1, 0, 3]), // right by majority only
    tally([0, 0, 0], { inkCells: 0 }), // empty
  ];
  const figures = summarize(LAYOUT, tallies, [0, 2, 2, -1], 40, 99);
  expect(figures.inkCells).toBe(22);
  expect(figures.cellAccuracy).toBeCloseTo((10 + 0 + 3) / 22);
  expect(figures.agreement).toBeCloseTo(2 / 3);
  expect(figures.unanimousCorrect).toBeCloseTo(1 / 3);
  expect(figures.majorityAccuracy).toBeCloseTo(2 / 3);
  expect(figures.flicker).toBeCloseTo(2 / 22);
  expect(figures.digits.map(({ column, row, vote }) => [column, row, vote])).toEqual([
    [0, 0, 0],
    [1, 0, 1],
    [0, 1, 2],
  ]);
  expect(figures.digits[2]).toMatchObject({
    label: 2,
    agreement: 0.75,
    confidence: 0.5,
    inkCells: 4,
    votes: [1, 0, 3],
  });
});

it('reports no accuracy without labels, and nothing at all on an empty canvas', () => {
  const unknown = summarize(LAYOUT, [tally([4, 0])], [-1], 1, 4);
  expect(unknown).toMatchObject({ cellAccuracy: null, majorityAccuracy: null, unanimousCorrect: null, agreement: 1 });
  expect(unknown.digits[0].label).toBeNull();
  expect(summarize(LAYOUT, [], [], 1, 0)).toMatchObject({ agreement: null, flicker: null, digits: [] });
});

it('counts undecided cells against agreement, and has no vote before any cell has decided', () => {
  const figures = summarize(
    LAYOUT,
    [tally([5, 0], { inkCells: 6, undecided: 1 }), tally([0, 0], { inkCells: 3, undecided: 3 })],
    [0, 0],
    1,
    9,
  );
  expect(figures.agreement).toBe(0);
  expect(figures.digits.map(({ vote }) => vote)).toEqual([0, null]);
  expect(figures.majorityAccuracy).toBe(0.5);
});

it('reports how many cells are undecided, and has no vote if most of them are', () => {
  const tallies = [
    tally([2, 3], { inkCells: 10, undecided: 5 }), // half of them: the others vote
    tally([4, 0], { inkCells: 10, undecided: 6 }),
  ];
  const figures = summarize(LAYOUT, tallies, [1, 0], 90, 20);
  expect(figures.undecided).toBeCloseTo(11 / 20);
  expect(figures.digits.map(({ vote, undecided }) => [vote, undecided])).toEqual([
    [1, 0.5],
    [null, 0.6],
  ]);
  expect(figures.majorityAccuracy).toBe(0.5);
  expect(summarize(LAYOUT, [], [], 1, 0).undecided).toBeNull();
});
