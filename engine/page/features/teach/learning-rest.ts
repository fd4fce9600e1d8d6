/** Lets learning rest: while somebody draws, and for as long as the canvas needs to keep half of its steps. */
import type { Cancel, Clock } from '../../../core/clock.ts';
import type { Teacher } from '../../../learning/teach/teacher.ts';

/** Learning rests for this long after each piece of a stroke, so that the brush gets the processors. */
const BRUSH_MILLISECONDS = 250;

/** The canvas keeps this share of its steps a second; a little more than half, since rates scatter. */
const KEPT_SHARE = 0.65;

/** How often the canvas's rate is looked at. It is counted over a second. */
const LOOK_MILLISECONDS = 1200;

/** How much of what the canvas lacks is added to the share of the time that learning rests, and the largest share. */
const GAIN = 0.8;
const MOST_REST = 0.85;

export class LearningRest {
  readonly #teacher: Pick<Teacher, 'pause' | 'resume'>;
  readonly #clock: Clock;
  readonly #stepsPerSecond: () => number;
  readonly #wantedSteps: () => number;
  /** The share of the time that learning rests. */
  #share = 0;
  #lookedAt: number;
  #learnt = 0;
  #untilMilliseconds = 0;
  #cancel: Cancel | null = null;

  /**
   * @param stepsPerSecond what the canvas makes
   * @param wantedSteps what it would make a second if nothing was learnt
   */
  constructor(
    teacher: Pick<Teacher, 'pause' | 'resume'>,
    clock: Clock,
    stepsPerSecond: () => number,
    wantedSteps: () => number,
  ) {
    this.#teacher = teacher;
    this.#clock = clock;
    this.#stepsPerSecond = stepsPerSecond;
    this.#wantedSteps = wantedSteps;
    this.#lookedAt = clock.now();
  }

  /** Call this for each piece of a stroke. */
  stroked(): void {
    this.#rest(BRUSH_MILLISECONDS);
  }

  /**
   * Call this after each training step.
   *
   * @param seconds of learning until now, without rests
   */
  learnt(seconds: number): void {
    const took = 1000 * (seconds - this.#learnt);
    this.#learnt = seconds;
    const now = this.#clock.now();
    if (now - this.#lookedAt >= LOOK_MILLISECONDS) {
      this.#lookedAt = now;
      const aim = KEPT_SHARE * this.#wantedSteps();
      const lack = aim > 0 ? 1 - this.#stepsPerSecond() / aim : -1;
      this.#share = Math.min(MOST_REST, Math.max(0, this.#share + GAIN * lack));
    }
    if (this.#share > 0) this.#rest((took * this.#share) / (1 - this.#share));
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #rest(milliseconds: number): void {
    this.#untilMilliseconds = Math.max(this.#untilMilliseconds, this.#clock.now() + milliseconds);
    if (this.#cancel) return;
    this.#teacher.pause();
    this.#wait();
  }

  #wait(): void {
    const left = this.#untilMilliseconds - this.#clock.now();
    this.#cancel = this.#clock.after(left, () => {
      this.#cancel = null;
      if (this.#untilMilliseconds > this.#clock.now()) this.#wait();
      else this.#teacher.resume();
    });
  }
}
