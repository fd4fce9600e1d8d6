import { expect, test } from 'vitest';
import { LATE_MILLISECONDS, StepPacer } from './pacing.ts';

/** Runs frames for ten seconds on a GPU that needs this long for a step. Returns the number of steps done. */
function run(stepsPerSecond: number, framesPerSecond: number, gpuMillisecondsPerStep: number, drawing = false): number {
  const pacer = new StepPacer();
  const frame = 1000 / framesPerSecond;
  let done = 0;
  let busyUntil = -1;
  let issuedAt = 0;
  let issued = 0;
  let waited = 0;
  for (let now = 0; now < 10_000; now += frame) {
    if (busyUntil >= 0) {
      waited += 1;
      if (now < busyUntil) continue;
      pacer.finished(now, issued, now - issuedAt, waited > 1 && now - issuedAt > LATE_MILLISECONDS);
    }
    issued = pacer.due(now, stepsPerSecond, drawing);
    issuedAt = now;
    waited = 0;
    done += issued;
    busyUntil = now + issued * gpuMillisecondsPerStep + 1;
  }
  return done;
}

test.each([30, 60, 144])('a fast GPU makes the wanted steps a second at %i frames a second', (framesPerSecond) => {
  for (const rate of [0.5, 30, 60, 240]) {
    const steps = run(rate, framesPerSecond, 0.3);
    expect(Math.abs(steps - 10 * rate)).toBeLessThanOrEqual(Math.max(2, 0.03 * 10 * rate));
  }
});

test('a slow GPU makes fewer steps, and is never given more than one frame of work', () => {
  const steps = run(60, 60, 100);
  expect(steps).toBeGreaterThan(70);
  expect(steps).toBeLessThanOrEqual(100);
});

test('while the user draws on a slow GPU, steps leave most of the time to drawing', () => {
  const steps = run(60, 60, 100, true);
  expect(steps).toBeGreaterThan(10);
  expect(steps).toBeLessThanOrEqual(30);
});

test('drawing on a fast GPU costs no steps', () => {
  expect(run(60, 60, 1, true)).toBeGreaterThan(580);
});

test('a tab that slept for an hour does not catch up', () => {
  const pacer = new StepPacer();
  pacer.due(0, 30, false);
  expect(pacer.due(3_600_000, 30, false)).toBeLessThanOrEqual(1);
});

test('a number of steps that was too high is tried less and less often', () => {
  const pacer = new StepPacer();
  const frame = 1000 / 60;
  const lateAt: number[] = [];
  // Four steps fit a frame, five do not.
  for (let index = 0; index < 60 * 120; index += 1) {
    const now = index * frame;
    const steps = pacer.due(now, 1000, false);
    const late = steps > 4;
    if (late) lateAt.push(now);
    pacer.finished(now, steps, late ? 2 * frame : frame, late);
  }
  expect(lateAt.length).toBeGreaterThan(1);
  expect(lateAt.length).toBeLessThan(12);
  expect(pacer.limit).toBeGreaterThanOrEqual(2);
});

test('by the GPU’s own clock the limit is right immediately, without a late frame', () => {
  const pacer = new StepPacer();
  pacer.tookStep(3);
  pacer.tookDraw(2);
  for (let index = 0; index < 100; index += 1) pacer.finished(index, 64, 16, false);
  // (0.85 · 16.7 − 2) / 3
  expect(pacer.limit).toBe(4);
});
