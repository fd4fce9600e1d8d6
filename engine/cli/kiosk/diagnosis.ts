/** Decides from the health whether the browser has to be started again. */
import type { HealthReport } from './health.ts';

export interface DiagnosisLimits {
  /** A browser has so long until its page is well for the first time, or again after the server was away. */
  readonly startSeconds: number;
}

/** Looks at one browser, from its start on. */
export class Diagnosis {
  readonly #limits: DiagnosisLimits;
  #wasAlive = false;
  #waitsSinceSeconds = 0;

  constructor(limits: DiagnosisLimits) {
    this.#limits = limits;
  }

  /**
   * The reason to start another browser, as a clause, or null.
   * @param report null if the server does not answer, which is not the browser's fault
   * @param ranSeconds since the browser's start
   */
  examine(report: HealthReport | null, ranSeconds: number): string | null {
    const { startSeconds } = this.#limits;
    if (report === null) {
      this.#wasAlive = false;
      this.#waitsSinceSeconds = ranSeconds;
      return null;
    }
    if (report.status === 'alive') {
      this.#wasAlive = true;
      return null;
    }
    if (report.status !== 'starting' && this.#wasAlive) return reasonOf(report);
    return ranSeconds - this.#waitsSinceSeconds > startSeconds ? reasonOf(report) : null;
  }
}

function reasonOf({ status, heardSecondsAgo, page }: HealthReport): string {
  if (status === 'starting') return 'its page was never heard';
  if (status === 'silent') return `its page was not heard for ${Math.round(heardSecondsAgo ?? 0)} s`;
  if (status === 'stalled') return `its page showed no frame for ${Math.round(page?.frameAgeSeconds ?? 0)} s`;
  return `its page could not start: ${page?.reason.replace(/\s+/g, ' ') ?? ''}`;
}
