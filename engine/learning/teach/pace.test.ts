import { expect, it, vi } from 'vitest';
import { SteppedClock } from '../../core/clock.ts';
import { Pace } from './pace.ts';

/** Lets messages arrive. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

it('goes on at once if nobody asked for rest', async () => {
  const clock = new SteppedClock();
  const pace = new Pace(clock);
  clock.advance(500);
  await pace.breathe();
  expect(pace.workSeconds).toBe(0.5);
});

it('rests for a share of the time, which is no work', async () => {
  const clock = new SteppedClock();
  const pace = new Pace(clock);
  pace.rest(0.75);
  clock.advance(100);
  const over = vi.fn();
  const breath = pace.breathe().then(over);
  await turn();
  clock.advance(299);
  await turn();
  expect(over).not.toHaveBeenCalled();
  clock.advance(1);
  await breath;
  expect(pace.workSeconds).toBe(0.1);
});

it('stands still while it is paused, also if the pause begins during a rest', async () => {
  const clock = new SteppedClock();
  const pace = new Pace(clock);
  pace.rest(0.5);
  clock.advance(100);
  const over = vi.fn();
  const breath = pace.breathe().then(over);
  await turn();
  pace.pause();
  pace.pause();
  clock.advance(1000);
  await turn();
  expect(over).not.toHaveBeenCalled();
  pace.resume();
  await breath;
  expect(pace.workSeconds).toBe(0.1);
});
