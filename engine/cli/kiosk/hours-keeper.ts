/** Does what is due by local time: commands at opening and closing, and a daily restart. */
import { spawn } from 'node:child_process';
import { isOpen, minutesOf, wallTime } from '../../page/features/kiosk/hours.ts';
import type { KioskSettings } from '../../page/features/kiosk/settings.ts';
import { messageOf } from '../../common/error-message.ts';

/** How often the clock is checked. */
export const LOOK_MILLISECONDS = 10_000;

/** A command that is still running after this time is ended. */
const COMMAND_MILLISECONDS = 30_000;
/** How often a failing command is tried, once at each check of the clock, because a screen may be slow to wake. */
const MOST_ATTEMPTS = 3;
const MINUTES_A_DAY = 24 * 60;
/** If the clock jumps further than this, it was set, and what was due in between is skipped. */
const LONGEST_STEP_MINUTES = 60;

export interface HoursKeeperOptions {
  readonly settings: Pick<KioskSettings, 'openingHours' | 'timeZone'> & {
    readonly supervision: Pick<KioskSettings['supervision'], 'onOpen' | 'onClose' | 'restartAt'>;
  };
  readonly now: () => Date;
  /** Runs a command; rejects if it fails. */
  readonly run: (command: readonly string[]) => Promise<void>;
  readonly log: (line: string) => void;
}

export class HoursKeeper {
  readonly #options: HoursKeeperOptions;
  #isOpen: boolean | null = null;
  #attempts = 0;
  #isRunning = false;
  #minutes: number | null = null;
  #isRestartDue = false;

  constructor(options: HoursKeeperOptions) {
    this.#options = options;
  }

  /** Whether the time of the daily restart has come since the last call. */
  takeRestart(): boolean {
    const isDue = this.#isRestartDue;
    this.#isRestartDue = false;
    return isDue;
  }

  /** Checks the clock. Resolves when any command that was due has ended. Never throws. */
  async look(): Promise<void> {
    const { settings, now } = this.#options;
    const time = wallTime(now(), settings.timeZone);
    this.#watchRestart(time.minutes);
    const open = isOpen(settings.openingHours, time);
    // This also runs at the start, so that the screen has the right state after a power cut.
    if (open !== this.#isOpen) this.#attempts = 0;
    else if (this.#attempts === 0) return;
    if (this.#isRunning) return;
    this.#isOpen = open;
    await this.#runHook(open);
  }

  async #runHook(open: boolean): Promise<void> {
    const { settings, run, log } = this.#options;
    const command = open ? settings.supervision.onOpen : settings.supervision.onClose;
    const name = open ? 'onOpen' : 'onClose';
    if (!command) return;
    this.#isRunning = true;
    try {
      await run(command);
      this.#attempts = 0;
      log(`The command "${name}" has run.`);
    } catch (error) {
      this.#attempts += 1;
      const isLast = this.#attempts === MOST_ATTEMPTS;
      log(`The command "${name}" failed${isLast ? ' for the last time' : ''}: ${messageOf(error)}.`);
      if (isLast) this.#attempts = 0;
    } finally {
      this.#isRunning = false;
    }
  }

  #watchRestart(minutes: number): void {
    const { restartAt } = this.#options.settings.supervision;
    const before = this.#minutes;
    this.#minutes = minutes;
    if (restartAt === undefined || before === null) return;
    const step = (minutes - before + MINUTES_A_DAY) % MINUTES_A_DAY;
    const until = (minutesOf(restartAt) - before + MINUTES_A_DAY) % MINUTES_A_DAY;
    if (until > 0 && until <= step && step <= LONGEST_STEP_MINUTES) this.#isRestartDue = true;
  }
}

/**
 * Runs a program with its arguments, without a shell. If it does not exit by itself, it is ended with its child
 * processes.
 * @throws if it cannot be started, fails or hangs
 */
export function runCommandLine([program, ...args]: readonly string[], most = COMMAND_MILLISECONDS): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      // It gets its own process group, so that all of it can be ended.
      detached: process.platform !== 'win32',
    });
    let report = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      report = (report + chunk).slice(-300);
    });
    const timer = setTimeout(() => {
      reject(new Error(`it did not end within ${most / 1000} s and was ended`));
      try {
        process.kill(process.platform === 'win32' ? (child.pid ?? 0) : -(child.pid ?? 0), 'SIGKILL');
      } catch {
        // It has ended in this moment.
      }
    }, most);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${program} could not be started: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      const words = report.trim().replace(/\s+/g, ' ');
      if (code === 0) resolve();
      else
        reject(new Error(`${program} ended with ${signal ?? `code ${code ?? 1}`}${words === '' ? '' : `: ${words}`}`));
    });
  });
}
