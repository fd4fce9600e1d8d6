/** The source of time: real, or stepped by a test. Everything that waits or measures uses a clock. */

/** Cancels a request. Has no effect once the request has been answered. */
export type Cancel = () => void;

export interface Clock {
  /** Milliseconds since some fixed moment. The value never decreases. */
  now(): number;
  /** Calls back once, before the next picture is shown. */
  requestFrame(callback: (nowMilliseconds: number) => void): Cancel;
  /** Calls back once, after at least this time. */
  after(milliseconds: number, callback: () => void): Cancel;
}

/** The browser's time. */
export class RealClock implements Clock {
  now(): number {
    return performance.now();
  }

  requestFrame(callback: (nowMilliseconds: number) => void): Cancel {
    // The time is read again, because the one passed by the browser is the start of the frame, which may be before an
    // earlier now().
    const handle = requestAnimationFrame(() => callback(performance.now()));
    return () => cancelAnimationFrame(handle);
  }

  after(milliseconds: number, callback: () => void): Cancel {
    const handle = setTimeout(callback, milliseconds);
    return () => clearTimeout(handle);
  }
}

interface Timer {
  dueMilliseconds: number;
  callback: () => void;
}

/** A time that stands still until a test advances it. */
export class SteppedClock implements Clock {
  #now: number;
  #frames = new Set<(nowMilliseconds: number) => void>();
  #timers = new Set<Timer>();

  constructor(startMilliseconds = 0) {
    this.#now = startMilliseconds;
  }

  now(): number {
    return this.#now;
  }

  requestFrame(callback: (nowMilliseconds: number) => void): Cancel {
    this.#frames.add(callback);
    return () => this.#frames.delete(callback);
  }

  after(milliseconds: number, callback: () => void): Cancel {
    const timer = { dueMilliseconds: this.#now + milliseconds, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Advances the time, runs the timers that are due, in order, then the requested frames. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#nextTimer(end); next; next = this.#nextTimer(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.dueMilliseconds);
      next.callback();
    }
    this.#now = end;
    const frames = [...this.#frames];
    this.#frames.clear();
    for (const frame of frames) frame(end);
  }

  #nextTimer(endMilliseconds: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMilliseconds > endMilliseconds) continue;
      if (!first || timer.dueMilliseconds < first.dueMilliseconds) first = timer;
    }
    return first;
  }
}
