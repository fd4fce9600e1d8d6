/**
 * The settings of an exhibit. They are one JSON file, read by the page on a static site and by `npm run kiosk`. Each
 * value is checked, and each has a default.
 */
import * as v from 'valibot';
import { LARGEST_SEED } from '../../../common/random/random.ts';
import { PALETTES } from '../../../view/palettes.ts';
import { VIEWS } from '../../../view/views.ts';
import { LAYOUT_LIMITS } from '../../../session/layout.ts';
import { DROPOUT, STEPS_PER_SECOND } from '../../../session/settings.ts';
import {
  fieldsOf,
  listOf,
  listOfHours,
  numberFrom,
  oneOf,
  textUpTo,
  timeZoneName,
  wholeFrom,
  zeroOrFrom,
} from './checks.ts';
import { LANGUAGES } from './languages.ts';
import { nearestOf } from './nearest.ts';
import { DEFAULT_SCENES, sceneSchema } from './scene-settings.ts';
import { supervisionSchema } from './supervision-settings.ts';
import { wallSchema } from './wall-settings.ts';

export const BAR_SIDES = ['bottom', 'top', 'left', 'right'] as const;
export type BarSide = (typeof BAR_SIDES)[number];

const stepsPerSecond = numberFrom(STEPS_PER_SECOND.low, STEPS_PER_SECOND.high);
const layoutOf = (name: keyof typeof LAYOUT_LIMITS) => wholeFrom(LAYOUT_LIMITS[name].low, LAYOUT_LIMITS[name].high);

export const kioskSchema = fieldsOf({
  /** `auto` is the browser's language. */
  language: v.optional(oneOf(['auto', ...LANGUAGES]), 'auto'),
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
  /** After this time without a touch, a guest is assumed to have left … */
  idleSeconds: v.optional(numberFrom(3, 3600), 30),
  /** … and is warned for this time before the show continues. */
  warningSeconds: v.optional(numberFrom(1, 600), 8),
  /** Such as `Europe/Berlin`; the machine's if left out. */
  timeZone: v.optional(v.pipe(textUpTo(64), timeZoneName())),
  /** Outside these hours the page is dark; always open if there are none. */
  openingHours: v.optional(listOfHours(0, 50), []),
  /** During these hours only quiet scenes are shown, at a slower pace. */
  quietHours: v.optional(listOfHours(0, 50), []),
  quietStepsPerSecond: v.optional(stepsPerSecond, 10),
  scenes: v.optional(listOf(sceneSchema, 1, 200), () => [...DEFAULT_SCENES]),
  /** No digit stays longer than this while the show runs. */
  renewSeconds: v.optional(numberFrom(5, 3600), 120),
  /** Seconds between snapshots, for when the WebGL context is lost; 0 for never. */
  snapshotSeconds: v.optional(zeroOrFrom(1, 3600), 10),
  presentation: v.optional(
    fieldsOf({
      /** The side of the screen with the guests' bar … */
      bar: v.optional(oneOf(BAR_SIDES), 'bottom'),
      /**
       * … and its height, from 0 (as low as possible) to 1. If left out: 0 at the bottom, 1 at the top, 0.5 at a side.
       */
      barHeight: v.optional(numberFrom(0, 1)),
      /** The scale of the guests' texts and buttons. */
      textScale: v.optional(numberFrom(1, 2), 1),
      /** The languages that guests may choose from; the exhibit's own is always one of them. */
      languages: v.optional(listOf(oneOf(LANGUAGES), 1, LANGUAGES.length), () => [...LANGUAGES]),
    }),
    {},
  ),
  teach: v.optional(
    fieldsOf({
      /** Whether guests may teach the cells a sign. */
      offered: v.optional(v.boolean(), false),
      /** How long a sign is learnt. */
      seconds: v.optional(numberFrom(5, 600), 60),
      /** How many signs are kept when guests leave; with the next one, all are forgotten. 0 keeps none. */
      gallery: v.optional(wholeFrom(0, 20), 0),
    }),
    {},
  ),
  supervision: v.optional(supervisionSchema, {}),
  /** Many screens with one canvas; a single screen if left out. */
  wall: v.optional(wallSchema),
});

/** The possible values of `language`. */
export const KIOSK_LANGUAGES = kioskSchema.entries.language.wrapped.options;

export type KioskSettings = v.InferOutput<typeof kioskSchema>;

/** A fault in the settings. */
export interface SettingsFault {
  /** The position: names of fields and indices in lists. */
  readonly path: readonly (string | number)[];
  /** Continues after the field's name, as in `must be true or false`. */
  readonly message: string;
  /** Whether the field's name is wrong instead of its value. */
  readonly isName: boolean;
}

