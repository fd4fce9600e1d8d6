import { expect, test } from 'vitest';
import { LATE_MILLISECONDS, LONG_FRAME_MILLISECONDS, StepPacer } from './pacing.ts';

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

/** Runs a GPU that needs this long for a step and a picture for ten seconds. Returns both rates of the last eight. */
function runSlow(stepMilliseconds: number, pictureMilliseconds: number, { moving = false, stepsPerSecond = 240 } = {}) {
  const pacer = new StepPacer();
  const frame = 1000 / 60;
  let [steps, pictures, issued, issuedAt, busyUntil] = [0, 0, 0, 0, 0];
  for (let now = 0; now < 10_000; now += frame) {
    if (now < busyUntil) continue;
    const took = now - issuedAt;
    if (issued > 0) pacer.finished(now, issued, took, took > LATE_MILLISECONDS);
    issued = pacer.due(now, stepsPerSecond, false, moving);
    issuedAt = now;
    busyUntil = now + issued * stepMilliseconds + (issued > 0 ? pictureMilliseconds : 0);
    if (now < 2000 || issued === 0) continue;
    steps += issued / 8;
    pictures += 1 / 8;
  }
  return { steps, pictures };
}

test.each([
  [27, 25],
  [15, 30],
  [5, 60],
])('a device with steps of %i ms and pictures of %i ms gives most of its time to steps', (step, picture) => {
  const { steps, pictures } = runSlow(step, picture);
  expect(pictures).toBeGreaterThanOrEqual(8);
  expect(pictures).toBeLessThan(12);
  // A picture and a wait for the screen's next frame, at least eight times a second.
  const left = 1000 - pictures * (picture + 1000 / 60);
  expect(steps).toBeGreaterThan(0.9 * (left / step));
});

test('the mean of long frames is what is aimed at, although each has a whole number of steps', () => {
  const pacer = new StepPacer();
  pacer.tookStep(36);
  pacer.tookDraw(25);
  const frames: number[] = [];
  let now = 0;
  for (let index = 0; index < 60; index += 1) {
    const steps = Math.max(1, pacer.due(now, 1000, false));
    // The browser takes some time for the picture as well.
    const took = 36 * steps + 32;
    frames.push(took);
    now += took;
    pacer.finished(now, steps, took, true);
  }
  const settled = frames.slice(20);
  expect(new Set(settled)).toEqual(new Set([104, 140]));
  const mean = settled.reduce((sum, one) => sum + one, 0) / settled.length;
  expect(Math.abs(mean - LONG_FRAME_MILLISECONDS)).toBeLessThan(6);
});

test('where two steps and a picture take too long, every other long frame has a second step', () => {
  const { steps, pictures } = runSlow(60, 20);
  expect(pictures).toBeGreaterThanOrEqual(8);
  expect(steps).toBeGreaterThan(1.2 * pictures);
  expect(steps).toBeLessThan(1.9 * pictures);
});

test('on a slow device, a moving view has a picture for every step', () => {
  const { steps, pictures } = runSlow(27, 25, { moving: true });
  expect(pictures).toBeCloseTo(steps, 6);
  expect(pictures).toBeGreaterThan(14);
});

test('a device that is fast again has short frames again', () => {
  const pacer = new StepPacer();
  let now = 0;
  for (let index = 0; index < 20; index += 1, now += 50) pacer.finished(now, 1, 50, true);
  expect(pacer.isSlow).toBe(true);
  for (let index = 0; index < 300; index += 1, now += 17) pacer.finished(now, Math.max(1, pacer.limit), 16, false);
  expect(pacer.isSlow).toBe(false);
});

test('a slow device tries short frames less and less often', () => {
  const pacer = new StepPacer();
  const triedAt: number[] = [];
  let wasSlow = false;
  let now = 0;
  // A step takes 12 ms and a picture 12 more, so that a short frame is late although a step alone would not be.
  while (now < 120_000) {
    const steps = Math.max(1, pacer.due(now, 1000, false));
    const took = 12 * steps + 12;
    now += took;
    pacer.finished(now, steps, took, took > LATE_MILLISECONDS);
    if (wasSlow && !pacer.isSlow) triedAt.push(now);
    wasSlow = pacer.isSlow;
  }
  expect(triedAt.length).toBeGreaterThan(1);
  expect(triedAt.length).toBeLessThan(9);
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
