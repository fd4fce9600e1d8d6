/** Keeps the screen awake while this is wanted and the page is visible. */
import type { Clock } from '../../../core/clock.ts';

/** The time until the lock is requested again after a refusal, for example on a low battery. */
const RETRY_MILLISECONDS = 30_000;

export class WakeLock {
  readonly #clock: Clock;
  #lock: WakeLockSentinel | null = null;
  #wanted = false;
  #asking = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    // Browsers release the lock whenever the page is hidden.
    document.addEventListener('visibilitychange', () => this.#ask());
  }

  get held(): boolean {
    return this.#lock !== null;
  }

  set wanted(wanted: boolean) {
    this.#wanted = wanted;
    if (wanted) {
      this.#ask();
      return;
    }
    const lock = this.#lock;
    this.#lock = null;
    lock?.release().catch(() => undefined);
  }

  #ask(): void {
    if (!this.#wanted || this.#lock || this.#asking || document.hidden || !('wakeLock' in navigator)) return;
    this.#asking = true;
    navigator.wakeLock.request('screen').then(
      (lock) => {
        this.#asking = false;
        this.#take(lock);
      },
      () => {
        this.#asking = false;
        this.#clock.after(RETRY_MILLISECONDS, () => this.#ask());
      },
    );
  }

  #take(lock: WakeLockSentinel): void {
    this.#lock = lock;
    lock.addEventListener('release', () => {
      if (this.#lock !== lock) return;
      this.#lock = null;
      this.#ask();
    });
    // It may have become unwanted while the request was pending.
    if (!this.#wanted) this.wanted = false;
  }
}
