import { expect, it } from 'vitest';
import { Holds } from './holds.ts';

it('is free when the last hold is released, however often it is released', () => {
  const holds = new Holds();
  const [one, other] = [holds.take(), holds.take()];
  one();
  one();
  expect(holds.isFree).toBe(false);
  other();
  expect(holds.isFree).toBe(true);
});
