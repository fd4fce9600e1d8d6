import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RotatingLog } from './rotating-log.ts';

let folder = '';
let now = 0;
let complaints: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  now = 0;
  complaints = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function makeLog(file = join(folder, 'kiosk.log')): RotatingLog {
  return new RotatingLog(
    { file, mostBytes: 100, files: 2 },
    () => now,
    (text) => complaints.push(text),
  );
}

it('keeps the youngest lines in files of a limited size and number', () => {
  const log = makeLog();
  for (let line = 0; line < 100; line += 1) log.write(`line ${line} of the log`);
  expect(readdirSync(folder).sort()).toEqual(['kiosk.log', 'kiosk.log.1', 'kiosk.log.2']);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(100);
  expect(readFileSync(join(folder, 'kiosk.log'), 'utf8')).toMatch(/line 99 of the log\n$/);
  expect(complaints).toEqual([]);
});

it('goes on without lines that cannot be written, and says how many they were once it can', () => {
  // A folder that is not there fails as a full disk does.
  const file = join(folder, 'absent', 'kiosk.log');
  const log = makeLog(file);
  log.write('lost');
  log.write('lost too, without a further try');
  expect(complaints.length).toBe(1);
  mkdirSync(join(folder, 'absent'));
  now = 11_000;
  log.write('written');
  expect(readFileSync(file, 'utf8')).toBe('(2 lines could not be written here.)\nwritten\n');
});

it.skipIf(!existsSync('/dev/full'))('goes on while the disk is full', () => {
  const log = makeLog('/dev/full');
  expect(() => log.write('lost')).not.toThrow();
  now = 11_000;
  log.write('lost as well');
  // Said once, and not every time.
  expect(complaints).toEqual([expect.stringContaining('ENOSPC')]);
});
