/** Checks of single values in the exhibit's settings. Each says in words what a value may be. */
import * as v from 'valibot';
import { DAYS, type Hours, overlapsOf } from './hours.ts';
import { didYouMean } from './nearest.ts';

/** Adds advice to the message if a number or a boolean is only wrong because it is in quotation marks. */
function unquoted(message: string) {
  return ({ input }: { readonly input: unknown }): string =>
    typeof input === 'string' && /^\s*(?:-?[\d.]+|true|false)\s*$/.test(input)
      ? `${message}, without quotation marks`
      : message;
}

/** A number within bounds. */
export function numberFrom(low: number, high: number) {
  const message = `must be a number from ${low} to ${high}`;
  return v.pipe(
    v.number(unquoted(message)),
    v.check((value) => value >= low && value <= high, message),
  );
}

/** Zero, for never, or a number within bounds. */
export function zeroOrFrom(low: number, high: number) {
  const message = `must be 0, or a number from ${low} to ${high}`;
  return v.pipe(
    v.number(unquoted(message)),
    v.check((value) => value === 0 || (value >= low && value <= high), message),
  );
}

/** A whole number within bounds. */
export function wholeFrom(low: number, high: number) {
  const message = `must be a whole number from ${low} to ${high}`;
  return v.pipe(
    v.number(unquoted(message)),
    v.check((value) => Number.isInteger(value) && value >= low && value <= high, message),
  );
}

/** One of a few words. */
export function oneOf<const Options extends readonly string[]>(options: Options) {
  return v.picklist(options, ({ input }) => `must be one of ${options.join(', ')}${didYouMean(input, options)}`);
}

export function trueOrFalse() {
  return v.boolean(unquoted('must be true or false'));
}

/** A text of some length. */
export function textUpTo(characters: number) {
  const message = `must be a text of 1 to ${characters} characters`;
  return v.pipe(v.string(message), v.minLength(1, message), v.maxLength(characters, message));
}

/** A text that is not easy to guess. */
export function passwordText() {
  const message = 'must be a text of 12 to 200 characters';
  return v.pipe(v.string(message), v.minLength(12, message), v.maxLength(200, message));
}

/** A list with a number of entries within bounds. */
export function listOf<const Schema extends v.GenericSchema>(entry: Schema, least: number, most: number) {
  const message = `must be a list of ${least} to ${most} entries`;
  const brackets = ({ input }: { readonly input: unknown }): string =>
    Array.isArray(input) ? message : `${message}, in square brackets`;
  return v.pipe(v.array(entry, brackets), v.minLength(least, message), v.maxLength(most, message));
}

/** An object with these fields and no others. */
export function fieldsOf<const Entries extends v.ObjectEntries>(entries: Entries) {
  const names = Object.keys(entries);
  return v.strictObject(entries, ({ expected, input }) => {
    if (expected === 'never') {
      return `is not known${didYouMean(input, names) || `; there are ${names.join(', ')}`}`;
    }
    return expected === 'Object' ? `must be an object with some of ${names.join(', ')}` : 'is missing';
  });
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** `; did you mean "09:30"?` for 9:30, 9.30, 9h30 and 9. */
function timeMeant({ input }: { readonly input: unknown }): string {
  const [, hour, minute = '00'] = /^\s*(\d\d?)(?:\s*[:.h]\s*(\d\d))?\s*(?:h|Uhr)?\s*$/i.exec(String(input)) ?? [];
  const meant = `${hour?.padStart(2, '0') ?? ''}:${minute}`;
  return TIME.test(meant) ? `; did you mean "${meant}"?` : '';
}

/** A time of the day that passes a test. */
function timeOfDay(passes: (text: string) => boolean, last: string) {
  const message = (issue: { readonly input: unknown }): string =>
    `must be a time from "00:00" to "${last}"${timeMeant(issue)}`;
  return v.pipe(v.string(message), v.check(passes, message));
}

/** A time of the day. */
export function dayTime() {
  return timeOfDay((text) => TIME.test(text), '23:59');
}

/** A period of time on some days of the week. */
export const hoursSchema = v.pipe(
  fieldsOf({
    days: v.optional(listOf(oneOf(DAYS), 1, 7)),
    from: dayTime(),
    to: timeOfDay((text) => text === '24:00' || TIME.test(text), '24:00'),
  }),
  v.check(
    ({ from, to }) => from !== to,
    'begins and ends at the same time; for a whole day write "from": "00:00", "to": "24:00"',
  ),
);

/** A list of hours that do not overlap. */
export function listOfHours(least: number, most: number) {
  return v.pipe(
    listOf(hoursSchema, least, most),
    v.rawCheck(({ dataset, addIssue }) => {
      const entries: unknown = dataset.value;
      if (!Array.isArray(entries)) return;
      // Entries that are wrong by themselves have already been reported.
      const places = [...entries.keys()].filter((place) => v.is(hoursSchema, entries[place]));
      for (const { first, second, day } of overlapsOf(places.map((place) => entries[place] as Hours))) {
        const message =
          first === second
            ? `overlaps with itself on ${day}; name each day once`
            : `overlaps with entry ${places[first] + 1} of the list on ${day}; change one, or merge the two`;
        const key = places[second];
        addIssue({ message, path: [{ type: 'array', origin: 'value', input: entries, key, value: entries[key] }] });
      }
    }),
  );
}

/** Whether this machine knows a time zone of this name. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The name of a time zone that this machine knows. */
export function timeZoneName() {
  return v.check(isTimeZone, ({ input }: { readonly input: string }) => {
    const near = didYouMean(input, Intl.supportedValuesOf('timeZone'));
    return `must be a time zone such as "Europe/Berlin"${near}`;
  });
}
