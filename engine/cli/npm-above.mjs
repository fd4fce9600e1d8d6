// @ts-check
/** The npm process that runs the launcher, which may be killed without telling it. */
import { readFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';

const POLL_MILLISECONDS = 1000;

/**
 * A process's name, state and parent; null where /proc does not tell.
 * @param {number} pid
 * @returns {{ name: string, state: string, parent: number } | null}
 */
function statusOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    const end = text.lastIndexOf(')');
    const [state = '', parent] = text.slice(end + 2).split(' ');
    return { name: text.slice(text.indexOf('(') + 1, end), state, parent: Number(parent) };
  } catch {
    return null;
  }
}

/**
 * The process that npm is, or null if the launcher was not started by npm: a command that was started by hand may
 * outlive the shell it was started from. npm runs scripts by a shell, which may stand between the two.
 * @returns {number | null}
 */
export function npmAbove() {
  if (process.env['npm_lifecycle_event'] === undefined) return null;
  const shell = statusOf(process.ppid);
  return shell && /^(?:ba|da|z|k)?sh$/.test(shell.name) ? shell.parent : process.ppid;
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    // Another user's process may not be asked, but is there.
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
  // A dead process that nobody has asked after yet is still listed.
  return statusOf(pid)?.state !== 'Z';
}

/**
 * Calls `then` once when a process is no more; null for none to watch.
 * @param {number | null} pid
 * @param {() => void} then
 */
export function whenGone(pid, then) {
  if (pid === null || pid <= 1) return;
  const timer = setInterval(() => {
    if (isRunning(pid)) return;
    clearInterval(timer);
    then();
  }, POLL_MILLISECONDS);
  timer.unref();
}
