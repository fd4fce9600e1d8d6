/** Decides from the health whether the browser has to be restarted. */
import { type HealthReport, isRunning } from './health.ts';

export interface DiagnosisLimits {
  /**
   * How long a browser has until its page is healthy for the first time, or again after the server was unreachable. If
   * a browser is ended for this, the next one has twice as long, because the machine may be slow.
   */
  readonly startSeconds: number;
}

/** The most often that the time for a start is doubled. */
const MOST_DOUBLINGS = 3;

/**
 * How many times in a row a problem has to be seen. After the whole machine has stood still, the page needs a moment to
 * send a heartbeat again.
 */
const CONFIRMATIONS = 3;

/** Examines one browser after the other. */
export class Diagnosis {
  readonly #limits: DiagnosisLimits;
  #wasAlive = false;
  #waitsSinceSeconds = 0;
  #doublings = 0;
  #seen = 0;

  constructor(limits: DiagnosisLimits) {
    this.#limits = limits;
  }

  /** Call when a new browser was started. */
  browserStarted(): void {
    this.#wasAlive = false;
    this.#waitsSinceSeconds = 0;
    this.#seen = 0;
  }

  /**
   * Returns the reason to restart the browser, as a clause, or null.
   * @param report null if the server does not answer, which is not the browser's fault
   * @param ranSeconds seconds since the browser's start
   */
  examine(report: HealthReport | null, ranSeconds: number): string | null {
    if (report === null) {
      this.#wasAlive = false;
      this.#waitsSinceSeconds = ranSeconds;
    }
    if (report && isRunning(report.status)) {
      this.#wasAlive = true;
      this.#doublings = 0;
    }
    if (report === null || isRunning(report.status)) {
      this.#seen = 0;
      return null;
    }
    if (report.status !== 'starting' && this.#wasAlive) {
      this.#seen += 1;
      return this.#seen < CONFIRMATIONS ? null : report.reason;
    }
    const patience = this.#limits.startSeconds * 2 ** this.#doublings;
    if (ranSeconds - this.#waitsSinceSeconds <= patience) return null;
    this.#doublings = Math.min(MOST_DOUBLINGS, this.#doublings + 1);
    return report.reason;
  }
}
