import { expect, test } from 'vitest';
import { latency, quantile, shareWithin, SoakRecord, spreads } from './soak-figures.ts';

test('the spread is of the steps that the screens show at the same time', () => {
  const one = [0, 1, 10, 2, 20, 3];
  const other = [5, 1, 15, 1, 25, 3];
  expect(spreads([one, other])).toEqual([0, 1, 1, 2]);
});

test('a stroke has arrived when the last screen has run its step', () => {
  const one = [0, 1, 10, 2, 20, 3];
  const other = [0, 1, 15, 2, 30, 4];
  expect(latency({ time: 4, step: 1 }, [one, other])).toBe(11);
  expect(latency({ time: 4, step: 9 }, [one, other])).toBeNull();
});

test('a stroke that is on its way at one look is counted at the next, and frames are counted once', () => {
  const record = new SoakRecord();
  const stroke = { time: 12, step: 2 };
  record.take(
    [
      [0, 1, 10, 2],
      [0, 1, 15, 2],
    ],
    [stroke],
  );
  expect(record.delays).toEqual([]);
  expect(record.seen).toBe(10);
  record.take(
    [
      [20, 3],
      [15, 2, 30, 4],
    ],
    [],
  );
  expect(record.delays).toEqual([18]);
  expect(record.spreads).toEqual([0, 1, 1]);
});

test('quantiles and shares', () => {
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
  expect(shareWithin([0, 1, 2, 3], 1)).toBe(0.5);
});
