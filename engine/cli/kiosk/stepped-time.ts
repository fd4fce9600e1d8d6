/** Steps the time of a page, so that hours pass in minutes: timers, frames, `performance.now` and `Date`. */
import type { Page } from 'playwright';

interface SteppedTime {
  /** Lets a number of frames pass. The GPU finishes each frame before the next one starts. */
  pass(frames: number, frameMilliseconds: number): Promise<void>;
  /** Lets time pass by itself from now on, with the frames of the screen. */
  release(): void;
}

type WithTime = Window & { steppedTime: SteppedTime };

/** Call before the page is opened; its time then stands still until {@link passFrames}. */
export async function stepTime(page: Page): Promise<void> {
  // The on-the-fly compiler of this file names functions with a helper that the page does not have.
  await page.addInitScript({ content: 'globalThis.__name ??= (named) => named;' });
  await page.addInitScript(install);
}

export async function passFrames(page: Page, frames: number, frameMilliseconds: number): Promise<void> {
  await page.evaluate(
    ([count, milliseconds]) => (window as unknown as WithTime).steppedTime.pass(count, milliseconds),
    [frames, frameMilliseconds] as const,
  );
}

/** Lets the page's time pass by itself; it cannot be stepped after that. */
export async function releaseTime(page: Page): Promise<void> {
  await page.evaluate(() => {
    (window as unknown as WithTime).steppedTime.release();
  });
}

/** Runs in the page. */
function install(): void {
  interface Timer {
    due: number;
    readonly every: number | null;
    readonly run: () => void;
  }
  const realTimeout = window.setTimeout.bind(window);
  const realFrame = window.requestAnimationFrame.bind(window);
  const start = Date.now();
  let now = 0;
  let handles = 0;
  const timers = new Map<number, Timer>();
  let frames = new Map<number, FrameRequestCallback>();
  const add = (run: unknown, milliseconds: unknown, every: boolean, rest: unknown[]): number => {
    handles += 1;
    const wait = Math.max(0, Number(milliseconds ?? 0) || 0);
    const call = (): void => {
      if (typeof run === 'function') (run as (...values: unknown[]) => void)(...rest);
    };
    timers.set(handles, { due: now + wait, every: every ? Math.max(1, wait) : null, run: call });
    return handles;
  };
  const remove = (handle: unknown): void => {
    timers.delete(Number(handle));
  };
  const RealDate = Date;
  class SteppedDate extends RealDate {
    constructor(...values: unknown[]) {
      super(...((values.length === 0 ? [start + now] : values) as [number]));
    }

    static override now(): number {
      return start + now;
    }
  }
  Object.assign(window, {
    setTimeout: (run: unknown, milliseconds?: unknown, ...rest: unknown[]) => add(run, milliseconds, false, rest),
    setInterval: (run: unknown, milliseconds?: unknown, ...rest: unknown[]) => add(run, milliseconds, true, rest),
    clearTimeout: remove,
    clearInterval: remove,
    requestAnimationFrame: (callback: FrameRequestCallback) => {
      handles += 1;
      frames.set(handles, callback);
      return handles;
    },
    cancelAnimationFrame: (handle: number) => {
      frames.delete(handle);
    },
    Date: SteppedDate,
  });
  performance.now = () => now;

  /** Lets the browser process pending promises, events and fences that the GPU has passed. */
  const turn = (): Promise<void> => new Promise((resolve) => realTimeout(resolve, 1));
  const runTimers = (): void => {
    // Timers that are set by a timer run in the next frame.
    const due = [...timers].filter(([, timer]) => timer.due <= now).sort(([, one], [, other]) => one.due - other.due);
    for (const [handle, timer] of due) {
      if (!timers.has(handle)) continue;
      if (timer.every === null) timers.delete(handle);
      else timer.due = now + timer.every;
      timer.run();
    }
  };
  let gl: WebGL2RenderingContext | null = null;
  const pixel = new Uint8Array(4);
  /** Waits until the GPU has finished its work. */
  const done = async (): Promise<void> => {
    gl ??= document.querySelector<HTMLCanvasElement>('#canvas')?.getContext('webgl2') ?? null;
    const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!gl || !fence) return turn();
    do {
      // The browser's own `finish` waits for nothing, and a fence is only looked at when there is something to do.
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      await turn();
    } while (gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED);
    gl.deleteSync(fence);
  };
  const moveOn = (milliseconds: number): void => {
    now += milliseconds;
    runTimers();
    const due = frames;
    frames = new Map();
    for (const callback of due.values()) callback(now);
  };
  const steppedTime: SteppedTime = {
    async pass(count, frameMilliseconds) {
      for (let frame = 0; frame < count; frame += 1) {
        moveOn(frameMilliseconds);
        await done();
      }
    },
    release() {
      let before: number | null = null;
      const follow = (milliseconds: number): void => {
        realFrame(follow);
        moveOn(milliseconds - (before ?? milliseconds));
        before = milliseconds;
      };
      realFrame(follow);
    },
  };
  Object.assign(window, { steppedTime });
}
