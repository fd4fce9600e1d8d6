import { expect, it } from 'vitest';
import { Tally } from './tally.ts';

it('counts touches, digits and the time in which guests play', () => {
  const tally = new Tally();
  tally.touched();
  tally.touched();
  tally.digitRead();
  for (let seconds = 0; seconds <= 10; seconds += 0.5) tally.update(seconds * 1000, 'guest');
  // Who is warned has left, and a machine that slept was no guest.
  for (let seconds = 10.5; seconds <= 20; seconds += 0.5) tally.update(seconds * 1000, 'warning');
  tally.update(1_000_000, 'guest');
  expect(tally.counts).toEqual({ touches: 2, digitsRead: 1, playSeconds: 10 });
});
