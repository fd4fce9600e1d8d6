/**
 * Decides what to reduce when a device cannot keep up, and what to restore when it can again. The number of steps per
 * frame is reduced first, frame by frame (see `pacing.ts`). This class decides what comes after that: a coarser
 * picture, then a lighter model.
 *
 * It decides over windows of seconds and never twice on the same evidence. A relief that did not help is reverted. A
 * relief that helped is lifted on trial after a while. If that was too early, the waiting time doubles, so that a
 * device that is throttled now and then settles instead of oscillating.
 */

/** The picture's pixels along a side as shares of the screen's pixels, in the order in which they are tried. */
export const RESOLUTIONS = [1, 0.75, 0.5] as const;

const WINDOW_MILLISECONDS = 2000;
/** Fewer frames prove nothing; a window lasts until it has this many. */
const FEWEST_FRAMES = 4;
/** If frames take longer than this, two of them are enough: one may have waited for a device that slept. */
const ENDLESS_MILLISECONDS = 1000;
const FEWEST_ENDLESS_FRAMES = 2;
/** The share of late frames from which a device is overloaded, and the share up to which it is at ease. */
const OVERLOADED_SHARE = 0.7;
const EASY_SHARE = 0.05;
/** A relief has to save this share of a frame's time to be kept. */
const WORTHWHILE_SHARE = 0.1;
/** Up to this time per frame, the better answers of a heavier model are worth it. */
const SLOW_MILLISECONDS = 50;
/** If the picture takes a smaller share of a frame than this, drawing less of it cannot help. */
const SMALLEST_DRAW_SHARE = 0.15;
/**
 * How long a device has to be at ease before a relief is lifted. The time doubles each time that this was too early.
 */
const FIRST_PATIENCE_MILLISECONDS = 20_000;
const LONGEST_PATIENCE_MILLISECONDS = 1_280_000;
/** A gap between frames that is longer than this was not spent on work. */
const LONGEST_GAP_MILLISECONDS = 1000;

/** What to change now. */
export type Relief = 'coarser' | 'finer' | 'lighter';

/** A report on the finished work of one frame. */
export interface FrameReport {
  /**
   * The time of the frame: by the GPU's clock if it has one, otherwise `elapsedMilliseconds`. For a long frame of a slow
   * device, it is the share of one step.
   */
  milliseconds: number;
  /** The time from issuing the frame until the page has seen that it is done, by the clock. */
  elapsedMilliseconds: number;
  /** Whether the frame was late. */
  late: boolean;
  /** Whether the frame had at most one step, so that fewer steps cannot help. */
  least: boolean;
  /** The picture's share of the GPU time, or null if it is unknown. */
  drawShare: number | null;
}

export class Governor {
  #level = 0;
  /** Whether no lower resolution has helped or can help. */
  #resolutionIsSpent = false;
  #lighterIsSpent = false;
  /** The time per frame before the relief that is on trial, or null if none is. */
  #beforeMilliseconds: number | null = null;
  #liftedMilliseconds = -Infinity;
  #patienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
  #easySinceMilliseconds: number | null = null;

  #windowStartMilliseconds: number | null = null;
  #lastMilliseconds = 0;
  #frames = 0;
  #lateFrames = 0;
  #leastFrames = 0;
  #totalMilliseconds = 0;
  #longestMilliseconds = 0;
  #drawShare: number | null = null;

