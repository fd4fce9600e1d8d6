/** Hours of the week, as the operator of an exhibit writes them, in local time. */

/** Days of the week, in the order of `Date`. */
export const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Day = (typeof DAYS)[number];

/** A period of time on some days. If it ends before it begins, it continues into the next day. */
export interface Hours {
  /** The days on which it begins; every day if left out. */
  readonly days?: readonly Day[] | undefined;
  /** `HH:MM`, 00:00 to 23:59. */
  readonly from: string;
  /** `HH:MM`, 00:00 to 24:00; exclusive. */
  readonly to: string;
}

/** A day of the week and a time, as a clock on the wall shows them. */
export interface WallTime {
  /** Index into {@link DAYS}. */
  readonly day: number;
  /**
   * Minutes since midnight, as the clock shows them. When summer time begins or ends, some values are skipped or occur
   * twice.
   */
  readonly minutes: number;
}

const MINUTES_A_DAY = 24 * 60;

/**
 * Returns the local time at a moment.
 * @param timeZone such as `Europe/Berlin`; the machine's if left out
 */
export function wallTime(moment: Date, timeZone?: string): WallTime {
  if (timeZone === undefined) {
    return { day: moment.getDay(), minutes: moment.getHours() * 60 + moment.getMinutes() };
  }
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const day = DAYS.findIndex((name) => name.startsWith((parts.get('weekday') ?? '').toLowerCase()));
  return { day, minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const options = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', options);
  formats.set(timeZone, format);
  return format;
}

/** Whether a time lies within one of these hours. */
export function isWithin(hours: readonly Hours[], { day, minutes }: WallTime): boolean {
  return hours.some(({ days, from, to }) => {
    const begin = minutesOf(from);
    const end = minutesOf(to);
    const beginsOn = (which: number): boolean => days === undefined || days.includes(DAYS[(which + 7) % 7]);
    if (begin < end) return beginsOn(day) && minutes >= begin && minutes < end;
    return (beginsOn(day) && minutes >= begin) || (beginsOn(day - 1) && minutes < end);
  });
}

/** Whether an exhibit is open. Without hours it is always open. */
export function isOpen(hours: readonly Hours[], time: WallTime): boolean {
  return hours.length === 0 || isWithin(hours, time);
}

const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

/** Two overlapping entries of a list of hours, in the order of the list, and a day on which they overlap. */
export interface Overlap {
  readonly first: number;
  /** The same as `first` if an entry names a day twice. */
  readonly second: number;
  readonly day: Day;
}

/** All overlapping pairs of hours in a list, each once. */
export function overlapsOf(hours: readonly Hours[]): Overlap[] {
  /** In minutes since the start of the week; the last may continue into the next week. */
  const stretches = hours.flatMap(({ days = DAYS, from, to }, index) => {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    const lasts = begin < end ? end - begin : end + MINUTES_A_DAY - begin;
    return days.map((day) => ({ index, day, begin: DAYS.indexOf(day) * MINUTES_A_DAY + begin, lasts }));
  });
  const found = new Map<string, Overlap>();
  for (const [place, one] of stretches.entries()) {
    for (const other of stretches.slice(place + 1)) {
      const after = (other.begin - one.begin + MINUTES_A_WEEK) % MINUTES_A_WEEK;
      const isWithinOne = after < one.lasts;
      if (!isWithinOne && MINUTES_A_WEEK - after >= other.lasts) continue;
      const pair = `${one.index} ${other.index}`;
      const day = isWithinOne ? other.day : one.day;
      if (!found.has(pair)) found.set(pair, { first: one.index, second: other.index, day });
    }
  }
  return [...found.values()];
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOf(text: string): number {
  const [hour, minute] = text.split(':').map(Number);
  return Math.min(MINUTES_A_DAY, hour * 60 + minute);
}
