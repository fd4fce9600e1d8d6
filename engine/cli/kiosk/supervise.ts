/** Keeps a process running: restarts it whenever it exits or is found unhealthy, each time after a longer wait. */
import { messageOf } from '../../common/error-message.ts';

/** A running process. */
export interface Ward {
  /** Resolves with the reason, as a clause, when it has exited by itself. */
  readonly ended: Promise<string>;
  /**
   * Ends it, with everything that it has started.
   * @param isIll whether it was found unhealthy; then it is killed without being asked to exit, because it might not
   * react
   */
  stop(isIll?: boolean): Promise<void>;
}

export interface SuperviseOptions {
  /** The name for the log. */
  readonly name: string;
  readonly start: () => Promise<Ward>;
  /** Examines the process regularly. Returns the reason to end it, as a clause, or null. */
  readonly examine?: (ranSeconds: number) => Promise<string | null>;
  readonly log: (line: string) => void;
  /** Resolves when everything should end. */
  readonly end: Promise<unknown>;
  readonly time: SupervisorTime;
}

export interface SupervisorTime {
  /** Milliseconds. */
  now(): number;
  /** Resolves after this time, or as soon as `end` does; tests use their own clock. */
  sleep(milliseconds: number, end?: Promise<unknown>): Promise<void>;
}

export const REAL_TIME: SupervisorTime = {
  now: () => performance.now(),
  sleep: (milliseconds, end) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      void end?.then(() => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 30;
/** A process that has run for this long was healthy, and the next wait is the shortest again. */
const STABLE_SECONDS = 120;
const EXAMINE_MILLISECONDS = 1000;

/** Seconds to wait before the next start, after a number of failures in a row. */
export function waitSeconds(failures: number): number {
  return Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.max(0, failures - 1));
}

/** Resolves after `end`, when the process has been stopped. */
export async function supervise({ name, start, examine, log, end, time }: SuperviseOptions): Promise<void> {
  let isEnding = false;
  const ending = end.then(() => {
    isEnding = true;
    return 'the end';
  });
  let failures = 0;
  // Changed by the promise above.
  const goesOn = (): boolean => !isEnding;
  while (goesOn()) {
    const begin = time.now();
    let reason: string;
    try {
      const ward = await start();
      const watch = { stopped: false };
      let isIll = false;
      const illness = examineUntil(watch, begin, examine, time).then((found) => {
        isIll = true;
        return found;
      });
      reason = await Promise.race([ward.ended, ending, illness]);
      watch.stopped = true;
      await ward.stop(isIll);
    } catch (error) {
      reason = `it could not be started: ${messageOf(error)}`;
    }
    if (!goesOn()) return;
    failures = (time.now() - begin) / 1000 >= STABLE_SECONDS ? 1 : failures + 1;
    const wait = waitSeconds(failures);
    log(`The ${name} is started again in ${wait} s: ${reason}.`);
    await time.sleep(wait * 1000, ending);
  }
}

/** Resolves with the first reason that an examination returns, or never if there is none. */
async function examineUntil(
  watch: { readonly stopped: boolean },
  beginMilliseconds: number,
  examine: SuperviseOptions['examine'],
  time: SupervisorTime,
): Promise<string> {
  while (examine && !watch.stopped) {
    await time.sleep(EXAMINE_MILLISECONDS);
    const reason = await examine((time.now() - beginMilliseconds) / 1000);
    if (reason !== null) return reason;
  }
  return new Promise(() => undefined);
}
