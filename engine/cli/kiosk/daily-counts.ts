/**
 * How much guests do, a day: touches, digits that were read, minutes of play. One line of JSON for each day in a file,
 * which survives restarts of page, server and machine, and says nothing of a person.
 */
import * as v from 'valibot';
import type { Heartbeat } from '../../page/features/kiosk/heartbeat.ts';
import { messageOf } from '../../common/error-message.ts';
import { readTextIfAny, writeFileAtomic } from '../../command-line/files.ts';

const amount = v.pipe(v.number(), v.minValue(0));
const daySchema = v.object({ day: v.string(), touches: amount, digitsRead: amount, playSeconds: amount });
/** The page whose counts are in the file already, as far as they are. */
const pageSchema = v.object({ pageStart: v.number(), touches: amount, digitsRead: amount, playSeconds: amount });

export type DayCounts = v.InferOutput<typeof daySchema>;

/** What has changed is written so often at most. */
const WRITE_MILLISECONDS = 30_000;
/** Days that are kept: ten years. */
const MOST_DAYS = 3660;

export interface DailyCountsOptions {
  /** A `.jsonl`; beside it a `.page.json` says what of the page was counted. */
  readonly file: string;
  readonly timeZone?: string | undefined;
  readonly log: (line: string) => void;
}

export class DailyCounts {
  readonly #options: DailyCountsOptions;
  readonly #format: Intl.DateTimeFormat;
  readonly #days: DayCounts[];
  #page: v.InferOutput<typeof pageSchema> | null;
  #writtenMilliseconds = -Infinity;
  #hasFailed = false;

  /** Reads what is there; a line that is broken is left out. */
  constructor(options: DailyCountsOptions) {
    this.#options = options;
    const { timeZone } = options;
    // As in 2026-11-29.
    this.#format = new Intl.DateTimeFormat('sv-SE', {
      dateStyle: 'short',
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    this.#days = readTextIfAny(options.file)
      .split('\n')
      .flatMap((line) => {
        const result = v.safeParse(daySchema, parse(line));
        return result.success ? [result.output] : [];
      });
    const page = v.safeParse(pageSchema, parse(readTextIfAny(this.#pageFile)));
    this.#page = page.success ? page.output : null;
  }

  /** Today's, or the last day's that had any. */
  get latest(): DayCounts | null {
    return this.#days.at(-1) ?? null;
  }

  /** A page has told its counts since it was loaded. */
  hear({ pageStart, touches, digitsRead, playSeconds }: Heartbeat, now: Date): void {
    // Another page has counted from nothing.
    const before = this.#page?.pageStart === pageStart ? this.#page : { touches: 0, digitsRead: 0, playSeconds: 0 };
    this.#page = { pageStart, touches, digitsRead, playSeconds };
    const more = {
      touches: Math.max(0, touches - before.touches),
      digitsRead: Math.max(0, digitsRead - before.digitsRead),
      playSeconds: Math.max(0, playSeconds - before.playSeconds),
    };
    if (more.touches + more.digitsRead + more.playSeconds === 0) return;
    const today = this.#format.format(now);
    let day = this.#days.find((each) => each.day === today);
    if (!day) {
      day = { day: today, touches: 0, digitsRead: 0, playSeconds: 0 };
      this.#days.push(day);
    }
    day.touches += more.touches;
    day.digitsRead += more.digitsRead;
    day.playSeconds = Math.round((day.playSeconds + more.playSeconds) * 10) / 10;
    if (now.getTime() - this.#writtenMilliseconds >= WRITE_MILLISECONDS) this.write(now);
  }

  /** Writes the file; what cannot be written is written later. */
  write(now: Date): void {
    this.#writtenMilliseconds = now.getTime();
    try {
      const lines = this.#days.slice(-MOST_DAYS).map((day) => `${JSON.stringify(day)}\n`);
      writeFileAtomic(this.#options.file, lines.join(''));
      writeFileAtomic(this.#pageFile, JSON.stringify(this.#page));
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) this.#options.log(`The counts of the day cannot be written: ${messageOf(error)}`);
      this.#hasFailed = true;
    }
  }

  get #pageFile(): string {
    return `${this.#options.file.replace(/\.jsonl$/, '')}.page.json`;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
