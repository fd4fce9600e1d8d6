import { expect, test } from 'vitest';
import { SteppedClock } from '../core/clock.ts';
import { atOnce, InSlices } from './pace.ts';

/** A clock on which each piece of work takes some time. */
class BusyClock extends SteppedClock {
  spent = 0;
  override now(): number {
    return super.now() + this.spent;
  }
}

test('atOnce has done everything when the call returns', () => {
  const done: number[] = [];
  void atOnce.run(
    5,
    (index) => done.push(index),
    () => undefined,
  );
  expect(done).toEqual([0, 1, 2, 3, 4]);
});

test('slices do everything in order and leave room between them', async () => {
  const clock = new BusyClock();
  const pace = new InSlices(clock);
  const done: number[] = [];
  const slices: number[] = [];
  const all = pace.run(
    50,
    (index) => {
      clock.spent += 1;
      done.push(index);
    },
    () => slices.push(done.length),
  );
  expect(done).toEqual([0, 1, 2, 3, 4]);
  expect(pace.isBusy).toBe(true);
  while (pace.isBusy) {
    clock.advance(1);
    await Promise.resolve();
  }
  await all;
  expect(done).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(slices.length).toBeGreaterThanOrEqual(8);
});

test('with a pause, one piece is done at a time, and a hidden page does not wait for each', async () => {
  const clock = new SteppedClock();
  const pace = new InSlices(clock);
  const done: number[] = [];
  const all = pace.run(
    9,
    (index) => done.push(index),
    () => undefined,
    { pauseMilliseconds: 20 },
  );
  expect(done).toEqual([0]);
  clock.advance(19);
  await Promise.resolve();
  expect(done).toEqual([0]);
  clock.advance(1);
  await Promise.resolve();
  expect(done).toEqual([0, 1]);
  clock.advance(1000);
  await all;
  expect(done).toHaveLength(9);
});

test('a stopped run ends, and its promise resolves', async () => {
  const clock = new BusyClock();
  const pace = new InSlices(clock);
  const done: number[] = [];
  const all = pace.run(
    50,
    (index) => {
      clock.spent += 1;
      done.push(index);
    },
    () => undefined,
  );
  pace.stop();
  await all;
  clock.advance(100);
  await Promise.resolve();
  expect(done).toHaveLength(5);
  expect(pace.isBusy).toBe(false);
});

test('a second run replaces the first', async () => {
  const clock = new BusyClock();
  const pace = new InSlices(clock);
  let first = 0;
  let second = 0;
  const slow = () => (clock.spent += 1);
  const one = pace.run(
    50,
    () => {
      first += 1;
      slow();
    },
    () => undefined,
  );
  const two = pace.run(
    8,
    () => {
      second += 1;
      slow();
    },
    () => undefined,
  );
  await one;
  while (pace.isBusy) {
    clock.advance(1);
    await Promise.resolve();
  }
  await two;
  expect([first, second]).toEqual([5, 8]);
});

test('a run that fails rejects, and the pace is free again', async () => {
  const pace = new InSlices(new SteppedClock());
  const fails = pace.run(
    3,
    () => {
      throw new Error('no');
    },
    () => undefined,
  );
  await expect(fails).rejects.toThrow('no');
  expect(pace.isBusy).toBe(false);
});
