/**
 * Packs the exhibit into one archive that can be installed without a network and without npm. It contains the built
 * site, the launcher as plain JavaScript, and what Debian needs to start it. The machine provides the browser and Node.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import packageFile from '../../../package.json' with { type: 'json' };
import { UserError } from '../../command-line/command.ts';
import { makeFolder, writeFileAtomic } from '../../command-line/files.ts';
import { PROJECT_FOLDER, SITE_FOLDER, sourcesDigest } from '../site.ts';

/**
 * Programs that run in separate processes. They are in the same folder, where the sources' relative paths to the site
 * are valid.
 */
const ENTRIES = { kiosk: 'engine/cli/kiosk.ts', 'server-process': 'engine/cli/kiosk/server-process.ts' };

/** Files from engine/cli/kiosk, besides its whole folder `debian`; they are in the top folder of the archive. */
const FILES = ['example-settings.json', 'README.md'];

/** Returns the name and version of the bundle, which differ for each build of the same version. */
export function bundleVersion(): string {
  return `${packageFile.version}-${sourcesDigest(PROJECT_FOLDER).slice(0, 8)}`;
}

/**
 * Writes the archive of the built site to `path`, a .tar.gz file.
 * @throws UserError if it cannot be written
 */
export async function writeBundle(path: string): Promise<void> {
  if (!existsSync(join(import.meta.dirname, 'debian'))) {
    throw new UserError('A bundle is made from the project itself, not from another bundle.');
  }
  const temporary = mkdtempSync(join(tmpdir(), 'digits-bundle-'));
  try {
    const version = bundleVersion();
    const name = `self-classifying-digits-${version}`;
    const folder = join(temporary, name);
    const packages = await buildLauncher(join(folder, 'engine', 'cli'));
    cpSync(SITE_FOLDER, join(folder, 'dist'), { recursive: true });
    for (const file of FILES) cpSync(join(import.meta.dirname, file), join(folder, file));
    cpSync(join(import.meta.dirname, 'debian'), folder, { recursive: true });
    writeFileSync(join(folder, 'VERSION'), `${version}\n`);
    writeFileSync(join(folder, 'LICENSES.txt'), licences(packages));
    const archive = join(temporary, 'bundle.tar.gz');
    const { status, error, stderr } = spawnSync('tar', ['-czf', archive, '-C', temporary, name], { encoding: 'utf8' });
    if (status !== 0) throw new UserError(`The bundle could not be packed by tar: ${error?.message ?? stderr.trim()}.`);
    makeFolder(dirname(resolve(path)));
    writeFileAtomic(path, readFileSync(archive));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Builds the launcher into a folder, and returns the names of the packages that it includes. */
async function buildLauncher(outDir: string): Promise<string[]> {
  // Loaded only here, because a bundle, which never makes another one, does not contain it.
  const { build } = await import('vite');
  const packages = new Set<string>();
  await build({
    configFile: false,
    root: PROJECT_FOLDER,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['vite', 'typescript', 'playwright'] },
    plugins: [
      {
        name: 'packages',
        generateBundle(_options, bundle) {
          for (const chunk of Object.values(bundle)) {
            const modules = chunk.type === 'chunk' ? chunk.moduleIds : [];
            for (const id of modules) {
              const found = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1];
              if (found !== undefined) packages.add(found.replaceAll('\\', '/'));
            }
          }
        },
      },
    ],
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(PROJECT_FOLDER, file)])),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
        checks: { bundlerTimings: false },
      },
    },
  });
  return [...packages].sort();
}

/** The licences of this project and of packages, one after the other. */
function licences(packages: readonly string[]): string {
  const own = ['self-classifying-digits', readFileSync(join(PROJECT_FOLDER, 'LICENSE'), 'utf8')] as const;
  const others = packages.map((name) => {
    const folder = join(PROJECT_FOLDER, 'node_modules', name);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
    return [name, text] as const;
  });
  return [own, ...others].map(([name, text]) => `${name}\n\n${text.trim()}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}
