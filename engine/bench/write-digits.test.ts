import { expect, test } from 'vitest';
import { Random } from '../common/random/random.ts';
import { writeDigits } from './write-digits.ts';

test.each([
  [3, [0, 1, 2, 0]],
  [10, [0, 1, 2, 3]],
  [36, [0, 1, 2, 3]],
])('a model of %i classes has digits to run on', (classes, first) => {
  const { images, labels } = writeDigits(new Random(1), 24, classes);
  expect(labels.slice(0, 4)).toEqual(first);
  expect(Math.max(...labels)).toBeLessThan(Math.min(10, classes));
  expect(images).toHaveLength(24 * 784);
  expect(images.slice(-784).some((ink) => ink > 0)).toBe(true);
});
