import { expect, it, vi } from 'vitest';
import { SteppedClock } from '../../core/clock.ts';
import { Pace } from './pace.ts';

/** Lets messages arrive. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

function setUp() {
  const clock = new SteppedClock();
  const pace = new Pace(clock);
  const piece = async (): Promise<string> => {
    clock.advance(100);
    return 'done';
  };
  return { clock, pace, piece };
}

it('goes on at once if nobody asked for rest', async () => {
  const { pace, piece } = setUp();
  expect(await pace.work(piece)).toBe('done');
  expect(pace.workSeconds).toBe(0.1);
});

it('rests for a share of the time, which does not count as work; time between two pieces brings no rest', async () => {
  const { clock, pace, piece } = setUp();
  pace.rest(0.75);
  clock.advance(5000);
  const over = vi.fn();
  const work = pace.work(piece).then(over);
  await turn();
  clock.advance(299);
  await turn();
  expect(over).not.toHaveBeenCalled();
  clock.advance(1);
  await work;
  expect(pace.workSeconds).toBe(5.1);
});

it('stands still while it is paused, also if the pause begins during a rest', async () => {
  const { clock, pace, piece } = setUp();
  pace.rest(0.5);
  const over = vi.fn();
  const work = pace.work(piece).then(over);
  await turn();
  pace.pause();
  clock.advance(1000);
  await turn();
  // A second pause must not end the first.
  pace.pause();
  await turn();
  expect(over).not.toHaveBeenCalled();
  pace.resume();
  await work;
  expect(pace.workSeconds).toBe(0.1);
  pace.pause();
  const breath = pace.breathe().then(over);
  await turn();
  expect(over).toHaveBeenCalledTimes(1);
  pace.resume();
  await breath;
});
