import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEARTBEAT } from '../../page/features/kiosk/made-up-heartbeat.ts';
import { DailyCounts } from './daily-counts.ts';

let folder = '';
let file = '';
let lines: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counts-'));
  file = join(folder, 'counts.jsonl');
  lines = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const open = () => new DailyCounts({ file, timeZone: 'Europe/Berlin', log: (line) => lines.push(line) });
const beat = (touches: number, playSeconds = 0, pageStart = 1) => ({
  ...HEARTBEAT,
  pageStart,
  touches,
  digitsRead: 0,
  playSeconds,
});
const written = () => readFileSync(file, 'utf8');

describe('the counts of a day', () => {
  it('add up, over pages that begin from nothing', () => {
    const counts = open();
    counts.hear(beat(3), new Date('2026-11-29T10:00:00Z'));
    counts.hear(beat(5, 12), new Date('2026-11-29T10:00:05Z'));
    counts.hear(beat(2, 1, 2), new Date('2026-11-29T10:01:00Z'));
    expect(written()).toBe('{"day":"2026-11-29","touches":7,"digitsRead":0,"playSeconds":13}\n');
  });

  it('begin anew at midnight on the wall', () => {
    const counts = open();
    counts.hear(beat(3), new Date('2026-11-29T22:59:00Z'));
    counts.hear(beat(4), new Date('2026-11-29T23:01:00Z'));
    expect(written().trim().split('\n')).toHaveLength(2);
    expect(counts.latest).toMatchObject({ day: '2026-11-30', touches: 1 });
  });

  it('survive a restart, and count nothing twice that the same page tells again', () => {
    open().hear(beat(3), new Date('2026-11-29T10:00:00Z'));
    const again = open();
    again.hear(beat(3), new Date('2026-11-29T10:05:00Z'));
    again.hear(beat(4), new Date('2026-11-29T10:05:05Z'));
    expect(written()).toContain('"touches":4');
  });

  it('are not stopped by a file that is broken, or a folder that is not there', () => {
    writeFileSync(file, '{"day":"2026-11-28","touches":1,"digitsRead":0,"playSeconds":0}\n{"day":');
    const counts = open();
    counts.hear(beat(3), new Date('2026-11-29T10:00:00Z'));
    expect(written().trim().split('\n')).toHaveLength(2);
    rmSync(folder, { recursive: true });
    counts.hear(beat(4), new Date('2026-11-29T10:01:00Z'));
    counts.hear(beat(5), new Date('2026-11-29T10:02:00Z'));
    expect(lines).toHaveLength(1);
    expect(counts.latest?.touches).toBe(5);
  });
});
