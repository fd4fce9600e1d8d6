/** The exhibit's figures for Prometheus, taken from the health at every scrape. */
import { Gauge, Registry } from 'prom-client';
import type { Heartbeat } from '../../page/features/kiosk/heartbeat.ts';
import { type HealthBook, type HealthReport, HEALTH_STATUSES, isRunning } from './health.ts';
import type { WallReport } from './wall/wall-book.ts';
import { gaugeWall } from './wall/wall-metrics.ts';

type Figure = (report: HealthReport) => number | null;

const ofPage =
  (figure: (page: Heartbeat) => number | null): Figure =>
  ({ page }) =>
    page ? figure(page) : null;

const FIGURES: Readonly<Record<string, readonly [help: string, figure: Figure]>> = {
  up: ['1 while the page is heard and shows frames', ({ status }) => (isRunning(status) ? 1 : 0)],
  heard_seconds_ago: ['Seconds since the last heartbeat', ({ heardSecondsAgo }) => heardSecondsAgo],
  server_uptime_seconds: ['Seconds since the server was started', (report) => report.serverUptimeSeconds],
  launcher_start_time_seconds: ['When the launcher was started, since 1970', (report) => report.launcherStartSeconds],
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
  celsius: ['Temperature of the hottest part of the machine', (report) => report.celsius],
  touches: ['Touches of guests since the page was loaded', ofPage((page) => page.touches)],
  digits_read: [
    'Digits of guests that the cells have named since the page was loaded',
    ofPage((page) => page.digitsRead),
  ],
  play_seconds: ['Time that guests have played since the page was loaded', ofPage((page) => page.playSeconds)],
  open: ['1 within the opening hours', ofPage((page) => (page.mode === 'closed' ? 0 : 1))],
};

type Labels = Readonly<Record<string, string>>;

/** Figures whose labels tell more than their number. */
const LABELLED: Readonly<
  Record<string, readonly [help: string, figures: (report: HealthReport) => [Labels, number][]]>
> = {
  info: [
    'What runs, in its labels',
    ({ page }) => {
      if (!page) return [];
      const { version, model, renderer, strategy } = page;
      return [[{ version, model, renderer, strategy }, 1]];
    },
  ],
  status: [
    '1 for the status that /health tells, 0 for the others',
    (report) => HEALTH_STATUSES.map((status) => [{ status }, status === report.status ? 1 : 0]),
  ],
  problem: [
    '1 while the exhibit could not start or runs degraded, with the reason',
    ({ status, reason }) =>
      status === 'failed' || status === 'degraded' ? [[{ status, reason: reason ?? '' }, 1]] : [],
  ],
};

export class KioskMetrics {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** All figures in Prometheus' text format; what is not known is left out. */
  async text(book: HealthBook, nowMilliseconds: number, wall?: WallReport): Promise<string> {
    const report = book.report(nowMilliseconds);
    const registry = new Registry();
    const gauge = (name: string, help: string, labelNames: readonly string[] = []): Gauge =>
      new Gauge({ name: `kiosk_${name}`, help, labelNames, registers: [registry] });
    for (const [name, [help, figure]] of Object.entries(FIGURES)) {
      const value = figure(report);
      if (value !== null) gauge(name, help).set(value);
    }
    for (const [name, [help, figures]] of Object.entries(LABELLED)) {
      const entries = figures(report);
      if (entries.length === 0) continue;
      const labelled = gauge(name, help, Object.keys(entries[0][0]));
      for (const [labels, value] of entries) labelled.set(labels, value);
    }
    if (wall) gaugeWall(gauge, wall);
    return registry.metrics();
  }
}
