/**
 * Counts what guests do on each day: touches, digits that were read, minutes of play. A file has one line of JSON for
 * each day. It survives restarts of the page, the server and the machine, and contains nothing about any person.
 */
import * as v from 'valibot';
import type { Heartbeat } from '../../page/features/kiosk/heartbeat.ts';
import { messageOf } from '../../common/error-message.ts';
import { readTextIfAny, writeFileAtomic } from '../../command-line/files.ts';

const amount = v.pipe(v.number(), v.minValue(0));
const daySchema = v.object({ day: v.string(), touches: amount, digitsRead: amount, playSeconds: amount });
/** The page whose counts are already in the file, and how far they have been added. */
const pageSchema = v.object({ pageStart: v.number(), touches: amount, digitsRead: amount, playSeconds: amount });

export type DayCounts = v.InferOutput<typeof daySchema>;

/** The shortest time between writes. */
const WRITE_MILLISECONDS = 30_000;
/** The number of days to keep: ten years. */
const MOST_DAYS = 3660;

export interface DailyCountsOptions {
  /** A `.jsonl` file; a `.page.json` next to it says what has been counted of the page. */
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

  /** Reads the existing file; broken lines are left out. */
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

  /** The counts of today, or of the last day that had any. */
  get latest(): DayCounts | null {
    return this.#days.at(-1) ?? null;
  }

  /** Adds the counts of a page, which it reports as totals since it was loaded. */
  hear({ pageStart, touches, digitsRead, playSeconds }: Heartbeat, now: Date): void {
    // A new page starts counting from zero.
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

  /** Writes the file; if this fails, it is tried again later. */
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
