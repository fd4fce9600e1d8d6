/**
 * Who has the exhibit: nobody, so that the show plays; a guest; a guest who
 * seems to have left and is warned; or nobody, because it is closed.
 */

export type Mode = 'show' | 'guest' | 'warning' | 'closed';

export interface AttendanceOptions {
  /** Without a touch for so long, a guest is warned … */
  readonly idleSeconds: number;
  /** … and so long after that the show goes on. */
  readonly warningSeconds: number;
  /** Called after the mode has changed. */
  readonly changed: (mode: Mode, before: Mode) => void;
}

export class Attendance {
  readonly #options: AttendanceOptions;
  #mode: Mode = 'show';
  #lastTouchMilliseconds = -Infinity;

  constructor(options: AttendanceOptions) {
    this.#options = options;
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** Seconds until the show goes on, while a guest is warned; else null. */
  secondsLeft(nowMilliseconds: number): number | null {
    if (this.#mode !== 'warning') return null;
    const { idleSeconds, warningSeconds } = this.#options;
    return Math.max(0, idleSeconds + warningSeconds - (nowMilliseconds - this.#lastTouchMilliseconds) / 1000);
  }

  /** Somebody touches the exhibit. */
  touch(nowMilliseconds: number): void {
    if (this.#mode === 'closed') return;
    this.#lastTouchMilliseconds = nowMilliseconds;
    this.#become('guest');
  }

  /** Time goes by: call a few times a second. */
  update(nowMilliseconds: number, isOpen: boolean): void {
    const { idleSeconds, warningSeconds } = this.#options;
    if (!isOpen) {
      this.#become('closed');
      return;
    }
    if (this.#mode === 'closed') this.#become('show');
    if (this.#mode === 'show') return;
    const idle = (nowMilliseconds - this.#lastTouchMilliseconds) / 1000;
    // A clock that went back has said nothing about the guest.
    if (idle < 0) this.#lastTouchMilliseconds = nowMilliseconds;
    else if (idle >= idleSeconds + warningSeconds) this.#become('show');
    else if (idle >= idleSeconds) this.#become('warning');
  }

  #become(mode: Mode): void {
    const before = this.#mode;
    if (mode === before) return;
    this.#mode = mode;
    this.#options.changed(mode, before);
  }
}
