import { describe, expect, test, vi } from 'vitest';
import { ContextWatch, type OnContext } from './context-watch.ts';

/** A context that is lost and restored by the test, and the reactions to that. */
function setUp(restore: OnContext['restore'] = () => Promise.resolve()) {
  const canvas = new EventTarget();
  let isLost = false;
  const gl = { canvas, isContextLost: () => isLost } as unknown as WebGL2RenderingContext;
  const done: string[] = [];
  const on = {
    lost: () => done.push('lost'),
    restore: async () => {
      done.push('restore');
      await restore();
    },
    restored: () => void done.push('restored'),
    failed: (error: unknown) => done.push(`failed: ${String(error)}`),
  };
  const watch = new ContextWatch(gl, on);
  const lose = (): boolean => {
    isLost = true;
    return canvas.dispatchEvent(new Event('webglcontextlost', { cancelable: true }));
  };
  const giveBack = (): void => {
    isLost = false;
    canvas.dispatchEvent(new Event('webglcontextrestored'));
  };
  return { watch, done, lose, giveBack };
}

describe('a watched context', () => {
  test('is asked to come back, and is live again only when everything is restored', async () => {
    const { watch, done, lose, giveBack } = setUp();
    expect(lose()).toBe(false);
    expect(watch.isLive).toBe(false);
    let isLive = false;
    const live = watch.whenLive().then(() => (isLive = true));
    giveBack();
    expect(watch.isLive).toBe(false);
    expect(isLive).toBe(false);
    await live;
    expect(watch.isLive).toBe(true);
    expect(done).toEqual(['lost', 'restore', 'restored']);
  });

  test('that is lost again during restoration is restored once more, and never reported as live in between', async () => {
    const restorations: { resolve: () => void; reject: (reason: Error) => void }[] = [];
    const restore = () => new Promise<void>((resolve, reject) => restorations.push({ resolve, reject }));
    const { watch, done, lose, giveBack } = setUp(restore);
    lose();
    giveBack();
    await vi.waitFor(() => expect(restorations).toHaveLength(1));
    lose();
    restorations[0].reject(new Error('gone again'));
    giveBack();
    await vi.waitFor(() => expect(restorations).toHaveLength(2));
    expect(watch.isLive).toBe(false);
    restorations[1].resolve();
    await watch.whenLive();
    expect(done).toEqual(['lost', 'restore', 'lost', 'restore', 'restored']);
  });

  test('whose loss went unnoticed is restored immediately if it is already back', async () => {
    const { watch, done } = setUp();
    watch.missedLoss();
    expect(watch.isLive).toBe(false);
    await watch.whenLive();
    expect(done).toEqual(['restore', 'restored']);
  });

  test('that cannot be restored says why', async () => {
    const { watch, done, lose, giveBack } = setUp(() => Promise.reject(new Error('no memory')));
    lose();
    giveBack();
    await vi.waitFor(() => expect(done).toContain('failed: Error: no memory'));
    expect(watch.isLive).toBe(false);
  });

  test('is released', () => {
    const { watch, done, lose } = setUp();
    watch.dispose();
    expect(watch.isLive).toBe(false);
    expect(lose()).toBe(true);
    expect(done).toEqual([]);
  });
});
