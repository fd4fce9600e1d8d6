import { expect, test } from 'vitest';
import type { Statistics } from '../../../automaton/types.ts';
import { MOST_MEASUREMENTS, VoteHistory } from './vote-history.ts';

function measured(step: number, votes: number[], inkCells: number): Statistics {
  const digit = { column: 1, row: 0, label: null, vote: 0, agreement: 1, confidence: 1, inkCells, undecided: 0, votes };
  const rest = { cellAccuracy: null, agreement: null, majorityAccuracy: null, unanimousCorrect: null, flicker: null };
  return { step, liveCells: inkCells, inkCells, ...rest, undecided: null, digits: inkCells > 0 ? [digit] : [] };
}

test('the votes of a tile are shares of its ink cells, undecided ones included, and null while it is empty', () => {
  const history = new VoteHistory();
  history.add(measured(1, [], 0));
  history.add(measured(2, [3, 1], 8));
  expect(history.of(1, 0)).toEqual([null, { classes: [0.375, 0.125], undecided: 0.5 }]);
  expect(history.of(0, 0)).toEqual([null, null]);
});

test('only the last measurements are kept, and a reset starts anew', () => {
  const history = new VoteHistory();
  for (let step = 0; step < 2 * MOST_MEASUREMENTS; step += 1) history.add(measured(step, [1], 1));
  expect(history.of(1, 0)).toHaveLength(MOST_MEASUREMENTS);
  history.add(measured(0, [1], 1));
  expect(history.of(1, 0)).toHaveLength(1);
});