  /** The present resolution of the picture, one of {@link RESOLUTIONS}. */
  get resolution(): number {
    return RESOLUTIONS[this.#level];
  }

  /** Takes a frame into account. Returns what to change, which is usually nothing. */
  observe(nowMilliseconds: number, report: Readonly<FrameReport>): Relief | null {
    const gap = nowMilliseconds - this.#lastMilliseconds - report.elapsedMilliseconds;
    this.#lastMilliseconds = nowMilliseconds;
    if (this.#windowStartMilliseconds === null || gap > LONGEST_GAP_MILLISECONDS) this.#restart(nowMilliseconds);
    this.#frames += 1;
    this.#lateFrames += Number(report.late);
    this.#leastFrames += Number(report.least);
    this.#totalMilliseconds += report.milliseconds;
    this.#longestMilliseconds = Math.max(this.#longestMilliseconds, report.milliseconds);
    this.#drawShare = report.drawShare;
    const elapsed = nowMilliseconds - (this.#windowStartMilliseconds ?? nowMilliseconds);
    const areEndless = this.#totalMilliseconds > this.#frames * ENDLESS_MILLISECONDS;
    const fewest = areEndless ? FEWEST_ENDLESS_FRAMES : FEWEST_FRAMES;
    if (elapsed < WINDOW_MILLISECONDS || this.#frames < fewest) return null;
    const relief = this.#decide(nowMilliseconds);
    this.#restart(nowMilliseconds);
    return relief;
  }

  /** Call this when the page is paused or hidden: frames from before and after do not belong to the same window. */
  rest(): void {
    this.#windowStartMilliseconds = null;
  }

  /** Forgets what was learned about the previous model or canvas. */
  relearn(): void {
    this.#resolutionIsSpent = false;
    this.#lighterIsSpent = false;
    this.#beforeMilliseconds = null;
    this.#easySinceMilliseconds = null;
    this.#windowStartMilliseconds = null;
  }

  /** Resets everything to the initial state. */
  reset(): void {
    this.#level = 0;
    this.#patienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
    this.#liftedMilliseconds = -Infinity;
    this.relearn();
  }

  /** Call this if there is no lighter model, or if it must not be used. */
  refuseLighter(): void {
    this.#lighterIsSpent = true;
  }

  #decide(now: number): Relief | null {
    // The longest frame is left out: it may have waited for a device that slept, and would make any relief look
    // helpful.
    const mean = (this.#totalMilliseconds - this.#longestMilliseconds) / (this.#frames - 1);
    const lateShare = this.#lateFrames / this.#frames;
    const isOverloaded = lateShare >= OVERLOADED_SHARE && this.#leastFrames === this.#frames;
    const before = this.#beforeMilliseconds;
    this.#beforeMilliseconds = null;
    if (before !== null && isOverloaded && mean > before * (1 - WORTHWHILE_SHARE)) {
      this.#resolutionIsSpent = true;
      return this.#finer();
    }
    if (isOverloaded) {
      this.#easySinceMilliseconds = null;
      if (now - this.#liftedMilliseconds < 3 * WINDOW_MILLISECONDS) {
        this.#liftedMilliseconds = -Infinity;
        this.#patienceMilliseconds = Math.min(LONGEST_PATIENCE_MILLISECONDS, 2 * this.#patienceMilliseconds);
      }
      return this.#relieve(mean);
    }
    if (lateShare > EASY_SHARE) {
      this.#easySinceMilliseconds = null;
      return null;
    }
    this.#easySinceMilliseconds ??= now;
    if (this.#level === 0 || now - this.#easySinceMilliseconds < this.#patienceMilliseconds) return null;
    this.#easySinceMilliseconds = null;
    this.#liftedMilliseconds = now;
    return this.#finer();
  }

  #relieve(mean: number): Relief | null {
    const canHelp = this.#drawShare === null || this.#drawShare >= SMALLEST_DRAW_SHARE;
    if (!this.#resolutionIsSpent && canHelp && this.#level < RESOLUTIONS.length - 1) {
      this.#level += 1;
      this.#beforeMilliseconds = mean;
      return 'coarser';
    }
    return this.#lighterIsSpent || mean <= SLOW_MILLISECONDS ? null : 'lighter';
  }

  #finer(): Relief {
    this.#level -= 1;
    return 'finer';
  }

  #restart(now: number): void {
    this.#windowStartMilliseconds = now;
    this.#frames = 0;
    this.#lateFrames = 0;
    this.#leastFrames = 0;
    this.#totalMilliseconds = 0;
    this.#longestMilliseconds = 0;
  }
}
