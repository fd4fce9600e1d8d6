/** The built site in `dist/`: checks whether it is up to date with the sources, and builds it. */
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

/** The folder that the site is built into. The site with source maps, for coverage, has another folder. */
export const SITE_FOLDER = IS_COUNTED ? join(COVERAGE_FOLDER, 'site') : join(PROJECT_FOLDER, 'dist');

/** In the site's folder, so it never outlives the files that it describes; hidden, so no server sends it. */
const STAMP_FILE = '.sources';

/** The sources of the site. */
const SOURCES = ['engine', 'shaders', 'assets', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];

/** All files at or below `path`, sorted, without tests. */
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

/** Replaces `folder` with `fresh` in what looks to a reader like one step. */
function replaceFolder(folder: string, fresh: string): void {
  const old = `${folder}-${process.pid}-old.tmp`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}

/** The site cannot be written to its folder. */
class UnwritableError extends UserError {
  override name = 'UnwritableError';
}

/** Creates the folder for a build. This comes first, because a build takes long and says little when it fails. */
function makeBuildFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    throw new UnwritableError(`The site cannot be built in ${PROJECT_FOLDER}: ${writeFault(error)}.`);
  }
}

/**
 * Builds the site into `dist/`, which keeps its previous content if the build fails or is interrupted.
 * @param types whether to write the library's types as well, which the page itself does not need
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
    // Vite builds for production unless this says otherwise, as it does in a test runner and in some people's shells.
    process.env['NODE_ENV'] = 'production';
    // Loaded only here, to keep starts without a build quick.
    const { build } = await import('vite');
    await build({
      configFile: join(PROJECT_FOLDER, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: fresh },
    });
    await buildLibrary(fresh);
    if (types) await buildTypes(fresh);
    // The site for coverage is large and is never published.
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
 * Builds the site unless `dist/` is up to date with the sources. Returns whether it did. If no new site can be written,
 * an older one is used.
 * @throws UserError if there is no site and none can be built
 */
export async function buildSiteIfNeeded(): Promise<boolean> {
  const built = builtDigest();
  // A bundle contains only the site.
  if (built !== null && !existsSync(join(PROJECT_FOLDER, 'vite.config.ts'))) return false;
  if (built === sourcesDigest(PROJECT_FOLDER)) return false;
  process.stderr.write('Building the site …\n');
  try {
    await buildSite();
  } catch (error) {
    if (!(error instanceof UnwritableError) || built === null) throw error;
    process.stderr.write(`${error.message} The existing site is older than its sources; it is used anyway.\n`);
    return false;
  }
  return true;
}
