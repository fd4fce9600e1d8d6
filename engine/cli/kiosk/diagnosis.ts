/** Decides from the health whether the browser has to be started again. */
import type { HealthReport } from './health.ts';

export interface DiagnosisLimits {
  /**
   * A browser has so long until its page is well for the first time, or again after the server was away. The one
   * after a browser that was ended for this has twice as long, as the machine may be slow.
   */
  readonly startSeconds: number;
}

/** Patience with a start is doubled so often at most. */
const MOST_DOUBLINGS = 3;

/**
 * Illness has to be seen so often in a row: after the whole machine has stood still, the page, too, needs a moment
 * until it is heard again.
 */
const CONFIRMATIONS = 3;

/** Looks at one browser after the other. */
export class Diagnosis {
  readonly #limits: DiagnosisLimits;
  #wasAlive = false;
  #waitsSinceSeconds = 0;
  #doublings = 0;
  #seen = 0;

  constructor(limits: DiagnosisLimits) {
    this.#limits = limits;
  }

  /** Another browser runs. */
  browserStarted(): void {
    this.#wasAlive = false;
    this.#waitsSinceSeconds = 0;
    this.#seen = 0;
  }

  /**
   * The reason to start another browser, as a clause, or null.
   * @param report null if the server does not answer, which is not the browser's fault
   * @param ranSeconds since the browser's start
   */
  examine(report: HealthReport | null, ranSeconds: number): string | null {
    if (report === null) {
      this.#wasAlive = false;
      this.#waitsSinceSeconds = ranSeconds;
    }
    if (report?.status === 'alive') {
      this.#wasAlive = true;
      this.#doublings = 0;
    }
    if (report === null || report.status === 'alive') {
      this.#seen = 0;
      return null;
    }
    if (report.status !== 'starting' && this.#wasAlive) {
      this.#seen += 1;
      return this.#seen < CONFIRMATIONS ? null : messageOf(report);
    }
    const patience = this.#limits.startSeconds * 2 ** this.#doublings;
    if (ranSeconds - this.#waitsSinceSeconds <= patience) return null;
    this.#doublings = Math.min(MOST_DOUBLINGS, this.#doublings + 1);
    return messageOf(report);
  }
}

function messageOf({ status, heardSecondsAgo, page }: HealthReport): string {
  if (status === 'starting') return 'its page was never heard';
  if (status === 'silent') return `its page was not heard for ${Math.round(heardSecondsAgo ?? 0)} s`;
  if (status === 'stalled') return `its page showed no frame for ${Math.round(page?.frameAgeSeconds ?? 0)} s`;
  return `its page could not start: ${page?.reason.replace(/\s+/g, ' ') ?? ''}`;
}
