/**
 * Allows one run in a folder. A lock file names the process that works there.
 * If that process was killed or lost its power, the lock is taken over.
 */
import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../engine/common/error-message.ts';
import { UserError } from '../../engine/command-line/command.ts';
import { makeFolder } from '../../engine/command-line/files.ts';

/** A folder that another run is working in, or that cannot be written. */
export class RunLockError extends UserError {
  override name = 'RunLockError';
}

const LOCK_NAME = 'run.lock';
/** How often a lock is touched. The age of a lock shows whether its machine is still running. */
const TOUCH_SECONDS = 60;
const SILENT_SECONDS = 15 * 60;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Distinguishes the process from a later one with the same number; null where the system cannot say. */
  readonly started: string | null;
}

function codeOf(fault: unknown): unknown {
  return fault instanceof Error && 'code' in fault ? fault.code : undefined;
}

/** The boot, and the time after it at which a process started (Linux); null if the system cannot tell. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in brackets, may hold anything; field 22 is the 20th behind it.
    const started = fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot}:${started}`;
  } catch {
    return null;
  }
}

function isRunning({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    // We may not signal another user's process, but it exists.
    return codeOf(fault) === 'EPERM';
  }
  const now = startOf(pid);
  return started === null || now === null || now === started;
}

/** The content of a lock file; null if it is missing or makes no sense. */
function readHolder(path: string): Holder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('host' in value)) return null;
    const { pid, host } = value;
    const started = 'started' in value && typeof value.started === 'string' ? value.started : null;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host, started } : null;
  } catch {
    return null;
  }
}

/**
 * Takes the lock of a folder, which is made if it is not there.
 * @param warn gets a sentence when the lock of a dead process is taken over
 * @returns gives the lock back
 * @throws UserError if the folder cannot be made; RunLockError if a run is working there, or may be on another machine
 */
export function lockRun(folder: string, warn: (message: string) => void): () => void {
  const path = join(folder, LOCK_NAME);
  const own: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  const draft = join(folder, `.${LOCK_NAME}.${process.pid}.tmp`);
  makeFolder(folder);
  try {
    writeFileSync(draft, JSON.stringify(own));
  } catch (fault) {
    throw new RunLockError(`The folder "${folder}" cannot be written: ${messageOf(fault)}.`);
  }
  try {
    if (!tryLink(draft, path)) {
      const holder = readHolder(path);
      refuseIfHeld(folder, path, holder, own);
      if (holder)
        warn(`The run that was in "${folder}" (process ${holder.pid}) ended without a word; its lock is taken over.`);
      removeStale(path, holder, folder);
      if (!tryLink(draft, path)) throw heldBy(folder, 'another process that has just begun');
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const touching = setInterval(() => touch(path), 1000 * TOUCH_SECONDS).unref();
  return () => {
    clearInterval(touching);
    const holder = readHolder(path);
    if (holder && holder.pid === own.pid && holder.started === own.started) rmSync(path, { force: true });
  };
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // The drive may be gone for a moment, or somebody deleted the lock. Neither is a reason to stop.
  }
}

/** Gives `draft` the name `path` as well, in one piece; false if that is taken. */
function tryLink(draft: string, path: string): boolean {
  try {
    try {
      linkSync(draft, path);
    } catch (fault) {
      if (codeOf(fault) === 'EEXIST') return false;
      // Some network drives do not support hard links.
      copyFileSync(draft, path, constants.COPYFILE_EXCL);
    }
    return true;
  } catch (fault) {
    if (codeOf(fault) === 'EEXIST') return false;
    throw new RunLockError(`The lock "${path}" cannot be made: ${messageOf(fault)}.`);
  }
}

function heldBy(folder: string, who: string): RunLockError {
  return new RunLockError(`A run is working in "${folder}" already (${who}); choose another folder with --out.`);
}

function refuseIfHeld(folder: string, path: string, holder: Holder | null, own: Holder): void {
  if (!holder) return;
  if (holder.host !== own.host) {
    if (Date.now() - statSync(path).mtimeMs > 1000 * SILENT_SECONDS) return;
    throw new RunLockError(
      `The folder "${folder}" is locked by process ${holder.pid} on the machine "${holder.host}"; if that is no longer running, delete "${path}" or wait a quarter of an hour.`,
    );
  }
  // A container gives its processes the same numbers every time.
  if (holder.pid === own.pid && holder.started !== own.started) return;
  if (isRunning(holder)) throw heldBy(folder, `process ${holder.pid}`);
}

/** Removes the lock that was found stale, but not another one that has replaced it in the meantime. */
function removeStale(path: string, holder: Holder | null, folder: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    // It is already gone. The link decides who takes it next.
    return;
  }
  const moved = readHolder(aside);
  if (moved?.pid !== holder?.pid || moved?.started !== holder?.started) {
    tryLink(aside, path);
    rmSync(aside, { force: true });
    throw heldBy(folder, `process ${moved?.pid ?? 'unknown'}`);
  }
  rmSync(aside, { force: true });
}
