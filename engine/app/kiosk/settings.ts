/**
 * The settings of an exhibit: one JSON file, read by the page on a static site
 * and by `npm run kiosk`, each value checked, each with a default.
 */
import * as v from 'valibot';
import { LARGEST_SEED } from '../../common/random/random.ts';
import { PALETTES } from '../../view/palettes.ts';
import { VIEWS } from '../../view/views.ts';
import { LAYOUT_LIMITS } from '../layout.ts';
import { DROPOUT, STEPS_PER_SECOND } from '../settings.ts';
import {
  fieldsOf,
  hoursSchema,
  isTimeZone,
  listOf,
  numberFrom,
  oneOf,
  textUpTo,
  trueOrFalse,
  wholeFrom,
  zeroOrFrom,
} from './checks.ts';
import { DEFAULT_SCENES, sceneSchema } from './scene-settings.ts';

const stepsPerSecond = numberFrom(STEPS_PER_SECOND.low, STEPS_PER_SECOND.high);
const layoutOf = (name: keyof typeof LAYOUT_LIMITS) => wholeFrom(LAYOUT_LIMITS[name].low, LAYOUT_LIMITS[name].high);

export const kioskSchema = fieldsOf({
  /** `auto` is the browser's. */
  language: v.optional(oneOf(['auto', 'en', 'de']), 'auto'),
  /** The site's first model if left out. */
  model: v.optional(textUpTo(64)),
  seed: v.optional(wholeFrom(0, LARGEST_SEED), 1),
  /** Columns and rows follow the screen's shape if left out. */
  canvas: v.optional(
    fieldsOf({
      columns: v.optional(layoutOf('columns')),
      rows: v.optional(layoutOf('rows')),
      tile: v.optional(layoutOf('tile'), 32),
    }),
    {},
  ),
  palette: v.optional(oneOf(PALETTES), 'seed'),
  view: v.optional(oneOf(VIEWS), 'label'),
  stepsPerSecond: v.optional(stepsPerSecond, 30),
  /** The model's own if left out. */
  dropout: v.optional(numberFrom(DROPOUT.low, DROPOUT.high)),
  /** Without a touch for so long, a guest is taken to have left … */
  idleSeconds: v.optional(numberFrom(3, 3600), 30),
  /** … and is warned for so long before the show goes on. */
  warningSeconds: v.optional(numberFrom(1, 600), 8),
  /** Such as `Europe/Berlin`; the machine's if left out. */
  timeZone: v.optional(v.pipe(textUpTo(64), v.check(isTimeZone, 'must be a time zone such as "Europe/Berlin"'))),
  /** Outside them the page is dark; always open if there are none. */
  openingHours: v.optional(listOf(hoursSchema, 0, 50), []),
  /** In them only quiet scenes are shown, at a slower pace. */
  quietHours: v.optional(listOf(hoursSchema, 0, 50), []),
  quietStepsPerSecond: v.optional(stepsPerSecond, 10),
  scenes: v.optional(listOf(sceneSchema, 1, 200), () => [...DEFAULT_SCENES]),
  /** No digit stays longer than this while the show runs. */
  renewSeconds: v.optional(numberFrom(5, 3600), 120),
  /** How often the state is kept for when the GPU takes its context back; 0: never. */
  snapshotSeconds: v.optional(zeroOrFrom(1, 3600), 10),
  supervision: v.optional(
    fieldsOf({
      /** Whether the page tells its server how it fares; `npm run kiosk` switches it on. */
      heartbeat: v.optional(trueOrFalse(), false),
      heartbeatSeconds: v.optional(numberFrom(1, 60), 5),
      /** A page that has not been heard for so long is restarted. */
      silenceSeconds: v.optional(numberFrom(3, 600), 15),
      /** A browser has so long for its first heartbeat. */
      startSeconds: v.optional(numberFrom(5, 600), 40),
      /** An address to listen on, such as 0.0.0.0; this machine alone if left out. */
      host: v.optional(textUpTo(255)),
      port: v.optional(wholeFrom(0, 65_535)),
      /** A file for the log, besides the standard output; none if left out. */
      logFile: v.optional(textUpTo(1024)),
      logMegabytes: v.optional(numberFrom(0.01, 1000), 2),
      /** Full files that are kept. */
      logFiles: v.optional(wholeFrom(1, 100), 5),
      /** More options for the browser. */
      browserFlags: v.optional(listOf(textUpTo(500), 0, 50), []),
    }),
    {},
  ),
});

export type KioskSettings = v.InferOutput<typeof kioskSchema>;

/** Settings that cannot be used; the message is one sentence that names the field and what it may be. */
export class KioskSettingsError extends Error {
  override name = 'KioskSettingsError';
}

/**
 * Checks settings as they came from a file; `name` is what the message calls it.
 * @throws KioskSettingsError
 */
export function checkKioskSettings(value: unknown, name: string): KioskSettings {
  const result = v.safeParse(kioskSchema, Array.isArray(value) ? null : value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = dotPath(issue.path);
  if (field === '') throw new KioskSettingsError(`${name} must hold one JSON object.`);
  throw new KioskSettingsError(`${name}: "${field}" ${issue.message}.`);
}

/**
 * Reads settings from a text.
 * @throws KioskSettingsError
 */
export function parseKioskSettings(text: string, name: string): KioskSettings {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new KioskSettingsError(`${name} is not valid JSON: ${error instanceof Error ? error.message : ''}.`);
  }
  return checkKioskSettings(value, name);
}

/** What holds where nothing is written down. */
export const DEFAULT_KIOSK_SETTINGS: KioskSettings = checkKioskSettings({}, 'The defaults');

/** `scenes[2].seconds`, however long a hostile key is. */
function dotPath(path: readonly v.IssuePathItem[] | undefined): string {
  return (path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key).slice(0, 60)}`))
    .join('')
    .replace(/^\./, '');
}
