import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEARTBEAT } from '../../page/features/kiosk/made-up-heartbeat.ts';
import { type HealthReport, type HealthStatus } from './health.ts';
import { update } from './update.ts';

/** What the versions of this test do when they are started: each says so in a file of its own. */
let folder = '';
let root = '';
let starts = 0;
let lines: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'update-'));
  root = join(folder, 'opt');
  starts = 1;
  lines = [];
  writeVersion(join(root, 'versions', '1'), '1', 'alive');
  symlinkSync(join('versions', '1'), join(root, 'current'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function writeVersion(place: string, version: string, status: HealthStatus): void {
  mkdirSync(join(place, 'engine', 'cli'), { recursive: true });
  writeFileSync(join(place, 'VERSION'), `${version}\n`);
  writeFileSync(join(place, 'engine', 'cli', 'kiosk.mjs'), status);
}

function bundle(version: string, status: HealthStatus): string {
  writeVersion(join(folder, `bundle-${version}`), version, status);
  const archive = join(folder, `${version}.tar.gz`);
  expect(spawnSync('tar', ['-czf', archive, '-C', folder, `bundle-${version}`]).status).toBe(0);
  return archive;
}

const running = () => readFileSync(join(root, 'current', 'VERSION'), 'utf8').trim();

function run(archive: string, restart: () => void = () => undefined): Promise<void> {
  return update({
    archive,
    root,
    restart: () => {
      starts += 1;
      restart();
    },
    health: async (): Promise<HealthReport> => {
      const status = readFileSync(join(root, 'current', 'engine', 'cli', 'kiosk.mjs'), 'utf8') as HealthStatus;
      const reason = status === 'alive' ? null : 'its page was never heard';
      return {
        status,
        reason,
        launcherStartSeconds: starts,
        heardSecondsAgo: 1,
        serverUptimeSeconds: 1,
        browserStarts: 1,
        celsius: null,
        page: HEARTBEAT,
      };
    },
    sleep: async () => undefined,
    log: (line) => lines.push(line),
  });
}

describe('an update', () => {
  it('starts the new version, and keeps the former', async () => {
    await run(bundle('2', 'alive'));
    expect(running()).toBe('2');
    expect(lines).toEqual(['Version 2 is started in place of 1.', 'Version 2 is alive.']);
    expect(readdirSync(join(root, 'versions')).sort()).toEqual(['1', '2']);
    expect(readlinkSync(join(root, 'current'))).toBe(join('versions', '2'));
    for (const version of ['3', '4', '5']) await run(bundle(version, 'degraded'));
    expect(readdirSync(join(root, 'versions')).sort()).toEqual(['3', '4', '5']);
  });

  it('is taken back if the new version is not alive within two minutes', async () => {
    await expect(run(bundle('2', 'starting'))).rejects.toThrow(
      'Version 2 was taken back: after 120 s its page was never heard. Version 1 is back and alive.',
    );
    expect(running()).toBe('1');
    expect(starts).toBe(3);
    expect(readdirSync(join(root, 'versions'))).toEqual(['1']);
  });

  it('is taken back if the new version cannot even be started', async () => {
    const restart = (): void => {
      if (running() === '2') throw new Error('no such unit');
    };
    await expect(run(bundle('2', 'alive'), restart)).rejects.toThrow(
      'Version 2 was taken back: it could not be started: no such unit. Version 1 is back and alive.',
    );
    expect(running()).toBe('1');
  });

  it('that is no bundle, or runs already, changes nothing', async () => {
    const text = join(folder, 'text.tar.gz');
    writeFileSync(text, 'nothing');
    await expect(run(text)).rejects.toThrow('cannot be unpacked');
    await expect(run(join(folder, 'absent'))).rejects.toThrow('There is no file');
    mkdirSync(join(folder, 'other', 'engine'), { recursive: true });
    const other = join(folder, 'other.tar.gz');
    spawnSync('tar', ['-czf', other, '-C', folder, 'other']);
    await expect(run(other)).rejects.toThrow('is no bundle of the exhibit');
    await expect(run(bundle('1', 'starting'))).rejects.toThrow('runs already');
    expect([running(), starts]).toEqual(['1', 1]);
    expect(readFileSync(join(root, 'current', 'engine', 'cli', 'kiosk.mjs'), 'utf8')).toBe('alive');
    expect(readdirSync(join(root, 'versions'))).toEqual(['1']);
    expect(existsSync(join(root, 'current'))).toBe(true);
  });
});
