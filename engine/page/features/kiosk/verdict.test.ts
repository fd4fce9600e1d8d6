import { describe, expect, it } from 'vitest';
import type { DigitStatistics, Statistics } from '../../../automaton/types.ts';
import { type Opinion, opinionOf, Verdict } from './verdict.ts';

/** An opinion with a number of cells for each class, and some undecided ones. */
function opinion(votes: Readonly<Record<number, number>>, undecidedCells = 0): Opinion {
  const all = Array.from({ length: 10 }, (_, label) => votes[label] ?? 0);
  return { votes: all, undecidedCells, inkCells: all.reduce((sum, count) => sum + count, undecidedCells) };
}

/** The answer at the second of two readings, a number of steps after the ink was new. */
function answer(seen: Opinion, step: number) {
  const verdict = new Verdict(100);
  expect(verdict.read(seen, 100 + step)).toBeNull();
  return verdict.read(seen, 100 + step);
}

describe('what the cells say together', () => {
  it('is said at once where most of them say the same', () => {
    expect(answer(opinion({ 7: 90, 1: 5 }, 5), 5)).toEqual({ kind: 'agree', labels: [7] });
  });

  it('is waited for where they do not agree yet', () => {
    expect(answer(opinion({ 3: 50, 8: 50 }), 59)).toBeNull();
    expect(answer(opinion({}, 100), 59)).toBeNull();
    expect(answer(opinion({ 7: 70 }, 30), 29)).toBeNull();
    expect(answer(opinion({ 7: 70 }, 30), 30)?.kind).toBe('agree');
  });

  it('is split, unknown or a majority once they had their time', () => {
    expect(answer(opinion({ 8: 55, 3: 45 }), 60)).toEqual({ kind: 'split', labels: [3, 8] });
    expect(answer(opinion({ 3: 40, 8: 8 }, 52), 60)).toEqual({ kind: 'unknown', labels: [] });
    expect(answer(opinion({}, 100), 60)).toEqual({ kind: 'unknown', labels: [] });
    expect(answer(opinion({ 7: 70, 1: 30 }), 60)).toEqual({ kind: 'agree', labels: [7] });
    expect(answer(opinion({ 7: 60, 1: 10 }, 30), 60)).toEqual({ kind: 'agree', labels: [7] });
  });

  it('is nothing for a dot', () => {
    expect(answer(opinion({ 7: 19 }), 60)).toEqual({ kind: 'none', labels: [] });
  });

  it('is not given while it changes from look to look', () => {
    const verdict = new Verdict(0);
    expect(verdict.read(opinion({ 1: 100 }), 10)).toBeNull();
    expect(verdict.read(opinion({ 7: 100 }), 20)).toBeNull();
    expect(verdict.read(opinion({ 1: 100 }), 30)).toBeNull();
    expect(verdict.read(opinion({ 1: 100 }), 40)).toEqual({ kind: 'agree', labels: [1] });
  });

  it('has its time again after the steps began anew', () => {
    const verdict = new Verdict(1000);
    verdict.read(opinion({}, 100), 5);
    expect(verdict.read(opinion({}, 100), 40)).toBeNull();
    verdict.read(opinion({}, 100), 65);
    expect(verdict.read(opinion({}, 100), 66)?.kind).toBe('unknown');
  });

  it('is counted over the tiles that a drawing lies on', () => {
    const tile = (column: number, row: number, votes: readonly number[], undecided: number): DigitStatistics => {
      const said = votes.reduce((sum, count) => sum + count, 0);
      const inkCells = said / (1 - undecided);
      return { column, row, label: null, vote: 0, agreement: 1, confidence: 1, inkCells, undecided, votes };
    };
    const digits = [tile(0, 0, [100, 0], 0), tile(1, 0, [0, 30], 0.5), tile(1, 1, [10, 20], 0)];
    const statistics = { step: 1, digits } as unknown as Statistics;
    const read = opinionOf(statistics, { columns: 2 }, new Set([1, 3]));
    expect(read).toEqual({ inkCells: 90, undecidedCells: 30, votes: [10, 50] });
    expect(opinionOf(statistics, { columns: 2 }, new Set([2]))).toEqual({ inkCells: 0, undecidedCells: 0, votes: [] });
  });
});
