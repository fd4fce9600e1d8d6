// @ts-check
/** What the launcher needs before anything is installed: plain JavaScript that uses only Node's own modules. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The lock for which other processes wait while one of them installs. The name ends in `.tmp`, which git ignores. */
const LOCK_FILE = 'install-lock.tmp';
const LOCK_POLL_MILLISECONDS = 200;
/** An installation that takes longer than this is considered dead. */
const LOCK_PATIENCE_MILLISECONDS = 15 * 60_000;

/**
 * Returns one line that says why this program cannot run on Node `version`, or null. The bounds are those of Vite and
 * ESLint.
 * @param {string} version such as "22.13.0"
 */
export function nodeFault(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major > 22;
  return fits ? null : `This project needs Node 20.19, 22.13 or newer; this is Node ${version}.`;
}

/**
 * Returns one line that says why this program cannot run in `folder`, or null. Vite and tsx treat the refused
 * characters as parts of an address or a pattern.
 * @param {string} folder
 */
export function folderFault(folder) {
  const [character] = /[#?*]/.exec(folder) ?? [];
  if (character === undefined) return null;
  return `The path of this folder contains "${character}", which the build tools cannot handle: ${folder}. Rename the folder or move the project.`;
}

/**
 * Returns the folder in which the user ran the command. npm always runs scripts in the project's folder.
 * @param {string} command
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} cwd
 */
export function userFolder(command, env, cwd) {
  // If the variable is inherited from another script, it says nothing about this command.
  return (env['npm_lifecycle_event'] === command && env['INIT_CWD']) || cwd;
}

/**
 * Environment variables that a command needs in addition to the user's.
 * @param {string} temporary the folder for temporary files
 * @returns {Record<string, string>}
 */
export function loaderSettings(temporary) {
  try {
    accessSync(temporary, constants.W_OK);
    return {};
  } catch {
    // tsx caches compiled code there, and fails if it cannot.
    return { TSX_DISABLE_CACHE: '1' };
  }
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * Returns the folders of the packages that `wanted` (package-lock.json) names and `present`
 * (node_modules/.package-lock.json, which npm writes last) lacks or has in another version. Optional packages may be
 * missing: they may be for another platform, or their installation may have failed, which npm tolerates as well.
 * @param {Lock} wanted
 * @param {Lock | null} present
 * @returns {string[]}
 */
export function missingPackages(wanted, present) {
  const installed = present?.packages ?? {};
  return Object.entries(wanted.packages ?? {})
    .filter(([folder, entry]) => {
      if (folder === '') return false;
      const found = installed[folder];
      if (!found) return !entry.optional;
      return found.version !== entry.version || found.integrity !== entry.integrity;
    })
    .map(([folder]) => folder);
}

/**
 * @param {string} path
 * @returns {Lock | null} null if the file is absent or broken
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {string} root the project's folder
 * @returns {boolean} whether everything that the lock file names is installed
 */
export function isInstalled(root) {
  const wanted = readLock(join(root, 'package-lock.json'));
  if (!wanted) throw new Error('package-lock.json is missing or broken; restore it from the repository.');
  const present = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (missingPackages(wanted, present).length > 0) return false;
  // A deleted folder is still in npm's list.
  return Object.keys(present?.packages ?? {}).every((folder) => existsSync(join(root, folder)));
}

/** @param {number} milliseconds */
function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/**
 * Whether the process that wrote the lock is gone.
 * @param {string} path
 */
function isAbandoned(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > LOCK_PATIENCE_MILLISECONDS) return true;
    const owner = Number(readFileSync(path, 'utf8'));
    if (!(owner > 0)) return false;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/**
 * Waits until no other process of this project runs `work`, and then runs it.
 * @param {string} root
 * @param {() => void} work
 */
export function withInstallLock(root, work) {
  const path = join(root, LOCK_FILE);
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EEXIST') {
        throw new Error(`The packages that this project needs are missing and cannot be installed here: ${message}.`, {
          cause: error,
        });
      }
    }
    if (isAbandoned(path)) {
      // Renaming is atomic: if several processes find the lock abandoned, only one of them removes it.
      const grave = `${path}-${process.pid}.tmp`;
      try {
        renameSync(path, grave);
        rmSync(grave, { force: true });
      } catch {
        // Another process was quicker.
      }
    } else {
      sleep(LOCK_POLL_MILLISECONDS);
    }
  }
  try {
    work();
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * Installs missing packages with `npm ci`. Its output goes to stderr, to keep it out of the command's stdout.
 * @param {string} root
 * @throws {Error} with one line for the user
 */
export function installMissing(root) {
  if (isInstalled(root)) return;
  withInstallLock(root, () => {
    if (isInstalled(root)) return;
    process.stderr.write('Installing the packages that this project needs (once, npm ci) …\n');
    // Under `npm run`, npm gives its own path; running its JavaScript needs no shell on any system.
    const npm = process.env['npm_execpath'] ?? '';
    const viaNode = basename(npm) === 'npm-cli.js' && existsSync(npm);
    // The includes apply even if NODE_ENV or the user's .npmrc omits these packages: the build needs both.
    const options = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    const result = viaNode
      ? spawnSync(process.execPath, [npm, ...options], { cwd: root, stdio: ['ignore', 2, 2] })
      : spawnSync('npm', options, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    if (result.error) throw new Error(`npm could not be started: ${result.error.message}.`);
    if (result.status !== 0 || !isInstalled(root)) {
      throw new Error(
        'The packages could not be installed (npm ci failed, see above); check the network and try again.',
      );
    }
  });
}
