/** How the exhibit fares, from what its page tells. */
import type { Heartbeat } from '../../app/kiosk/heartbeat.ts';

/**
 * `starting`: nothing was heard of this browser yet. `alive`: all is well. `silent`: the page is not heard any more.
 * `stalled`: it is heard, but shows no frames. `failed`: it says itself that it could not start.
 */
export type HealthStatus = 'starting' | 'alive' | 'silent' | 'stalled' | 'failed';

export interface HealthLimits {
  /**
   * A page that was not heard for longer is silent; one without frames for as long is stalled. One whose heartbeats
   * have come late, as on a busy machine, is given somewhat longer.
   */
  readonly silenceSeconds: number;
}

/** A page is silent after so many of the longest of its last gaps between heartbeats … */
const GAPS = 2.5;
/** … which are so many … */
const REMEMBERED_GAPS = 12;
/** … but is not waited for longer than so many times `silenceSeconds`. */
const MOST_PATIENCE = 1.5;

/** What `/health` answers. */
export interface HealthReport {
  readonly status: HealthStatus;
  /** Since the last heartbeat; null before the first. */
  readonly heardSecondsAgo: number | null;
  readonly serverUptimeSeconds: number;
  /** Times that the browser was started by this launcher. */
  readonly browserStarts: number;
  readonly page: Heartbeat | null;
}

export class HealthBook {
  readonly #limits: HealthLimits;
  readonly #startMilliseconds: number;
  #heartbeat: Heartbeat | null = null;
  #heardMilliseconds = 0;
  #heartbeats = 0;
  #browserStarts = 0;
  #gapSeconds: number[] = [];

  constructor(limits: HealthLimits, nowMilliseconds: number) {
    this.#limits = limits;
    this.#startMilliseconds = nowMilliseconds;
  }

  /** Heartbeats that were heard. */
  get heartbeats(): number {
    return this.#heartbeats;
  }

  /** The page was heard. */
  hear(heartbeat: Heartbeat, nowMilliseconds: number): void {
    if (this.#heartbeat) {
      const gap = (nowMilliseconds - this.#heardMilliseconds) / 1000;
      this.#gapSeconds = [...this.#gapSeconds, gap].slice(-REMEMBERED_GAPS);
    }
    this.#heartbeat = heartbeat;
    this.#heardMilliseconds = nowMilliseconds;
    this.#heartbeats += 1;
  }

  /** The browser was started again: what the page of the former one said counts no more. */
  browserStarted(count: number): void {
    this.#browserStarts = count;
    this.#heartbeat = null;
    this.#gapSeconds = [];
  }

  report(nowMilliseconds: number): HealthReport {
    const heard = this.#heartbeat ? (nowMilliseconds - this.#heardMilliseconds) / 1000 : null;
    return {
      status: this.#status(heard),
      heardSecondsAgo: heard,
      serverUptimeSeconds: (nowMilliseconds - this.#startMilliseconds) / 1000,
      browserStarts: this.#browserStarts,
      page: this.#heartbeat,
    };
  }

  #status(heardSecondsAgo: number | null): HealthStatus {
    const patience = this.#patienceSeconds;
    if (!this.#heartbeat || heardSecondsAgo === null) return 'starting';
    if (heardSecondsAgo > patience) return 'silent';
    if (this.#heartbeat.mode === 'failed') return 'failed';
    return this.#heartbeat.frameAgeSeconds > patience ? 'stalled' : 'alive';
  }

  get #patienceSeconds(): number {
    const { silenceSeconds } = this.#limits;
    const usual = GAPS * Math.max(0, ...this.#gapSeconds);
    return Math.min(MOST_PATIENCE * silenceSeconds, Math.max(silenceSeconds, usual));
  }
}
