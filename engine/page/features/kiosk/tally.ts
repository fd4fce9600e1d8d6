/** Counts what guests have done since the page was loaded, and nothing about who they are. */
import type { Mode } from './attendance.ts';

/** Longer gaps, as when the machine sleeps, do not count as play. */
const LONGEST_STEP_SECONDS = 5;

export class Tally {
  #touches = 0;
  #digitsRead = 0;
  #playSeconds = 0;
  #lastMilliseconds: number | null = null;

  /** The counts for the heartbeat. */
  get counts(): { readonly touches: number; readonly digitsRead: number; readonly playSeconds: number } {
    return { touches: this.#touches, digitsRead: this.#digitsRead, playSeconds: this.#playSeconds };
  }

  /** Call when the screen was touched. */
  touched(): void {
    this.#touches += 1;
  }

  /** Call when the cells have named a digit that a guest wrote. */
  digitRead(): void {
    this.#digitsRead += 1;
  }

  /** Counts the time of play; call a few times a second. */
  update(nowMilliseconds: number, mode: Mode): void {
    const step = this.#lastMilliseconds === null ? 0 : (nowMilliseconds - this.#lastMilliseconds) / 1000;
    this.#lastMilliseconds = nowMilliseconds;
    if (mode === 'guest' && step > 0 && step <= LONGEST_STEP_SECONDS) this.#playSeconds += step;
  }
}
