import { expect, it } from 'vitest';
import { Holds } from './holds.ts';

it('is free when the last who held has let go, however often that is said', () => {
  const holds = new Holds();
  const [one, other] = [holds.take(), holds.take()];
  one();
  one();
  expect(holds.isFree).toBe(false);
  other();
  expect(holds.isFree).toBe(true);
});
