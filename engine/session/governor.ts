/**
 * What gives way when a device cannot keep up, and what comes back when it can
 * again. The steps a frame give way first, frame by frame (see `pacing.ts`);
 * this is about what comes after them: a coarser picture, then a lighter model.
 *
 * It decides over windows of seconds and never twice on the same evidence. A
 * relief that did not help is taken back. One that did is tried to be lifted
 * after a while; when that was too early the while doubles, so that a device
 * that is throttled now and then settles instead of oscillating.
 */

/** Pixels of the picture along a side, as shares of what the screen has; one after the other. */
export const RESOLUTIONS = [1, 0.75, 0.5] as const;

const WINDOW_MILLISECONDS = 2000;
/** Fewer frames prove nothing; a window lasts until it has them. */
const FEWEST_FRAMES = 4;
/** Of frames that take longer than this two are enough: one may have waited for a device that slept. */
const ENDLESS_MILLISECONDS = 1000;
const FEWEST_ENDLESS_FRAMES = 2;
/** Shares of late frames from which a device is overloaded, and up to which it is at ease. */
const OVERLOADED_SHARE = 0.7;
const EASY_SHARE = 0.05;
/** A relief has to save this share of a frame's time to be kept. */
const WORTHWHILE_SHARE = 0.1;
/** Up to which time a frame is worth what a heavier model answers better. */
const SLOW_MILLISECONDS = 50;
/** While the picture is a smaller share of a frame than this, drawing less of it cannot help. */
const SMALLEST_DRAW_SHARE = 0.15;
/** After which time at ease a relief is lifted; doubled each time that it was too early. */
const FIRST_PATIENCE_MILLISECONDS = 20_000;
const LONGEST_PATIENCE_MILLISECONDS = 1_280_000;
/** Time between frames in which none was under way; longer than this it was no time of work. */
const LONGEST_GAP_MILLISECONDS = 1000;

/** What to change now. */
export type Relief = 'coarser' | 'finer' | 'lighter';

/** One frame's work, done. */
export interface FrameReport {
  /** What the GPU has worked at it, as far as that is known, else as `elapsedMilliseconds`. */
  milliseconds: number;
  /** From its issue until the page has seen it done, by the clock. */
  elapsedMilliseconds: number;
  /** Whether it was in time. */
  late: boolean;
  /** Whether it held no more steps than one, so that fewer steps cannot help. */
  least: boolean;
  /** The picture's share of the GPU's time, or null where that is not known. */
  drawShare: number | null;
}

export class Governor {
  #level = 0;
  /** No resolution further down has helped, or can help. */
  #resolutionIsSpent = false;
  #lighterIsSpent = false;
  /** A frame's time before the relief that is on trial, or null if none is. */
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

  /** The picture's resolution at present, of {@link RESOLUTIONS}. */
  get resolution(): number {
    return RESOLUTIONS[this.#level];
  }

  /** Takes a frame into account; returns what to change, mostly nothing. */
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

  /** The page stands still, or is not seen: frames from before and after do not make one window. */
  rest(): void {
    this.#windowStartMilliseconds = null;
  }

  /** Another model or canvas: what was learnt of the old one does not hold. */
  relearn(): void {
    this.#resolutionIsSpent = false;
    this.#lighterIsSpent = false;
    this.#beforeMilliseconds = null;
    this.#easySinceMilliseconds = null;
    this.#windowStartMilliseconds = null;
  }

  /** Everything as at first. */
  reset(): void {
    this.#level = 0;
    this.#patienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
    this.#liftedMilliseconds = -Infinity;
    this.relearn();
  }

  /** There is no lighter model, or it is not to be taken. */
  refuseLighter(): void {
    this.#lighterIsSpent = true;
  }

  #decide(now: number): Relief | null {
    // Without the longest: one frame may have waited for a device that slept, and would make any relief look helpful.
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
