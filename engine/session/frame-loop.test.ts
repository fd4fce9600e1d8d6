import { expect, test } from 'vitest';
import { SteppedClock } from '../core/clock.ts';
import type { Device } from '../gpu/device.ts';
import { PendingReads } from '../gpu/pending-reads.ts';
import { type FrameHost, FrameLoop } from './frame-loop.ts';

/** A GPU without timers, whose fences pass after a given number of checks. */
function fakeDevice(looks: () => number): Device {
  let left = 0;
  const gl = {
    SYNC_GPU_COMMANDS_COMPLETE: 1,
    TIMEOUT_EXPIRED: 2,
    CONDITION_SATISFIED: 3,
    fenceSync: () => {
      left = looks();
      return {};
    },
    clientWaitSync: () => {
      left -= 1;
      return left > 0 ? 2 : 3;
    },
    deleteSync: () => undefined,
    flush: () => undefined,
  };
  const reads = new PendingReads(gl as unknown as WebGL2RenderingContext);
  return { gl, reads, capabilities: { timerQueries: false } } as unknown as Device;
}

function fakeHost(overrides: Partial<FrameHost> = {}) {
  const host = {
    live: true,
    stepsPerSecond: 60,
    edited: false,
    drawing: false,
    moving: false,
    stale: false,
    advanced: [] as number[],
    draws: 0,
    errors: [] as unknown[],
    late: 0,
    advance(steps: number) {
      host.advanced.push(steps);
      host.stale = true;
      host.edited = false;
    },
    draw() {
      host.draws += 1;
      host.stale = false;
    },
    finished(_now: number, report: { late: boolean }) {
      host.late += Number(report.late);
    },
    failed(error: unknown) {
      host.errors.push(error);
    },
  };
  return Object.assign(host, overrides);
}

function frames(clock: SteppedClock, count: number): void {
  for (let index = 0; index < count; index += 1) clock.advance(1000 / 60);
}

test('a frame in which nothing changed draws nothing', () => {
  const clock = new SteppedClock();
  const host = fakeHost({ stepsPerSecond: 0 });
  new FrameLoop(
    clock,
    fakeDevice(() => 1),
    host,
  ).start();
  frames(clock, 10);
  expect(host.advanced).toEqual([]);
  expect(host.draws).toBe(0);
});

test('a stroke on a paused canvas is in the picture of the next frame', () => {
  const clock = new SteppedClock();
  const host = fakeHost({ stepsPerSecond: 0 });
  new FrameLoop(
    clock,
    fakeDevice(() => 1),
    host,
  ).start();
  frames(clock, 2);
  host.edited = true;
  frames(clock, 1);
  expect(host.advanced).toEqual([0]);
  expect(host.draws).toBe(1);
});

test('nothing is issued while the GPU still works at an earlier frame', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  new FrameLoop(
    clock,
    fakeDevice(() => 6),
    host,
  ).start();
  frames(clock, 60);
  expect(host.draws).toBeLessThanOrEqual(10);
  expect(host.draws).toBeGreaterThanOrEqual(8);
  expect(host.late).toBeGreaterThanOrEqual(8);
});

test('while the context is lost nothing is touched, and afterwards the loop continues', () => {
  const clock = new SteppedClock();
  const host = fakeHost({ live: false });
  new FrameLoop(
    clock,
    fakeDevice(() => 1),
    host,
  ).start();
  frames(clock, 5);
  expect(host.advanced).toEqual([]);
  host.live = true;
  frames(clock, 5);
  expect(host.advanced.length).toBeGreaterThan(0);
});

test('a frame that throws stops the loop and is reported once', () => {
  const clock = new SteppedClock();
  const host = fakeHost({
    stale: true,
    draw: () => {
      throw new Error('no');
    },
  });
  new FrameLoop(
    clock,
    fakeDevice(() => 1),
    host,
  ).start();
  frames(clock, 5);
  expect(host.errors).toHaveLength(1);
});

test('a frame that blocks the page is late, even if the screen has shown none since', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  new FrameLoop(
    clock,
    fakeDevice(() => 1),
    host,
  ).start();
  for (let index = 0; index < 5; index += 1) clock.advance(10_000);
  expect(host.late).toBeGreaterThanOrEqual(3);
  const sixty = host.late;
  // A screen of thirty frames a second is not late.
  for (let index = 0; index < 30; index += 1) clock.advance(1000 / 30);
  expect(host.late - sixty).toBeLessThanOrEqual(1);
});

test('the figures count frames and steps of the last second', () => {
  const clock = new SteppedClock();
  const loop = new FrameLoop(
    clock,
    fakeDevice(() => 1),
    fakeHost({ stepsPerSecond: 30 }),
  );
  loop.start();
  frames(clock, 130);
  expect(loop.framesPerSecond).toBeCloseTo(60, -1);
  expect(loop.stepsPerSecond).toBeCloseTo(30, -1);
});
