/**
 * Keeps track of who is using the exhibit: nobody, while the show plays; a guest; a guest who seems to have left and is
 * warned; or nobody, because it is closed.
 */

export type Mode = 'show' | 'guest' | 'warning' | 'closed';

export interface AttendanceOptions {
  /** A guest is warned after this time without a touch … */
  readonly idleSeconds: number;
  /** … and the show continues this long after the warning. */
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

  /** Seconds until the show continues, while a guest is warned; otherwise null. */
  secondsLeft(nowMilliseconds: number): number | null {
    if (this.#mode !== 'warning') return null;
    const { idleSeconds, warningSeconds } = this.#options;
    return Math.max(0, idleSeconds + warningSeconds - (nowMilliseconds - this.#lastTouchMilliseconds) / 1000);
  }

  /** Call when the exhibit is touched. */
  touch(nowMilliseconds: number): void {
    if (this.#mode === 'closed') return;
    this.#lastTouchMilliseconds = nowMilliseconds;
    this.#become('guest');
  }

  /** Updates the mode; call a few times a second. */
  update(nowMilliseconds: number, isOpen: boolean): void {
    const { idleSeconds, warningSeconds } = this.#options;
    if (!isOpen) {
      this.#become('closed');
      return;
    }
    if (this.#mode === 'closed') this.#become('show');
    if (this.#mode === 'show') return;
    const idle = (nowMilliseconds - this.#lastTouchMilliseconds) / 1000;
    // A clock that was set back says nothing about the guest.
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
