/** Third-party packages are locked, have reviewed licences, and run nothing when installed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_FOLDER } from './site.ts';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(PROJECT_FOLDER, file), 'utf8'));
}

function readLock(file: string): (readonly [string, Entry])[] {
  const { packages } = read(file) as { packages: Record<string, Entry> };
  return Object.entries(packages).filter(([folder]) => folder !== '');
}

/** The project's packages, and those of the optional GPU backend. */
const installed = [...readLock('package-lock.json'), ...readLock('training/webgpu/package-lock.json')];

const REGISTRY = 'https://registry.npmjs.org/';

/** All licences that packages may have. Each was read, and none requires more of a site than attribution. */
const LICENCES = [
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
  '(MIT AND Zlib)',
  '(MIT OR Apache-2.0)',
];
/** Packages under MPL-2.0, whose own files must stay open; we change none of them. */
const MPL = /^node_modules\/(lightningcss(-[a-z0-9-]+)?|mediabunny|axe-core|@axe-core\/playwright)$/;

/** Packages that run a script when they are installed, and why. */
const INSTALL_SCRIPTS = [
  // Checks that the binary for this platform exists; npm has already installed what the script would fetch.
  'node_modules/esbuild',
  // Looks for a binary that makes msgpackr quicker, and builds one if there is none; without it, all works the same.
  'node_modules/msgpackr-extract',
  // Removes macOS's quarantine mark from its own binary; the `.npmrc` next to it disables even that.
  'node_modules/webgpu',
];

function unexpectedLicences(entries: readonly (readonly [string, Entry])[]): string[] {
  return entries
    .filter(
      ([folder, { license = 'none' }]) => !LICENCES.includes(license) && !(license === 'MPL-2.0' && MPL.test(folder)),
    )
    .map(([folder, { license }]) => `${folder}: ${license}`);
}

describe('the packages', () => {
  test('are under licences that are listed here', () => {
    expect(unexpectedLicences(installed)).toEqual([]);
    expect(
      unexpectedLicences([
        ['node_modules/odd', { license: 'GPL-3.0' }],
        ['node_modules/bare', {}],
      ]),
    ).toHaveLength(2);
  });

  test('run no script when they are installed, except for those listed here', () => {
    const scripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([folder]) => folder);
    expect(scripts).toEqual(INSTALL_SCRIPTS);
  });

  test('are locked by digest, and come only from the registry', () => {
    const loose = installed.filter(
      ([, { integrity, resolved = REGISTRY }]) => !integrity?.startsWith('sha512-') || !resolved.startsWith(REGISTRY),
    );
    expect(loose.map(([folder]) => folder)).toEqual([]);
  });

  test('are required in one exact version each, and named in the README', () => {
    const { dependencies, devDependencies } = read('package.json') as Record<string, Record<string, string>>;
    const readme = readFileSync(join(PROJECT_FOLDER, 'README.md'), 'utf8');
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      const word = name.replace(/^@(playwright)\/test$/, '$1').replace(/^@tensorflow\/tfjs-(?!core)/, '-');
      const isNamed = readme.includes(word) || ['@types/node', '@eslint/js'].includes(name);
      expect(isNamed, `${name} in the README`).toBe(true);
    }
  });
});
