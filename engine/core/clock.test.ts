import { expect, test } from 'vitest';
import { SteppedClock } from './clock.ts';

test('a stepped clock runs timers in the order in which they are due, at their own time', () => {
  const clock = new SteppedClock();
  const log: string[] = [];
  clock.after(30, () => log.push(`late ${clock.now()}`));
  clock.after(10, () => {
    log.push(`early ${clock.now()}`);
    clock.after(5, () => log.push(`nested ${clock.now()}`));
  });
  clock.advance(20);
  expect(log).toEqual(['early 10', 'nested 15']);
  clock.advance(20);
  expect(log).toEqual(['early 10', 'nested 15', 'late 30']);
});

test('a frame is run once for each request, and not after it was cancelled', () => {
  const clock = new SteppedClock(5);
  const frames: number[] = [];
  clock.requestFrame((now) => frames.push(now));
  const cancel = clock.requestFrame(() => frames.push(-1));
  cancel();
  clock.advance(16);
  clock.advance(16);
  expect(frames).toEqual([21]);
});

test('a frame that asks for the next one gets it at the next advance only', () => {
  const clock = new SteppedClock();
  let count = 0;
  const frame = (): void => {
    count += 1;
    clock.requestFrame(frame);
  };
  clock.requestFrame(frame);
  clock.advance(16);
  clock.advance(16);
  expect(count).toBe(2);
});
