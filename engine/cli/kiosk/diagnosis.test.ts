import { describe, expect, it } from 'vitest';
import { Diagnosis } from './diagnosis.ts';
import type { HealthReport, HealthStatus } from './health.ts';

const report = (status: HealthStatus): HealthReport => ({
  status,
  heardSecondsAgo: 16,
  serverUptimeSeconds: 100,
  browserStarts: 1,
  page: null,
});

describe('the diagnosis', () => {
  it('gives a browser time to start, and no more', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    expect(diagnosis.examine(report('starting'), 40)).toBeNull();
    expect(diagnosis.examine(report('starting'), 41)).toBe('its page was never heard');
  });

  it('finds a page ill as soon as it is silent or stalled after it was well', () => {
    for (const status of ['silent', 'stalled', 'failed'] as const) {
      const diagnosis = new Diagnosis({ startSeconds: 40 });
      expect(diagnosis.examine(report('alive'), 10)).toBeNull();
      expect(diagnosis.examine(report(status), 11)).toContain('its page');
    }
  });

  it('gives a page that could not start the time to try again by itself', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    expect(diagnosis.examine(report('failed'), 20)).toBeNull();
    expect(diagnosis.examine(report('failed'), 41)).toContain('could not start');
  });

  it('does not blame the browser for a server that was away', () => {
    const diagnosis = new Diagnosis({ startSeconds: 40 });
    diagnosis.examine(report('alive'), 1000);
    expect(diagnosis.examine(null, 1001)).toBeNull();
    expect(diagnosis.examine(report('starting'), 1030)).toBeNull();
    expect(diagnosis.examine(report('starting'), 1042)).toBe('its page was never heard');
  });
});
