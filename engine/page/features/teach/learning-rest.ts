/** Lets learning rest: while somebody draws, and for as long as the canvas needs to keep half of its steps. */
import type { Cancel, Clock } from '../../../core/clock.ts';
import type { Teacher } from '../../../learning/teach/teacher.ts';

/** Learning pauses for this long after each piece of a stroke, so that the brush gets the processors. */
const BRUSH_MILLISECONDS = 250;

/** The canvas keeps this share of its steps a second; a little more than half, since rates scatter. */
const KEPT_SHARE = 0.65;

/** How often the canvas's rate is looked at. It is counted over a second. */
const LOOK_MILLISECONDS = 1200;

/** How much of what the canvas lacks is added to the share of the time that learning rests, and the largest share. */
const GAIN = 0.8;
const MOST_REST = 0.85;

export class LearningRest {
  readonly #teacher: Pick<Teacher, 'pause' | 'resume' | 'rest'>;
  readonly #clock: Clock;
  readonly #stepsPerSecond: () => number;
  readonly #wantedSteps: () => number;
  /** The share of the time that learning rests. */
  #share = 0;
  #strokedAt = 0;
  #cancelLook: Cancel;
  #cancelPause: Cancel | null = null;

  /**
   * @param stepsPerSecond what the canvas makes
   * @param wantedSteps what it would make a second if nothing was learnt
   */
  constructor(
    teacher: Pick<Teacher, 'pause' | 'resume' | 'rest'>,
    clock: Clock,
    stepsPerSecond: () => number,
    wantedSteps: () => number,
  ) {
    this.#teacher = teacher;
    this.#clock = clock;
    this.#stepsPerSecond = stepsPerSecond;
    this.#wantedSteps = wantedSteps;
    this.#cancelLook = clock.after(LOOK_MILLISECONDS, () => this.#look());
  }

  /** Call this for each piece of a stroke. */
  stroked(): void {
    this.#strokedAt = this.#clock.now();
    if (this.#cancelPause) return;
    this.#teacher.pause();
    this.#waitForBrush();
  }

  end(): void {
    this.#cancelLook();
    this.#cancelPause?.();
    this.#cancelPause = null;
  }

  #look(): void {
    const aim = KEPT_SHARE * this.#wantedSteps();
    const lack = aim > 0 ? 1 - this.#stepsPerSecond() / aim : -1;
    const share = Math.min(MOST_REST, Math.max(0, this.#share + GAIN * lack));
    if (share !== this.#share) this.#teacher.rest(share);
    this.#share = share;
    this.#cancelLook = this.#clock.after(LOOK_MILLISECONDS, () => this.#look());
  }

  #waitForBrush(): void {
    const left = this.#strokedAt + BRUSH_MILLISECONDS - this.#clock.now();
    this.#cancelPause = this.#clock.after(left, () => {
      this.#cancelPause = null;
      if (this.#strokedAt + BRUSH_MILLISECONDS > this.#clock.now()) this.#waitForBrush();
      else this.#teacher.resume();
    });
  }
}
