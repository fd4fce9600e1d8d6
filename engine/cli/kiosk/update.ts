/**
 * Updates an installed exhibit from a bundle, and goes back to the previous version if the new one is not alive in
 * time. The versions are next to each other in a folder; a link, `current`, points to the running one.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../../common/error-message.ts';
import { UserError } from '../../command-line/command.ts';
import { makeFolder } from '../../command-line/files.ts';
import { type HealthReport, isRunning } from './health.ts';

/** How long a new version has until it must be alive. */
export const PATIENCE_SECONDS = 120;
/** The number of previous versions to keep besides the running one. */
const KEPT_VERSIONS = 2;
const POLL_MILLISECONDS = 1000;

export interface UpdateOptions {
  /** A bundle. */
  readonly archive: string;
  /** The folder that contains `current` and `versions/`. */
  readonly root: string;
  /** Restarts the version that `current` now points to. */
  readonly restart: () => void | Promise<void>;
  /** Returns the health of the exhibit, or null if it does not answer. */
  readonly health: () => Promise<HealthReport | null>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly log: (line: string) => void;
  readonly patienceSeconds?: number;
}

/**
 * Installs the bundle's version and starts it.
 * @throws UserError if the bundle cannot be used, or its version is not alive in time; the previous one then runs
 */
export async function update(options: UpdateOptions): Promise<void> {
  const { root, restart, log, patienceSeconds = PATIENCE_SECONDS } = options;
  const former = currentVersion(root);
  const version = unpack(options);
  if (version === former) throw new UserError(`Version ${version} is the one that runs already.`);
  const startedBefore = (await options.health())?.launcherStartSeconds ?? 0;
  log(`Version ${version} is started in place of ${former}.`);
  switchTo(root, version);
  const reason = await startAndWatch(restart, options, startedBefore, patienceSeconds);
  if (reason === null) {
    log(`Version ${version} is alive.`);
    forgetOld(root, version, former);
    return;
  }
  switchTo(root, former);
  rmSync(join(root, 'versions', version), { recursive: true, force: true });
  const again = (await options.health())?.launcherStartSeconds ?? 0;
  const trouble = await startAndWatch(restart, options, again, patienceSeconds);
  const outcome =
    trouble === null ? `Version ${former} is back and alive.` : `Version ${former} is back, but ${trouble}.`;
  throw new UserError(`Version ${version} was taken back: ${reason}. ${outcome}`);
}

function currentVersion(root: string): string {
  try {
    return basename(readlinkSync(join(root, 'current')));
  } catch {
    throw new UserError(`No exhibit is installed in ${root}; unpack the bundle and run its install.sh.`);
  }
}

/** Unpacks the archive into the folder of versions, and returns its version. */
function unpack({ archive, root }: UpdateOptions): string {
  if (!existsSync(archive)) throw new UserError(`There is no file "${archive}".`);
  const folder = join(root, 'versions', `unpacked-${process.pid}.tmp`);
  try {
    makeFolder(folder);
    const tar = spawnSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', '--no-same-owner'], {
      encoding: 'utf8',
    });
    if (tar.status !== 0) throw new UserError(`"${archive}" cannot be unpacked: ${firstLine(tar.stderr)}.`);
    const file = join(folder, 'VERSION');
    const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    if (!/^[\w.-]+$/.test(version) || version.startsWith('.') || !existsSync(join(folder, 'engine/cli/kiosk.mjs'))) {
      throw new UserError(`"${archive}" is no bundle of the exhibit.`);
    }
    const target = join(root, 'versions', version);
    // The running version is left unchanged.
    if (version !== currentVersion(root)) {
      rmSync(target, { recursive: true, force: true });
      renameSync(folder, target);
    }
    return version;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Switches in one step, so that there is a version to start at every moment. */
function switchTo(root: string, version: string): void {
  const fresh = join(root, `current-${process.pid}.tmp`);
  rmSync(fresh, { force: true });
  symlinkSync(join('versions', version), fresh);
  renameSync(fresh, join(root, 'current'));
}

/** Resolves with null once a new launcher is alive, or else with the reason why it is not. */
async function startAndWatch(
  restart: UpdateOptions['restart'],
  { health, sleep }: UpdateOptions,
  startedBefore: number,
  patienceSeconds: number,
): Promise<string | null> {
  try {
    await restart();
  } catch (error) {
    return `it could not be started: ${messageOf(error)}`;
  }
  let reason = 'it does not answer';
  for (let waited = 0; waited < patienceSeconds * 1000; waited += POLL_MILLISECONDS) {
    await sleep(POLL_MILLISECONDS);
    const report = await health();
    if (report === null || report.launcherStartSeconds === startedBefore) continue;
    if (isRunning(report.status)) return null;
    reason = report.reason ?? report.status;
  }
  return `after ${patienceSeconds} s ${reason}`;
}

/** Removes all versions that are not running, except the newest ones. */
function forgetOld(root: string, current: string, former: string): void {
  const folder = join(root, 'versions');
  const others = readdirSync(folder).filter((name) => name !== current && name !== former);
  const age = (name: string): number => statSync(join(folder, name)).mtimeMs;
  const old = others.sort((one, other) => age(other) - age(one)).slice(KEPT_VERSIONS - 1);
  for (const name of old) rmSync(join(folder, name), { recursive: true, force: true });
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0];
}

/** Returns the folder in which the running program is installed, or null if it is not installed. */
export function installedRoot(project: string): string | null {
  const versions = dirname(project);
  return basename(versions) === 'versions' && existsSync(join(dirname(versions), 'current')) ? dirname(versions) : null;
}
