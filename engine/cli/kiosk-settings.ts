/**
 * The settings file of the kiosk.
 */
import * as v from 'valibot';
import { messageOf, readInputFile, UserError } from './command.ts';

const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/** Each is handed to the page, which has a default of its own. */
const settingsSchema = v.strictObject({
  model: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  seed: v.optional(whole(0, 0xffff_ffff)),
  columns: v.optional(whole(1, 4096)),
  rows: v.optional(whole(1, 4096)),
  tile: v.optional(whole(1, 4096)),
  dropout: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  rate: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  palette: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  view: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
});

export type KioskSettings = v.InferOutput<typeof settingsSchema>;

/**
 * Reads and checks a settings file.
 * @throws UserError that names the file and what is wrong with it
 */
export function readKioskSettings(path: string): KioskSettings {
  const text = new TextDecoder().decode(readInputFile(path));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`The settings file ${path} is not valid JSON: ${messageOf(error)}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(`The settings file ${path} must hold one JSON object.`);
  }
  const result = v.safeParse(settingsSchema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  if (issue.type === 'strict_object') {
    const known = Object.keys(settingsSchema.entries).join(', ');
    throw new UserError(`The settings file ${path} has the unknown setting "${field ?? ''}"; there are ${known}.`);
  }
  throw new UserError(`The settings file ${path} has a fault in "${field ?? ''}": ${issue.message}.`);
}

/** The page's address with the settings in its query string. */
export function kioskAddress(address: string, settings: KioskSettings): string {
  const url = new URL(address);
  url.searchParams.set('kiosk', '1');
  for (const [name, value] of Object.entries(settings)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}
