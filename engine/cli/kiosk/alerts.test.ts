/** Tests the rules for Prometheus with its own tool, and the queries of the dashboard. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HEARTBEAT } from '../../page/features/kiosk/made-up-heartbeat.ts';
import { HealthBook } from './health.ts';
import { KioskMetrics } from './metrics.ts';
import type { MemberView } from '../../together/messages.ts';
import type { WallReport } from './wall/wall-book.ts';

const promtool = process.env['PROMTOOL_PATH'] ?? 'promtool';
const hasPromtool = spawnSync(promtool, ['--version']).status === 0;
if (!hasPromtool) {
  console.warn('There is no promtool on this machine (Debian: apt install prometheus): the rules are not tested.');
}

it.skipIf(!hasPromtool)('the rules raise the intended alerts, and no others', () => {
  const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', 'alerts.test.yml'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(stdout + stderr).toContain('SUCCESS');
  expect(status).toBe(0);
});

const SCREEN: MemberView = {
  ...{ member: 1, role: 'screen', isPresent: true, hue: 0, screen: 1, step: 90, lagSteps: 1, lateMilliseconds: 0 },
  ...{ framesPerSecond: 60, digestStep: 0, agrees: true, follows: false, isLeader: true, renderer: '' },
};
const WALL: WallReport = {
  ...{ isHere: true, step: 91, stepsPerSecond: 30, isFrozen: false, entries: 1 },
  ...{ digests: { compared: 1, equal: 1 }, members: [SCREEN] },
  hands: {
    ...{ present: 2, most: 50, joined: 3, events: 100, roundTripMilliseconds: { median: 20, most: 90 } },
    refused: { token: 1, key: 0, full: 0, dropped: 0, closed: 0, replaced: 0, fault: 0, fast: 0 },
  },
};

it('rules and dashboard only query existing metrics', async () => {
  const book = new HealthBook(
    { silenceSeconds: 15, model: 'accurate', launcherStartSeconds: 1_700_000_000, celsius: () => 50 },
    0,
  );
  book.hear({ ...HEARTBEAT, model: 'tiny', heapBytes: 1 }, 0);
  const text = await new KioskMetrics().text(book, 0, WALL);
  const measured = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  for (const file of ['alerts.yml', 'dashboard.json']) {
    const content = readFileSync(join(import.meta.dirname, file), 'utf8');
    const asked = [...content.matchAll(/kiosk_\w+/g)].map(([name]) => name);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !measured.has(name))).toEqual([]);
  }
});
