/**
 * A clock that stops while nobody sees the element. No frames are drawn meanwhile, and none have to be caught up
 * afterwards.
 */
import { type Cancel, type Clock, RealClock } from '../index.ts';

export class SightClock implements Clock {
  readonly #real = new RealClock();
  readonly #waiting = new Set<() => void>();
  #stoodStillMilliseconds = 0;
  /** The time when the clock was stopped, or null. */
  #stopped: number | null = null;

  now(): number {
    return (this.#stopped ?? this.#real.now()) - this.#stoodStillMilliseconds;
  }

  requestFrame(callback: (nowMilliseconds: number) => void): Cancel {
    let cancel: Cancel = () => this.#waiting.delete(request);
    const request = (): void => {
      cancel = this.#real.requestFrame(() => callback(this.now()));
    };
    if (this.#stopped === null) request();
    else this.#waiting.add(request);
    return () => cancel();
  }

  /** Timers keep running. While the time stands still, no steps become due, so nothing is drawn in them. */
  after(milliseconds: number, callback: () => void): Cancel {
    return this.#real.after(milliseconds, callback);
  }

  stop(): void {
    this.#stopped ??= this.#real.now();
  }

  go(): void {
    if (this.#stopped === null) return;
    this.#stoodStillMilliseconds += this.#real.now() - this.#stopped;
    this.#stopped = null;
    const requests = [...this.#waiting];
    this.#waiting.clear();
    for (const request of requests) request();
  }
}
