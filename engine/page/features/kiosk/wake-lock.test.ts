import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SteppedClock } from '../../../core/clock.ts';
import { WakeLock } from './wake-lock.ts';

/** A lock as a browser grants and releases it. */
class PaperLock extends EventTarget {
  released = false;

  release(): Promise<void> {
    this.released = true;
    this.dispatchEvent(new Event('release'));
    return Promise.resolve();
  }
}

class PaperDocument extends EventTarget {
  hidden = false;

  show(isShown: boolean): void {
    this.hidden = !isShown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let locks: PaperLock[] = [];
let isRefused = false;
let page: PaperDocument;
let clock: SteppedClock;
let wakeLock: WakeLock;

/** Waits until pending requests are answered. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  locks = [];
  isRefused = false;
  page = new PaperDocument();
  clock = new SteppedClock();
  vi.stubGlobal('document', page);
  const request = (): Promise<PaperLock> => {
    if (isRefused) return Promise.reject(new DOMException('The battery is low.', 'NotAllowedError'));
    const lock = new PaperLock();
    locks.push(lock);
    return Promise.resolve(lock);
  };
  vi.stubGlobal('navigator', { wakeLock: { request } });
  wakeLock = new WakeLock(clock);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the wake lock', () => {
  it('is held while it is wanted, and released when it is not', async () => {
    expect(wakeLock.held).toBe(false);
    wakeLock.wanted = true;
    await settle();
    expect(wakeLock.held).toBe(true);
    wakeLock.wanted = false;
    await settle();
    expect(wakeLock.held).toBe(false);
    expect(locks.map(({ released }) => released)).toEqual([true]);
  });

  it('is asked for again when the page is seen again', async () => {
    wakeLock.wanted = true;
    await settle();
    page.hidden = true;
    await locks[0]?.release();
    await settle();
    expect(wakeLock.held).toBe(false);
    page.show(true);
    await settle();
    expect(wakeLock.held).toBe(true);
    expect(locks.length).toBe(2);
  });

  it('is asked for again after a refusal, in time', async () => {
    isRefused = true;
    wakeLock.wanted = true;
    await settle();
    isRefused = false;
    clock.advance(29_000);
    await settle();
    expect(wakeLock.held).toBe(false);
    clock.advance(1000);
    await settle();
    expect(wakeLock.held).toBe(true);
  });

  it('is not asked for again outside the opening hours, however often the page is seen', async () => {
    wakeLock.wanted = true;
    await settle();
    wakeLock.wanted = false;
    page.show(false);
    page.show(true);
    clock.advance(3_600_000);
    await settle();
    expect(wakeLock.held).toBe(false);
    expect(locks.length).toBe(1);
  });

  it('is given back at once where it has become unwanted while it was asked for', async () => {
    wakeLock.wanted = true;
    wakeLock.wanted = false;
    await settle();
    expect(wakeLock.held).toBe(false);
    expect(locks.map(({ released }) => released)).toEqual([true]);
  });

  it('is done without where the browser has none', async () => {
    vi.stubGlobal('navigator', {});
    wakeLock.wanted = true;
    await settle();
    expect(wakeLock.held).toBe(false);
  });
});
