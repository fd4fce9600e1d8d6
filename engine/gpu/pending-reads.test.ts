import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PendingReads } from './pending-reads.ts';

const GL = { SYNC_GPU_COMMANDS_COMPLETE: 1, TIMEOUT_EXPIRED: 2, ALREADY_SIGNALED: 3, WAIT_FAILED: 4 };

/** A context whose GPU has passed the first `done` fences, in order. */
function fakeContext() {
  const state = { done: 0, lost: false, made: 0, freed: 0 };
  const gl = {
    ...GL,
    fenceSync: () => (state.lost ? null : { index: state.made++ }),
    flush: () => undefined,
    isContextLost: () => state.lost,
    clientWaitSync: (fence: { index: number }) => (fence.index < state.done ? GL.ALREADY_SIGNALED : GL.TIMEOUT_EXPIRED),
    deleteSync: () => (state.freed += 1),
  };
  return { state, reads: new PendingReads(gl as unknown as WebGL2RenderingContext) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a result is read at the beginning of an idle frame once the GPU has it, and not before', () => {
  const { state, reads } = fakeContext();
  const take = vi.fn();
  reads.add(take, vi.fn());
  reads.frameBegins(true);
  expect(take).not.toHaveBeenCalled();
  state.done = 1;
  reads.frameBegins(false);
  expect(take).not.toHaveBeenCalled();
  reads.frameBegins(true);
  expect(take).toHaveBeenCalledOnce();
  expect(state.freed).toBe(1);
  reads.frameBegins(true);
  expect(take).toHaveBeenCalledOnce();
});

test('a timer reads results when the GPU is idle, but only while no frames come', () => {
  const { state, reads } = fakeContext();
  const take = vi.fn();
  reads.add(take, vi.fn());
  state.done = 1;
  reads.frameBegins(false);
  vi.advanceTimersByTime(240);
  expect(take).not.toHaveBeenCalled();
  // The work of the last frame is still in progress.
  vi.advanceTimersByTime(500);
  expect(take).not.toHaveBeenCalled();
  state.done = 2;
  vi.advanceTimersByTime(10);
  expect(take).toHaveBeenCalledOnce();
  expect(state.freed).toBe(2);
});

test('nothing is read while something long is in progress', () => {
  const { state, reads } = fakeContext();
  const take = vi.fn();
  reads.add(take, vi.fn());
  state.done = 1;
  const release = reads.hold();
  reads.frameBegins(true);
  vi.advanceTimersByTime(1000);
  expect(take).not.toHaveBeenCalled();
  release();
  release();
  reads.frameBegins(true);
  expect(take).toHaveBeenCalledOnce();
});

test('a lost context fails pending reads, held or not, and later ones', () => {
  const { state, reads } = fakeContext();
  const [take, fail] = [vi.fn(), vi.fn()];
  reads.add(take, fail);
  reads.hold();
  state.lost = true;
  vi.advanceTimersByTime(200);
  expect(fail).toHaveBeenCalledOnce();
  reads.add(take, fail);
  expect(fail).toHaveBeenCalledTimes(2);
  expect(take).not.toHaveBeenCalled();
});

test('reads that are pending when the context is lost fail once, and their fences are not used any more', () => {
  const { state, reads } = fakeContext();
  const [take, fail] = [vi.fn(), vi.fn()];
  reads.add(take, fail);
  // As long as no frame comes, there is also a fence of the reads' own.
  vi.advanceTimersByTime(200);
  reads.abandon();
  expect(fail).toHaveBeenCalledOnce();
  state.done = 9;
  reads.frameBegins(true);
  vi.advanceTimersByTime(200);
  expect([take.mock.calls.length, fail.mock.calls.length, state.freed]).toEqual([0, 1, 0]);
});
