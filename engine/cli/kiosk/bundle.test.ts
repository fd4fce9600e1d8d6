/** Tests the archive that an exhibit is installed from, unpacked in an empty folder. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_FOLDER } from '../site.ts';

/** The site may have to be built. */
const BUILD_MILLISECONDS = 300_000;

let folder = '';
let bundle = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  const archive = join(folder, 'digits.tar.gz');
  const launcher = join(PROJECT_FOLDER, 'engine', 'cli', 'run.mjs');
  expect(spawnSync(process.execPath, [launcher, 'kiosk', '--bundle', archive]).status).toBe(0);
  expect(spawnSync('tar', ['-xzf', archive, '-C', folder]).status).toBe(0);
  bundle = join(folder, readdirSync(folder).find((name) => name.startsWith('self-classifying-digits-')) ?? '');
}, BUILD_MILLISECONDS);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs without a network, if the system can disable it. */
function run(...args: string[]) {
  const canUnshare = spawnSync('unshare', ['--net', 'true']).status === 0;
  const [program, before] = canUnshare ? ['unshare', ['--net', process.execPath]] : [process.execPath, []];
  return spawnSync(program, [...before, join(bundle, 'engine', 'cli', 'kiosk.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CHROMIUM_PATH: '/nowhere/chromium' },
  });
}

describe('the bundle', { timeout: 60_000 }, () => {
  it('has what the exhibit is installed from, and no package', () => {
    const files = readdirSync(bundle, { recursive: true, encoding: 'utf8' });
    for (const file of ['install.sh', 'start.sh', 'sway.conf', 'self-classifying-digits.service', 'VERSION']) {
      expect(files).toContain(file);
    }
    expect(files).toContain(join('dist', 'index.html'));
    expect(files.filter((file) => file.includes('node_modules'))).toEqual([]);
    expect(readFileSync(join(bundle, 'LICENSES.txt'), 'utf8')).toContain('valibot');
  });

  it('runs without the project and without a network', () => {
    const help = run('--help');
    expect(help.stdout).toMatch(/^Usage: npm run kiosk/);
    const { status, stdout, stderr } = run('--check', '--config', join(bundle, 'example-settings.json'));
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(stdout).toContain('FAULT  browser: CHROMIUM_PATH is "/nowhere/chromium", but there is no program\n');
    // It knows the models of its site.
    expect(stdout).not.toContain('"model"');
  });

  it('makes no other bundle, and updates only what is installed', () => {
    expect(run('--bundle', join(folder, 'other.tar.gz')).stderr).toContain('not from another bundle');
    expect(run('--update', join(folder, 'digits.tar.gz')).stderr).toContain('Only an installed exhibit can be updated');
  });
});
