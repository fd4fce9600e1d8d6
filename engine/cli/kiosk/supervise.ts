/** Keeps a process running: starts it again whenever it ends or is found ill, each time after a longer wait. */
import { messageOf } from '../../common/error-message.ts';

/** A process that runs. */
export interface Ward {
  /** Resolves, with the reason as a clause, when it has ended by itself. */
  readonly ended: Promise<string>;
  /**
   * Ends it, with everything that it has started.
   * @param isIll whether it was found ill: then it is not asked to end, which it might not answer
   */
  stop(isIll?: boolean): Promise<void>;
}

export interface SuperviseOptions {
  /** For the log. */
  readonly name: string;
  readonly start: () => Promise<Ward>;
  /** Looks at the ward now and then; gives the reason to end it as a clause, or null. */
  readonly examine?: (ranSeconds: number) => Promise<string | null>;
  readonly log: (line: string) => void;
  /** Resolves when everything shall end. */
  readonly end: Promise<unknown>;
  readonly time: SupervisorTime;
}

export interface SupervisorTime {
  /** Milliseconds. */
  now(): number;
  /** Resolves after so long, or as soon as `end` does; a test decides when that is. */
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
/** What has run so long was well: the next wait is the shortest again. */
const STABLE_SECONDS = 120;
const EXAMINE_MILLISECONDS = 1000;

/** Seconds to wait before the start after so many failures in a row. */
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

/** Resolves with the first reason that an examination gives; never, if there is none. */
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
