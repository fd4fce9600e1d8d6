// @ts-check
/** The npm process that runs the launcher, and may be killed without passing on a signal. */
import { readFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';

const POLL_MILLISECONDS = 1000;

/**
 * Returns a process's name, state and parent, or null if /proc does not have them.
 * @param {number} pid
 * @returns {{ name: string, state: string, parent: number } | null}
 */
function statusOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may contain anything.
    const end = text.lastIndexOf(')');
    const [state = '', parent] = text.slice(end + 2).split(' ');
    return { name: text.slice(text.indexOf('(') + 1, end), state, parent: Number(parent) };
  } catch {
    return null;
  }
}

/**
 * Returns the id of the npm process, or null if the launcher was not started by npm: a command that was started by hand
 * may outlive its shell. npm runs scripts in a shell, which may come between the two.
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
    // A process of another user cannot be signalled, but it exists.
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
  // A dead process is still listed until its parent waits for it.
  return statusOf(pid)?.state !== 'Z';
}

/**
 * Calls `then` once when a process has ended. If `pid` is null, there is nothing to watch.
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
