/** Checks of single values in the kiosk's settings; each says in words what a value may be. */
import * as v from 'valibot';
import { DAYS } from './hours.ts';

/** A number within bounds. */
export function numberFrom(low: number, high: number) {
  const message = `must be a number from ${low} to ${high}`;
  return v.pipe(
    v.number(message),
    v.check((value) => value >= low && value <= high, message),
  );
}

/** Zero, for never, or a number within bounds. */
export function zeroOrFrom(low: number, high: number) {
  const message = `must be 0, or a number from ${low} to ${high}`;
  return v.pipe(
    v.number(message),
    v.check((value) => value === 0 || (value >= low && value <= high), message),
  );
}

/** A whole number within bounds. */
export function wholeFrom(low: number, high: number) {
  const message = `must be a whole number from ${low} to ${high}`;
  return v.pipe(
    v.number(message),
    v.check((value) => Number.isInteger(value) && value >= low && value <= high, message),
  );
}

/** One of a few words. */
export function oneOf<const Options extends readonly string[]>(options: Options) {
  return v.picklist(options, `must be one of ${options.join(', ')}`);
}

export function trueOrFalse() {
  return v.boolean('must be true or false');
}

/** A text of some length. */
export function textUpTo(characters: number) {
  const message = `must be a text of 1 to ${characters} characters`;
  return v.pipe(v.string(message), v.minLength(1, message), v.maxLength(characters, message));
}

/** A list with no more entries than this. */
export function listOf<const Schema extends v.GenericSchema>(entry: Schema, least: number, most: number) {
  const message = `must be a list of ${least} to ${most} entries`;
  return v.pipe(v.array(entry, message), v.minLength(least, message), v.maxLength(most, message));
}

/** An object with these fields and no other. */
export function fieldsOf<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, (issue) => {
    const names = Object.keys(entries).join(', ');
    if (issue.expected === 'never') return `is not known; there are ${names}`;
    return issue.expected === 'Object' ? `must be an object with some of ${names}` : 'is missing';
  });
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A stretch of time on some days of the week. */
export const hoursSchema = fieldsOf({
  days: v.optional(listOf(oneOf(DAYS), 1, 7)),
  from: v.pipe(v.string('must be a time such as "09:30"'), v.regex(TIME, 'must be a time from "00:00" to "23:59"')),
  to: v.pipe(
    v.string('must be a time such as "18:00"'),
    v.check((text) => text === '24:00' || TIME.test(text), 'must be a time from "00:00" to "24:00"'),
  ),
});

/** Whether this machine knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
