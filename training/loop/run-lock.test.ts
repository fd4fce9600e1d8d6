import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockRun } from './run-lock.ts';

describe('the lock of a run’s folder', () => {
  let folder: string;
  const warnings: string[] = [];
  const warn = (message: string): number => warnings.push(message);
  const leaveLock = (holder: object): void => writeFileSync(join(folder, 'run.lock'), JSON.stringify(holder));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nca-lock-'));
    warnings.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps a second run out until the first gives it back, and leaves no file', () => {
    const release = lockRun(join(folder, 'a', 'b'), warn);
    expect(() => lockRun(join(folder, 'a', 'b'), warn)).toThrow(
      new RegExp(`A run is working in ".*" already \\(process ${process.pid}\\)`),
    );
    release();
    lockRun(join(folder, 'a', 'b'), warn)();
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('of a dead process is taken over, and told', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    leaveLock({ pid, host: hostname(), started: 'long ago' });
    lockRun(folder, warn)();
    expect(warnings.join()).toMatch(/ended without a word; its lock is taken over/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a running process is kept, and that of an earlier one with its number is not', () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    try {
      leaveLock({ pid: other.pid, host: hostname(), started: null });
      expect(() => lockRun(folder, warn)).toThrow(/A run is working in/);
      if (existsSync('/proc/self/stat')) {
        leaveLock({ pid: other.pid, host: hostname(), started: 'another boot:1' });
        lockRun(folder, warn)();
      }
      leaveLock({ pid: process.pid, host: hostname(), started: 'another boot:1' });
      lockRun(folder, warn)();
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('of another machine is kept, and the message says what to delete', () => {
    leaveLock({ pid: 1, host: 'elsewhere', started: null });
    expect(() => lockRun(folder, warn)).toThrow(/on the machine "elsewhere".*delete ".*run.lock"/);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(folder, 'run.lock'), longAgo, longAgo);
    lockRun(folder, warn)();
    expect(readdirSync(folder), 'a machine that was silent for long').toEqual([]);
  });

  it('that is no lock is replaced', () => {
    writeFileSync(join(folder, 'run.lock'), '{');
    lockRun(folder, warn)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('cannot be taken where there is no folder to be had', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => lockRun(join(folder, 'file', 'run'), warn)).toThrow(/cannot be created/);
  });
});
