/** Keeps the screen awake while it is wanted and the page is seen. */
import type { Clock } from '../../../core/clock.ts';

/** After a refusal, as on a low battery, it is asked for again. */
const RETRY_MILLISECONDS = 30_000;

export class WakeLock {
  readonly #clock: Clock;
  #lock: WakeLockSentinel | null = null;
  #wanted = false;
  #asking = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    // Browsers take the lock away whenever the page is hidden.
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
    // It may have become unwanted while it was asked for.
    if (!this.#wanted) this.wanted = false;
  }
}
