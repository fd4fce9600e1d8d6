import { expect, it } from 'vitest';
import { TimeLeft } from './time-left.ts';

it('knows nothing before the first step', () => {
  expect(new TimeLeft().estimate({ share: 0, seconds: 0 }, 5)).toBeNull();
});

it('is what is left of a course that does not rest', () => {
  const left = new TimeLeft();
  for (let seconds = 1; seconds < 20; seconds += 1) left.estimate({ share: seconds / 60, seconds }, seconds);
  expect(left.estimate({ share: 1 / 3, seconds: 20 }, 20)).toBeCloseTo(40, 6);
});

it('counts the rests of late', () => {
  const left = new TimeLeft();
  for (let seconds = 1; seconds <= 30; seconds += 1) left.estimate({ share: seconds / 60, seconds }, 4 * seconds);
  expect(left.estimate({ share: 0.5, seconds: 30 }, 120)).toBeGreaterThan(118);
  expect(left.estimate({ share: 0.5, seconds: 30 }, 120)).toBeLessThanOrEqual(120);
});
