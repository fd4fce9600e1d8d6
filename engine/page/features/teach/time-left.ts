/** Estimates how long a course still takes, with the rests that it makes. */
import type { TeachProgress } from '../../../learning/teach/teacher.ts';

/** How much the latest step counts. */
const SMOOTHING = 0.2;

export class TimeLeft {
  #last: { readonly seconds: number; readonly now: number } | null = null;
  /** How many seconds a second of learning takes. */
  #pace = 1;

  /**
   * Call this for each training step.
   *
   * @param now the time, seconds
   * @returns seconds, or null while nothing is known
   */
  estimate({ share, seconds }: Pick<TeachProgress, 'share' | 'seconds'>, now: number): number | null {
    if (this.#last && seconds > this.#last.seconds) {
      const pace = (now - this.#last.now) / (seconds - this.#last.seconds);
      this.#pace += SMOOTHING * (pace - this.#pace);
    }
    this.#last = { seconds, now };
    return share > 0 ? (this.#pace * seconds * (1 - share)) / share : null;
  }
}
