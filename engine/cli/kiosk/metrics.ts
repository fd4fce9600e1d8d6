/** The exhibit's figures for Prometheus, taken from the health at every scrape. */
import { Gauge, Registry } from 'prom-client';
import type { Heartbeat } from '../../app/kiosk/heartbeat.ts';
import type { HealthBook, HealthReport } from './health.ts';

type Figure = (report: HealthReport) => number | null;

const ofPage =
  (figure: (page: Heartbeat) => number | null): Figure =>
  ({ page }) =>
    page ? figure(page) : null;

const FIGURES: Readonly<Record<string, readonly [help: string, figure: Figure]>> = {
  up: ['1 while the page is heard and shows frames', ({ status }) => (status === 'alive' ? 1 : 0)],
  heard_seconds_ago: ['Seconds since the last heartbeat', ({ heardSecondsAgo }) => heardSecondsAgo],
  server_uptime_seconds: ['Seconds since the server was started', (report) => report.serverUptimeSeconds],
  browser_starts: ['Times that the launcher has started the browser', ({ browserStarts }) => browserStarts],
  page_uptime_seconds: ['Seconds since the page was loaded', ofPage((page) => page.uptimeSeconds)],
  steps_per_second: ['Steps of the automaton in a second', ofPage((page) => page.stepsPerSecond)],
  frames_per_second: ['Frames shown in a second', ofPage((page) => page.framesPerSecond)],
  context_losses: ['Lost GPU contexts since the page was loaded', ofPage((page) => page.losses)],
  state_resets: ['Digits whose state ran away and was reset', ofPage((page) => page.resets)],
  guests: ['Times that a guest has taken over', ofPage((page) => page.guests)],
  errors: ['Errors of the page since it was loaded', ofPage((page) => page.errors)],
  heap_bytes: ['JavaScript heap in use', ofPage((page) => page.heapBytes)],
  texture_bytes: ['Texture memory of the engine', ofPage((page) => page.textureBytes)],
  gl_objects: ['GL objects of the engine', ofPage((page) => page.glObjects)],
  open: ['1 within the opening hours', ofPage((page) => (page.mode === 'closed' ? 0 : 1))],
};

export class KioskMetrics {
  readonly #registry = new Registry();
  readonly #gauges = new Map<string, Gauge>();

  constructor() {
    for (const [name, [help]] of Object.entries(FIGURES)) {
      this.#gauges.set(name, new Gauge({ name: `kiosk_${name}`, help, registers: [this.#registry] }));
    }
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All figures in Prometheus' text format; what is not known is left out. */
  async text(book: HealthBook, nowMilliseconds: number): Promise<string> {
    const report = book.report(nowMilliseconds);
    const known: string[] = [];
    for (const [name, [, figure]] of Object.entries(FIGURES)) {
      const value = figure(report);
      if (value === null) continue;
      this.#gauges.get(name)?.set(value);
      known.push(`kiosk_${name}`);
    }
    return `${(await Promise.all(known.map((name) => this.#registry.getSingleMetricAsString(name)))).join('\n')}\n`;
  }
}
