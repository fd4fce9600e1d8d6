import { expect, test } from 'vitest';
import { SteppedClock } from '../core/clock.ts';
import type { Device } from '../gpu/device.ts';
import { PendingReads } from '../gpu/pending-reads.ts';
import { type FrameHost, FrameLoop } from './frame-loop.ts';

/** A GPU without timers, whose fences pass after a given number of checks. */
function fakeDevice(looks: () => number): Device {
  return deviceWith(() => {
    let left = looks();
    return () => {
      left -= 1;
      return left <= 0;
    };
  });
}

/** A GPU without timers, whose fences pass after this time. */
function deviceThatTakes(milliseconds: number, clock: SteppedClock): Device {
  return deviceWith(() => {
    const end = clock.now() + milliseconds;
    return () => clock.now() >= end;
  });
}

/** @param raise is called for each fence, and returns whether it has passed */
function deviceWith(raise: () => () => boolean): Device {
  let hasPassed = (): boolean => true;
  const gl = {
    SYNC_GPU_COMMANDS_COMPLETE: 1,
    TIMEOUT_EXPIRED: 2,
    CONDITION_SATISFIED: 3,
    fenceSync: () => {
      hasPassed = raise();
      return {};
    },
    clientWaitSync: () => (hasPassed() ? 3 : 2),
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
  new FrameLoop(clock, deviceThatTakes(98, clock), host).start();
  frames(clock, 60);
  expect(host.draws).toBeLessThanOrEqual(10);
  expect(host.draws).toBeGreaterThanOrEqual(8);
  expect(host.late).toBeGreaterThanOrEqual(8);
});

test('a slow GPU is given the next frame as soon as it is done, between two frames of the screen', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  const loop = new FrameLoop(clock, deviceThatTakes(101, clock), host);
  loop.start();
  frames(clock, 60);
  const before = host.advanced.length;
  frames(clock, 120);
  // Looking once in a frame of the screen would give one in 117 milliseconds.
  expect(host.advanced.length - before).toBeGreaterThanOrEqual(19);
  const shown = host.advanced.length;
  // A hidden page is asked for no pictures, and works on nothing.
  clock.advance(10_000);
  expect(host.advanced.length - shown).toBeLessThanOrEqual(3);
  loop.stop();
  const stopped = host.advanced.length;
  frames(clock, 60);
  expect(host.advanced).toHaveLength(stopped);
});

test('while a slow GPU works on a frame, the browser is asked for no more than one', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  const loop = new FrameLoop(clock, deviceThatTakes(101, clock), host);
  loop.start();
  frames(clock, 60);
  let asked = 0;
  const requestFrame = clock.requestFrame.bind(clock);
  clock.requestFrame = (callback) => {
    asked += 1;
    return requestFrame(callback);
  };
  const before = host.advanced.length;
  frames(clock, 120);
  expect(host.advanced.length - before).toBeGreaterThanOrEqual(15);
  expect(asked).toBeLessThanOrEqual(host.advanced.length - before + 1);
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
  // A screen of thirty frames a second is not late, as soon as the loop has seen that the GPU is fast again.
  for (let index = 0; index < 5; index += 1) clock.advance(1000 / 30);
  const sixty = host.late;
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