/** Settings that cannot be used; the message has one line for each fault, with the field and what to do. */
export class KioskSettingsError extends Error {
  override name = 'KioskSettingsError';
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** The most faults to report at the same time. */
const MOST_FAULTS = 100;

/** Finds all faults in settings from a file, and returns the settings if there are none. */
export function examineSettings(value: unknown): { faults: SettingsFault[]; settings: KioskSettings | null } {
  const faults: SettingsFault[] = [];
  const rest = structuredClone(value);
  let goesOn = true;
  while (goesOn) {
    const result = v.safeParse(kioskSchema, Array.isArray(rest) ? null : rest, { message: plainMessage });
    if (result.success) return { faults, settings: faults.length === 0 ? result.output : null };
    const found = result.issues.flatMap((issue) => innermost(issue));
    const names = found.filter(({ isName }) => isName);
    faults.push(...(names.length > 0 ? names : found));
    goesOn = names.length > 0 && faults.length < MOST_FAULTS;
    // For each object, only one unknown name is reported at a time.
    for (const { path } of names) forget(rest, path);
  }
  return { faults: faults.slice(0, MOST_FAULTS), settings: null };
}

/**
 * Checks settings from a file; `name` is its name in messages.
 * @throws KioskSettingsError
 */
export function checkKioskSettings(value: unknown, name: string): KioskSettings {
  const { faults, settings } = examineSettings(value);
  if (settings === null) throw new KioskSettingsError(faults.map((fault) => `${name}: ${sentence(fault)}`));
  return settings;
}

/** A fault as a sentence that names the field. */
export function sentence({ path, message }: SettingsFault): string {
  const end = /[.?]$/.test(message) ? '' : '.';
  return path.length === 0 ? `The file must hold one JSON object.` : `"${dotPath(path)}" ${message}${end}`;
}

/** The default settings. */
export const DEFAULT_KIOSK_SETTINGS: KioskSettings = checkKioskSettings({}, 'The defaults');

/** The message of a check that has none of its own. */
function plainMessage({ expected }: { readonly expected: string | null }): string {
  const kinds = [
    ['string', 'a text'],
    ['number', 'a number'],
    ['boolean', 'true or false'],
    ['Array', 'a list'],
    ['Object', 'an object'],
  ] as const;
  const words = kinds.filter(([kind]) => expected?.includes(kind)).map(([, word]) => word);
  return words.length === 0 ? 'cannot be used' : `must be ${words.join(' or ')}`;
}

interface Issue {
  readonly path?: readonly v.IssuePathItem[] | undefined;
  readonly expected: string | null;
  readonly input: unknown;
  readonly message: string;
  readonly issues?: readonly Issue[] | undefined;
}

/** For a value of one of several kinds, the faults within the kind that it matches best; otherwise the issue itself. */
function innermost(issue: Issue, outer: readonly v.IssuePathItem[] = []): SettingsFault[] {
  const path = [...outer, ...(issue.path ?? [])];
  const inner = (issue.issues ?? []).filter((each) => (each.path ?? []).length > 0);
  if (inner.length > 0) return inner.flatMap((each) => innermost(each, path));
  const keys = path.map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const isName = issue.expected === 'never';
  if (isName && Array.isArray(path.at(-1)?.input)) {
    return [{ path: keys.slice(0, -1), message: 'must be an object with names and values, in braces', isName }];
  }
  const advice = isName ? adviceFor(keys, issue.message) : null;
  return [{ path: keys, message: advice ?? issue.message, isName }];
}

/** Advice for a name that is unknown here, if it or a similar one is known elsewhere; otherwise null. */
function adviceFor(path: readonly (string | number)[], message: string): string | null {
  const name = path.at(-1);
  if (typeof name !== 'string') return null;
  const places = Object.entries(kioskSchema.entries).flatMap(([place, entry]) => {
    const { entries } = (entry as { wrapped?: { entries?: object } }).wrapped ?? {};
    return entries ? [[place, Object.keys(entries)] as const] : [];
  });
  const place = places.find(([, names]) => names.includes(name))?.[0];
  if (place !== undefined) return `does not belong here, but in "${place}"`;
  if (path.length > 1 && Object.hasOwn(kioskSchema.entries, name))
    return 'does not belong here, but in the outermost object';
  if (path.length > 1 || message.includes('did you mean')) return null;
  const near = nearestOf(
    name,
    places.flatMap(([, names]) => names),
  );
  const owner = places.find(([, names]) => near !== null && names.includes(near))?.[0];
  return owner === undefined ? null : `is not known; did you mean "${near}" in "${owner}"?`;
}

/** Removes a field from an object. */
function forget(value: unknown, path: readonly (string | number)[]): void {
  const parent = path.slice(0, -1).reduce((at, key) => (at as Record<string | number, unknown>)[key], value);
  Reflect.deleteProperty(parent as object, path.at(-1) ?? '');
}

/** Formats a path as `scenes[2].seconds`, with a limit for very long hostile keys. */
function dotPath(path: readonly (string | number)[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key.slice(0, 60)}`))
    .join('')
    .replace(/^\./, '');
}
