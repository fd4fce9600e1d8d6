import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderFault, isInstalled, missingPackages, nodeFault, userFolder, withInstallLock } from './bootstrap.mjs';

describe('nodeFault', () => {
  it.each(['20.19.0', '20.20.2', '22.13.0', '23.1.0', '24.0.0'])('accepts Node %s', (version) => {
    expect(nodeFault(version)).toBeNull();
  });

  it.each(['18.20.4', '20.18.3', '21.7.3', '22.12.0', '8.0.0'])('refuses Node %s by name', (version) => {
    expect(nodeFault(version)).toContain(`this is Node ${version}`);
  });
});

describe('missingPackages', () => {
  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.2.3', integrity: 'sha512-a' },
      'node_modules/b-win32': { version: '2.0.0', optional: true },
    },
  };

  it('finds nothing missing where npm installed what the lock file names, without another platform’s parts', () => {
    const present = { packages: { 'node_modules/a': { version: '1.2.3', integrity: 'sha512-a' } } };
    expect(missingPackages(wanted, present)).toEqual([]);
  });

  it('names everything but optional packages where nothing is installed', () => {
    expect(missingPackages(wanted, null)).toEqual(['node_modules/a']);
  });

  it('names a package of another version or content', () => {
    const older = { packages: { 'node_modules/a': { version: '1.2.2', integrity: 'sha512-a' } } };
    const other = { packages: { 'node_modules/a': { version: '1.2.3', integrity: 'sha512-z' } } };
    expect(missingPackages(wanted, older)).toEqual(['node_modules/a']);
    expect(missingPackages(wanted, other)).toEqual(['node_modules/a']);
  });
});

describe('in a project', () => {
  let root = '';
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
    mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify(lock));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('sees that everything is installed', () => {
    expect(isInstalled(root)).toBe(true);
  });

  it('sees a folder that was deleted and an installation that never ended', () => {
    rmSync(join(root, 'node_modules', 'a'), { recursive: true });
    expect(isInstalled(root)).toBe(false);
    mkdirSync(join(root, 'node_modules', 'a'));
    rmSync(join(root, 'node_modules', '.package-lock.json'));
    expect(isInstalled(root)).toBe(false);
  });

  it('refuses to go on without a readable lock file', () => {
    writeFileSync(join(root, 'package-lock.json'), '{');
    expect(() => isInstalled(root)).toThrow('package-lock.json is missing or broken');
  });

  it('takes over the lock of a process that died, and leaves none behind', () => {
    writeFileSync(join(root, 'install-lock.tmp'), '999999999');
    let worked = false;
    withInstallLock(root, () => {
      worked = existsSync(join(root, 'install-lock.tmp'));
    });
    expect(worked).toBe(true);
    expect(existsSync(join(root, 'install-lock.tmp'))).toBe(false);
  });

  it('waits while another process holds the lock', async () => {
    const script = `
      import { withInstallLock } from ${JSON.stringify(new URL('bootstrap.mjs', import.meta.url).href)};
      import { existsSync, rmSync, writeFileSync } from 'node:fs';
      withInstallLock(${JSON.stringify(root)}, () => {
        const inside = ${JSON.stringify(join(root, 'inside'))};
        if (existsSync(inside)) process.exit(3);
        writeFileSync(inside, '');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
        rmSync(inside);
      });`;
    const run = () =>
      new Promise((resolve) => {
        spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }).on('exit', resolve);
      });
    expect(await Promise.all([run(), run(), run()])).toEqual([0, 0, 0]);
  });
});

describe('folderFault', () => {
  it.each(['/home/me/a#b', '/home/me/a?b/digits', 'C:\\a*b'])('refuses %s by what is wrong with it', (folder) => {
    expect(folderFault(folder)).toContain(folder);
  });

  it.each(['/home/me/a b', '/home/me/100%', '/home/me/a%20b', '/home/mé/数字', "/home/me/o'b[c]"])(
    'accepts %s',
    (folder) => {
      expect(folderFault(folder)).toBeNull();
    },
  );
});

describe('userFolder', () => {
  it('is where npm was run, for its own script alone', () => {
    const env = { npm_lifecycle_event: 'bake', INIT_CWD: '/where/i/am' };
    expect(userFolder('bake', env, '/project')).toBe('/where/i/am');
    expect(userFolder('train', env, '/elsewhere')).toBe('/elsewhere');
    expect(userFolder('bake', {}, '/elsewhere')).toBe('/elsewhere');
  });
});
