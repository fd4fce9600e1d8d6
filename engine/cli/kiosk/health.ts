/** How the exhibit fares, from what its page tells. */
import type { Heartbeat } from '../../page/features/kiosk/heartbeat.ts';

/**
 * `starting`: nothing was heard of this browser yet. `alive`: all is well. `degraded`: it runs, but not as it should.
 * `silent`: the page is not heard any more. `stalled`: it is heard, but shows no frames. `failed`: it has said itself
 * that it could not start, and neither it nor a page after it has said otherwise since.
 */
export const HEALTH_STATUSES = ['starting', 'alive', 'degraded', 'silent', 'stalled', 'failed'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Whether guests have an exhibit. */
export function isRunning(status: HealthStatus): boolean {
  return status === 'alive' || status === 'degraded';
}

export interface HealthOptions {
  /**
   * A page that was not heard for longer is silent; one without frames for as long is stalled. One whose heartbeats
   * have come late, as on a busy machine, is given somewhat longer.
   */
  readonly silenceSeconds: number;
  /** Name of the model that runs if all is as it should be. */
  readonly model: string;
  /** When the launcher was started, in seconds since 1970. */
  readonly launcherStartSeconds: number;
  /** How hot the machine is; null where nothing tells. */
  readonly celsius?: () => number | null;
}

/** Outside the opening hours the screen may be off, and shows no frames; after them it has so long to wake. */
const WAKING_SECONDS = 60;

/** Renderers without a GPU, by their names. */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|swrast|basic render|software/i;

export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE_RENDERER.test(renderer);
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
  /** Why the exhibit is not plainly alive, as a clause; else null. */
  readonly reason: string | null;
  /** Since the last heartbeat; null before the first. */
  readonly heardSecondsAgo: number | null;
  readonly serverUptimeSeconds: number;
  /** When the launcher was started, in seconds since 1970. */
  readonly launcherStartSeconds: number;
  /** Times that the browser was started by this launcher. */
  readonly browserStarts: number;
  /** How hot the machine is, where it tells. */
  readonly celsius: number | null;
  readonly page: Heartbeat | null;
}

export class HealthBook {
  readonly #options: HealthOptions;
  readonly #startMilliseconds: number;
  #heartbeat: Heartbeat | null = null;
  /** Why the last page that was heard could not start; null if it did. */
  #failure: string | null = null;
  #heardMilliseconds = 0;
  #closedMilliseconds = -Infinity;
  #heartbeats = 0;
  #browserStarts = 0;
  #gapSeconds: number[] = [];

  constructor(options: HealthOptions, nowMilliseconds: number) {
    this.#options = options;
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
    this.#failure = heartbeat.mode === 'failed' ? oneLine(heartbeat.reason) : null;
    this.#heardMilliseconds = nowMilliseconds;
    if (heartbeat.mode === 'closed') this.#closedMilliseconds = nowMilliseconds;
    this.#heartbeats += 1;
  }

  /** The browser was started again: of what the page of the former one said, only that it could not start still counts. */
  browserStarted(count: number): void {
    this.#browserStarts = count;
    this.#heartbeat = null;
    this.#gapSeconds = [];
  }

  report(nowMilliseconds: number): HealthReport {
    const heard = this.#heartbeat ? (nowMilliseconds - this.#heardMilliseconds) / 1000 : null;
    const status = this.#status(heard, (nowMilliseconds - this.#closedMilliseconds) / 1000);
    return {
      status,
      reason: this.#reason(status, heard),
      heardSecondsAgo: heard,
      serverUptimeSeconds: (nowMilliseconds - this.#startMilliseconds) / 1000,
      launcherStartSeconds: this.#options.launcherStartSeconds,
      browserStarts: this.#browserStarts,
      celsius: this.#options.celsius?.() ?? null,
      page: this.#heartbeat,
    };
  }

  #status(heardSecondsAgo: number | null, closedSecondsAgo: number): HealthStatus {
    const patience = this.#patienceSeconds;
    if (this.#failure !== null) return 'failed';
    if (!this.#heartbeat || heardSecondsAgo === null) return 'starting';
    if (heardSecondsAgo > patience) return 'silent';
    if (this.#heartbeat.frameAgeSeconds > patience && closedSecondsAgo > WAKING_SECONDS) return 'stalled';
    return this.#shortcomings.length > 0 ? 'degraded' : 'alive';
  }

  #reason(status: HealthStatus, heardSecondsAgo: number | null): string | null {
    switch (status) {
      case 'alive':
        return null;
      case 'degraded':
        return this.#shortcomings.join(', and ');
      case 'starting':
        return 'its page was never heard';
      case 'silent':
        return `its page was not heard for ${Math.round(heardSecondsAgo ?? 0)} s`;
      case 'stalled':
        return `its page showed no frame for ${Math.round(this.#heartbeat?.frameAgeSeconds ?? 0)} s`;
      case 'failed':
        return this.#heartbeat
          ? `its page could not start: ${this.#failure ?? ''}`
          : `its page was never heard, and the one before could not start: ${this.#failure ?? ''}`;
    }
  }

  /** What is not as it should be with a page that runs, as clauses. */
  get #shortcomings(): string[] {
    if (!this.#heartbeat) return [];
    const { model, renderer } = this.#heartbeat;
    const expected = this.#options.model;
    return [
      ...(isSoftwareRenderer(renderer) ? [`it computes without a GPU, by ${oneLine(renderer)}`] : []),
      ...(model === expected ? [] : [`the model "${model}" runs in place of "${expected}"`]),
    ];
  }

  get #patienceSeconds(): number {
    const { silenceSeconds } = this.#options;
    const usual = GAPS * Math.max(0, ...this.#gapSeconds);
    return Math.min(MOST_PATIENCE * silenceSeconds, Math.max(silenceSeconds, usual));
  }
}

/** A text without line breaks and the stop at its end, so that it can be part of a sentence. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}
