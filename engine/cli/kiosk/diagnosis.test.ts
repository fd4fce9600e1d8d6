import { describe, expect, it } from 'vitest';
import { Diagnosis } from './diagnosis.ts';
import type { HealthReport, HealthStatus } from './health.ts';

const REASONS: Partial<Record<HealthStatus, string>> = {
  starting: 'its page was never heard',
  failed: 'its page could not start: there is no WebGL2',
};

const report = (status: HealthStatus): HealthReport => ({
  status,
  reason: status === 'alive' ? null : (REASONS[status] ?? `its page is ${status}`),
  heardSecondsAgo: 16,
  serverUptimeSeconds: 100,
  launcherStartSeconds: 1_700_000_000,
  browserStarts: 1,
  celsius: null,
  page: null,
});

describe('the diagnosis', () => {
  it('gives a browser time to start, and no more', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    expect(diagnosis.examine(report('starting'), 40)).toBeNull();
    expect(diagnosis.examine(report('starting'), 41)).toBe('its page was never heard');
  });

  it('finds a page ill as soon as it is surely silent or stalled after it was well', () => {
    for (const status of ['silent', 'stalled', 'failed'] as const) {
      const diagnosis = new Diagnosis({ startSeconds: 40 });
      expect(diagnosis.examine(report('alive'), 10)).toBeNull();
      expect(diagnosis.examine(report(status), 11)).toBeNull();
      expect(diagnosis.examine(report(status), 12)).toBeNull();
      expect(diagnosis.examine(report(status), 13)).toContain('its page');
    }
  });

  it('lets a page be heard again after the machine has stood still', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    for (const ranSeconds of [10, 100, 200]) {
      expect(diagnosis.examine(report('alive'), ranSeconds)).toBeNull();
      expect(diagnosis.examine(report('silent'), ranSeconds + 60)).toBeNull();
      expect(diagnosis.examine(report('silent'), ranSeconds + 61)).toBeNull();
    }
  });

  it('gives the next browser twice the time after one that did not start in time, up to eight times', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    for (const patience of [40, 80, 160, 320, 320]) {
      diagnosis.browserStarted();
      expect(diagnosis.examine(report('starting'), patience)).toBeNull();
      expect(diagnosis.examine(report('starting'), patience + 1)).toBe('its page was never heard');
    }
    diagnosis.browserStarted();
    diagnosis.examine(report('alive'), 100);
    diagnosis.browserStarted();
    expect(diagnosis.examine(report('starting'), 41)).toBe('its page was never heard');
  });

  it('gives a page that could not start the time to try again by itself', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    expect(diagnosis.examine(report('failed'), 20)).toBeNull();
    expect(diagnosis.examine(report('failed'), 41)).toBe('its page could not start: there is no WebGL2');
  });

  it('lets an exhibit be that runs, if not as it should', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    for (const ranSeconds of [10, 100, 1000, 100_000]) {
      expect(diagnosis.examine(report('degraded'), ranSeconds)).toBeNull();
    }
    expect(diagnosis.examine(report('silent'), 100_001)).toBeNull();
  });

  it('does not blame the browser for a server that was away', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    diagnosis.examine(report('alive'), 1000);
    expect(diagnosis.examine(null, 1001)).toBeNull();
    expect(diagnosis.examine(report('starting'), 1030)).toBeNull();
    expect(diagnosis.examine(report('starting'), 1042)).toBe('its page was never heard');
  });
});
