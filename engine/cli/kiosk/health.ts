/** The health of the exhibit, from the heartbeats of its page. */
import type { Heartbeat } from '../../page/features/kiosk/heartbeat.ts';

/**
 * `starting`: no heartbeat from this browser yet. `alive`: everything is fine. `degraded`: it runs, but not as it
 * should. `silent`: heartbeats have stopped. `stalled`: there are heartbeats, but no frames. `failed`: the page has
 * reported that it could not start, and neither it nor a later page has reported otherwise since.
 */
export const HEALTH_STATUSES = ['starting', 'alive', 'degraded', 'silent', 'stalled', 'failed'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Whether the exhibit is usable for guests. */
export function isRunning(status: HealthStatus): boolean {
  return status === 'alive' || status === 'degraded';
}

export interface HealthOptions {
  /**
   * A page without heartbeats for longer than this is silent; one without frames for as long is stalled. A page whose
   * heartbeats have come late, as on a busy machine, gets somewhat longer.
   */
  readonly silenceSeconds: number;
  /** The name of the model that should run. */
  readonly model: string;
  /** When the launcher was started, in seconds since 1970. */
  readonly launcherStartSeconds: number;
  /** The temperature of the machine, or null if it is not available. */
  readonly celsius?: () => number | null;
}

/** Outside the opening hours, the screen may be off and shows no frames. It has this long to wake up after opening. */
const WAKING_SECONDS = 60;

/** Renderers without a GPU, by their names. */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|swrast|basic render|software/i;

export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE_RENDERER.test(renderer);
}

/** A page is silent after this multiple of the longest of its last gaps between heartbeats … */
const GAPS = 2.5;
/** … of which this many are remembered … */
const REMEMBERED_GAPS = 12;
/** … but at the latest after this multiple of `silenceSeconds`. */
const MOST_PATIENCE = 1.5;

/** The response of `/health`. */
export interface HealthReport {
  readonly status: HealthStatus;
  /** Why the status is not `alive`, as a clause; otherwise null. */
  readonly reason: string | null;
  /** Seconds since the last heartbeat; null before the first. */
  readonly heardSecondsAgo: number | null;
  readonly serverUptimeSeconds: number;
  /** When the launcher was started, in seconds since 1970. */
  readonly launcherStartSeconds: number;
  /** How often this launcher has started the browser. */
  readonly browserStarts: number;
  /** The temperature of the machine, if available. */
  readonly celsius: number | null;
  readonly page: Heartbeat | null;
}

export class HealthBook {
  readonly #options: HealthOptions;
  readonly #startMilliseconds: number;
  #heartbeat: Heartbeat | null = null;
  /** Why the last page that sent a heartbeat could not start; null if it did. */
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

  /** The number of heartbeats received. */
  get heartbeats(): number {
    return this.#heartbeats;
  }

  /** Processes a heartbeat. */
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

  /** Call when the browser was restarted. Of the previous page's reports, only a failure to start still counts. */
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

  /** The shortcomings of a running page, as clauses. */
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
