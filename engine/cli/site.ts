/**
 * The built site in `dist/`: is it that of the present sources, and building it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { UserError } from '../command-line/command.ts';
import { writeFault } from '../command-line/files.ts';
import { COVERAGE_FOLDER, IS_COUNTED } from './counting/folder.ts';
import { compressFiles } from './compress.ts';
import { buildLibrary, buildTypes } from './library.ts';

/** The project's folder. */
export const PROJECT_FOLDER = join(import.meta.dirname, '..', '..');

/** Where the site is built to; that with source maps, for counting what runs, is another. */
export const SITE_FOLDER = IS_COUNTED ? join(COVERAGE_FOLDER, 'site') : join(PROJECT_FOLDER, 'dist');

/** In the site's folder, so that it never outlives the files it speaks of; hidden, so that no server sends it. */
const STAMP_FILE = '.sources';

/** What the site is made of. */
const SOURCES = ['engine', 'shaders', 'assets', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];

/** All files at or below `path`, sorted, tests left out. */
function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(test\.ts|tmp)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A digest of the names and contents of all sources of the site in `project`. */
export function sourcesDigest(project: string): string {
  const hash = createHash('sha256');
  for (const source of SOURCES.map((name) => join(project, name)).filter((path) => existsSync(path))) {
    const files = source.endsWith('.ts') || source.endsWith('.json') ? [source] : filesBelow(source);
    for (const file of files) {
      const content = readFileSync(file);
      hash.update(`${relative(project, file).replaceAll(sep, '/')}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

function builtDigest(): string | null {
  const stamp = join(SITE_FOLDER, STAMP_FILE);
  if (!existsSync(join(SITE_FOLDER, 'index.html')) || !existsSync(stamp)) return null;
  return readFileSync(stamp, 'utf8').trim();
}

/** Puts `fresh` in the place of `folder` in one step as far as a reader can tell. */
function replaceFolder(folder: string, fresh: string): void {
  const old = `${folder}-${process.pid}-old.tmp`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}

/** The site cannot be written where it belongs. */
class UnwritableError extends UserError {
  override name = 'UnwritableError';
}

/** Makes the folder that a build goes into: before all else, since a build takes long and says little when it fails. */
function makeBuildFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    throw new UnwritableError(`The site cannot be built in ${PROJECT_FOLDER}: ${writeFault(error)}.`);
  }
}

/**
 * Builds the site into `dist/`, which keeps its former content if the build fails or is interrupted.
 * @param types whether the library's types are written too, which nobody needs who only looks at the page
 * @throws UserError if the build fails or there is nowhere to write it
 */
export async function buildSite({ types = false } = {}): Promise<void> {
  const digest = sourcesDigest(PROJECT_FOLDER);
  const fresh = `${SITE_FOLDER}-${process.pid}.tmp`;
  const removeFresh = () => {
    rmSync(fresh, { recursive: true, force: true });
  };
  const stop = () => process.exit(130);
  process.on('exit', removeFresh).on('SIGINT', stop).on('SIGTERM', stop);
  try {
    makeBuildFolder(fresh);
    // Loaded only here: a start that has nothing to build is quick.
    const { build } = await import('vite');
    await build({
      configFile: join(PROJECT_FOLDER, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: fresh },
    });
    await buildLibrary(fresh);
    if (types) await buildTypes(fresh);
    // The site for counting is large and goes nowhere.
    if (!IS_COUNTED) await compressFiles(fresh);
    writeFileSync(join(fresh, STAMP_FILE), `${digest}\n`);
    replaceFolder(SITE_FOLDER, fresh);
  } catch (error) {
    if (error instanceof UnwritableError) throw error;
    throw new UserError(`The site could not be built: ${stripVTControlCharacters(writeFault(error))}`);
  } finally {
    removeFresh();
    process.off('exit', removeFresh).off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/**
 * Builds the site unless `dist/` is that of the present sources. Returns whether it did. An older site does where no other
 * can be written.
 * @throws UserError if there is no site and none can be built
 */
export async function buildSiteIfNeeded(): Promise<boolean> {
  const built = builtDigest();
  // A bundle has the site alone.
  if (built !== null && !existsSync(join(PROJECT_FOLDER, 'vite.config.ts'))) return false;
  if (built === sourcesDigest(PROJECT_FOLDER)) return false;
  process.stderr.write('Building the site …\n');
  try {
    await buildSite();
  } catch (error) {
    if (!(error instanceof UnwritableError) || built === null) throw error;
    process.stderr.write(`${error.message} The one that is there is older than its sources; it is used as it is.\n`);
    return false;
  }
  return true;
}
