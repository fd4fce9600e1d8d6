/** What guests have done since the page was loaded: how much, and nothing of who. */
import type { Mode } from './attendance.ts';

/** Time that the page has stood still, as in a sleeping machine, is nobody's play. */
const LONGEST_STEP_SECONDS = 5;

export class Tally {
  #touches = 0;
  #digitsRead = 0;
  #playSeconds = 0;
  #lastMilliseconds: number | null = null;

  /** For the heartbeat. */
  get counts(): { readonly touches: number; readonly digitsRead: number; readonly playSeconds: number } {
    return { touches: this.#touches, digitsRead: this.#digitsRead, playSeconds: this.#playSeconds };
  }

  /** Somebody has touched the screen. */
  touched(): void {
    this.#touches += 1;
  }

  /** The cells have named a digit that a guest wrote. */
  digitRead(): void {
    this.#digitsRead += 1;
  }

  /** Time goes by: call a few times a second. */
  update(nowMilliseconds: number, mode: Mode): void {
    const step = this.#lastMilliseconds === null ? 0 : (nowMilliseconds - this.#lastMilliseconds) / 1000;
    this.#lastMilliseconds = nowMilliseconds;
    if (mode === 'guest' && step > 0 && step <= LONGEST_STEP_SECONDS) this.#playSeconds += step;
  }
}
