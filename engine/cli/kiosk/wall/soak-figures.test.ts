import { expect, test } from 'vitest';
import { latencies, quantile, shareWithin, spreads } from './soak-figures.ts';

test('the spread is of the steps that the screens show at the same time', () => {
  const one = [0, 1, 10, 2, 20, 3];
  const other = [5, 1, 15, 1, 25, 3];
  expect(spreads([one, other])).toEqual([0, 1, 1, 2]);
});

test('a stroke has arrived when the last screen has run its step', () => {
  const one = [0, 1, 10, 2, 20, 3];
  const other = [0, 1, 15, 2, 30, 4];
  expect(latencies([{ time: 4, step: 1 }], [one, other])).toEqual([11]);
  expect(latencies([{ time: 4, step: 9 }], [one, other])).toEqual([]);
});

test('quantiles and shares', () => {
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
  expect(shareWithin([0, 1, 2, 3], 1)).toBe(0.5);
});
