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

/** A GPU without timers, whose fences pass after this time, which may change. */
function deviceThatTakes(time: number | { milliseconds: number }, clock: SteppedClock): Device {
  return deviceWith(() => {
    const end = clock.now() + (typeof time === 'number' ? time : time.milliseconds);
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

test('steps that take longer than a page is thought to be shown without a frame go on', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  new FrameLoop(clock, deviceThatTakes(400, clock), host).start();
  frames(clock, 300);
  const before = host.advanced.length;
  frames(clock, 300);
  expect(host.advanced.length - before).toBeGreaterThanOrEqual(11);
});

test('a slow page that was hidden goes on when it is shown again', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  new FrameLoop(clock, deviceThatTakes(101, clock), host).start();
  frames(clock, 60);
  clock.advance(10_000);
  const before = host.advanced.length;
  frames(clock, 60);
  expect(host.advanced.length - before).toBeGreaterThanOrEqual(7);
});

test('on a slow device nothing is touched while the context is lost, and afterwards the loop continues', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  new FrameLoop(clock, deviceThatTakes(101, clock), host).start();
  frames(clock, 60);
  host.live = false;
  const before = host.advanced.length;
  frames(clock, 60);
  expect(host.advanced).toHaveLength(before);
  host.live = true;
  frames(clock, 60);
  expect(host.advanced.length - before).toBeGreaterThanOrEqual(7);
});

test('a device that becomes fast again is asked for its next frame with the screen’s next one', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  const time = { milliseconds: 101 };
  new FrameLoop(clock, deviceThatTakes(time, clock), host).start();
  frames(clock, 60);
  time.milliseconds = 5;
  frames(clock, 30);
  const draws = host.draws;
  frames(clock, 60);
  expect(host.draws - draws).toBeGreaterThanOrEqual(55);
});

test('a picture alone is not late on a slow device with a slow screen', () => {
  const clock = new SteppedClock();
  const host = fakeHost();
  const time = { milliseconds: 101 };
  new FrameLoop(clock, deviceThatTakes(time, clock), host).start();
  frames(clock, 60);
  host.stepsPerSecond = 0;
  time.milliseconds = 5;
  clock.advance(1000 / 30);
  clock.advance(1000);
  const late = host.late;
  for (let index = 0; index < 10; index += 1) {
    host.stale = true;
    clock.advance(1000 / 30);
  }
  expect(host.late).toBe(late);
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
