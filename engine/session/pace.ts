/** How a change of many tiles is made: immediately, or in slices between frames, so that the page stays responsive. */
import type { Cancel, Clock } from '../core/clock.ts';

/** How long a slice of a change may block the page, or how long to wait after each piece of it. */
export interface Timing {
  readonly sliceMilliseconds?: number;
  /** If given, a slice is a single piece of the work, so that one can watch it being done. */
  readonly pauseMilliseconds?: number;
}

export interface Pace {
  /** Whether a change is in progress. */
  readonly isBusy: boolean;
  /**
   * Calls `work` with 0 … count − 1. The first calls are made before this returns, so that a small change is complete
   * immediately.
   *
   * @param sliced called after each slice
   * @param timing by default, a slice is so short that steps, picture and input are not affected
   * @returns a promise that resolves when everything is done or was stopped by {@link stop}, and rejects with what
   * `work` throws
   */
  run(count: number, work: (index: number) => void, sliced: () => void, timing?: Timing): Promise<void>;
  /** Stops the change in progress. */
  stop(): void;
}

/** Does everything in one go. */
export const atOnce: Pace = {
  isBusy: false,
  run(count, work, sliced) {
    for (let index = 0; index < count; index += 1) work(index);
    sliced();
    return Promise.resolve();
  },
  stop: () => undefined,
};

/** A slice leaves most of a frame to the steps, the picture and the input. */
const SLICE_MILLISECONDS = 5;
/** For a change that everything else waits for. */
export const HURRIED_SLICE_MILLISECONDS = 50;
/** The browser runs timers of a tab in the background once a second. There is no frame to be late for in that case. */
const THROTTLED_MILLISECONDS = 500;
const THROTTLED_SLICE_MILLISECONDS = 200;

/** Works in slices of a few milliseconds, one after the other. */
export class InSlices implements Pace {
  readonly #clock: Clock;
  #finish: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isBusy(): boolean {
    return this.#finish !== null;
  }

  async run(
    count: number,
    work: (index: number) => void,
    sliced: () => void,
    { sliceMilliseconds = SLICE_MILLISECONDS, pauseMilliseconds }: Timing = {},
  ): Promise<void> {
    this.stop();
    let isStopped = false;
    let wake: (() => void) | null = null;
    let cancel: Cancel = () => undefined;
    const finish = (): void => {
      isStopped = true;
      cancel();
      wake?.();
    };
    this.#finish = finish;
    let index = 0;
    let endedMilliseconds = this.#clock.now();
    try {
      for (;;) {
        const start = this.#clock.now();
        const isThrottled = start - endedMilliseconds > THROTTLED_MILLISECONDS;
        const slice = isThrottled ? THROTTLED_SLICE_MILLISECONDS : sliceMilliseconds;
        const isOnePiece = pauseMilliseconds !== undefined && !isThrottled;
        while (index < count && this.#clock.now() - start < slice) {
          work(index);
          index += 1;
          if (isOnePiece) break;
        }
        endedMilliseconds = this.#clock.now();
        sliced();
        if (index >= count) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
          cancel = this.#clock.after(pauseMilliseconds ?? 0, resolve);
        });
        if (isStopped) return;
      }
    } finally {
      if (this.#finish === finish) this.#finish = null;
    }
  }

  stop(): void {
    this.#finish?.();
    this.#finish = null;
  }
}
