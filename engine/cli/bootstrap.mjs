// @ts-check
/**
 * What the launcher needs before anything is installed: plain JavaScript, Node's own modules only.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Where a second process waits while a first one installs. The name ends in `.tmp`, which git ignores. */
const LOCK_FILE = 'install-lock.tmp';
const LOCK_POLL_MILLISECONDS = 200;
/** An installation that takes longer than this is taken for dead. */
const LOCK_PATIENCE_MILLISECONDS = 15 * 60_000;

/**
 * What stops this program from running on Node `version`, as one line, or null.
 * The bounds are those of Vite and ESLint.
 * @param {string} version such as "22.13.0"
 */
export function nodeFault(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major > 22;
  return fits ? null : `This project needs Node 20.19, 22.13 or newer; this is Node ${version}.`;
}

/**
 * What stops this program from running in `folder`, as one line, or null. These are the characters that Vite and tsx
 * take for parts of an address or of a pattern.
 * @param {string} folder
 */
export function folderFault(folder) {
  const [character] = /[#?*]/.exec(folder) ?? [];
  if (character === undefined) return null;
  return `The path of this folder contains "${character}", which the build tools cannot handle: ${folder}. Rename the folder or move the project.`;
}

/**
 * The folder in which the person stands who has run the command: npm runs scripts in the project's folder, wherever that is.
 * @param {string} command
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} cwd
 */
export function userFolder(command, env, cwd) {
  // Inherited from another script, the variable says nothing about this command.
  return (env['npm_lifecycle_event'] === command && env['INIT_CWD']) || cwd;
}

/**
 * What the environment of a command needs beside the user's own.
 * @param {string} temporary the folder for temporary files
 * @returns {Record<string, string>}
 */
export function loaderSettings(temporary) {
  try {
    accessSync(temporary, constants.W_OK);
    return {};
  } catch {
    // tsx keeps what it has compiled there, and fails where it cannot.
    return { TSX_DISABLE_CACHE: '1' };
  }
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * Folders of the packages that `wanted` (package-lock.json) names and `present` (node_modules/.package-lock.json,
 * which npm writes last) lacks or has in another version. Optional packages may be absent: another platform's, or
 * one whose installation failed, which npm tolerates as well.
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
  // A folder that somebody deleted is still in npm's list.
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
 * Runs `work` while no other process of this project does, and waits for its turn.
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
      // Renaming is atomic: of several that find the lock abandoned, one takes it away.
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
 * Installs what is missing with `npm ci`; its output goes to stderr, so that a command's stdout stays its own.
 * @param {string} root
 * @throws {Error} with one line for the user
 */
export function installMissing(root) {
  if (isInstalled(root)) return;
  withInstallLock(root, () => {
    if (isInstalled(root)) return;
    process.stderr.write('Installing the packages that this project needs (once, npm ci) …\n');
    // Under `npm run`, npm says where it is; its own JavaScript needs no shell on any system.
    const npm = process.env['npm_execpath'] ?? '';
    const viaNode = basename(npm) === 'npm-cli.js' && existsSync(npm);
    // The includes hold even where NODE_ENV or a user's .npmrc leaves them out: the build needs both.
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
