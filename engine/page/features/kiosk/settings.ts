/**
 * The settings of an exhibit: one JSON file, read by the page on a static site
 * and by `npm run kiosk`, each value checked, each with a default.
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

export const BAR_SIDES = ['bottom', 'top', 'left', 'right'] as const;
export type BarSide = (typeof BAR_SIDES)[number];

const stepsPerSecond = numberFrom(STEPS_PER_SECOND.low, STEPS_PER_SECOND.high);
const layoutOf = (name: keyof typeof LAYOUT_LIMITS) => wholeFrom(LAYOUT_LIMITS[name].low, LAYOUT_LIMITS[name].high);

export const kioskSchema = fieldsOf({
  /** `auto` is the browser's. */
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
  /** Without a touch for so long, a guest is taken to have left … */
  idleSeconds: v.optional(numberFrom(3, 3600), 30),
  /** … and is warned for so long before the show goes on. */
  warningSeconds: v.optional(numberFrom(1, 600), 8),
  /** Such as `Europe/Berlin`; the machine's if left out. */
  timeZone: v.optional(v.pipe(textUpTo(64), timeZoneName())),
  /** Outside them the page is dark; always open if there are none. */
  openingHours: v.optional(listOfHours(0, 50), []),
  /** In them only quiet scenes are shown, at a slower pace. */
  quietHours: v.optional(listOfHours(0, 50), []),
  quietStepsPerSecond: v.optional(stepsPerSecond, 10),
  scenes: v.optional(listOf(sceneSchema, 1, 200), () => [...DEFAULT_SCENES]),
  /** No digit stays longer than this while the show runs. */
  renewSeconds: v.optional(numberFrom(5, 3600), 120),
  /** How often the state is kept for when the GPU takes its context back; 0: never. */
  snapshotSeconds: v.optional(zeroOrFrom(1, 3600), 10),
  presentation: v.optional(
    fieldsOf({
      /** The side of the screen that the guests' bar is at … */
      bar: v.optional(oneOf(BAR_SIDES), 'bottom'),
      /** … and how high it is, from 0, as low as it can be, to 1; 0 at the bottom, 1 at the top, else 0.5 if left out. */
      barHeight: v.optional(numberFrom(0, 1)),
      /** How many times as large as usual guests' texts and buttons are. */
      textScale: v.optional(numberFrom(1, 2), 1),
      /** Those that guests may choose; the exhibit's own is always one of them. */
      languages: v.optional(listOf(oneOf(LANGUAGES), 1, LANGUAGES.length), () => [...LANGUAGES]),
    }),
    {},
  ),
  supervision: v.optional(supervisionSchema, {}),
});

/** What `language` may be. */
export const KIOSK_LANGUAGES = kioskSchema.entries.language.wrapped.options;

export type KioskSettings = v.InferOutput<typeof kioskSchema>;

/** Something in the settings that cannot be used. */
export interface SettingsFault {
  /** Where; names of fields and indices in lists. */
  readonly path: readonly (string | number)[];
  /** Goes on after the field's name, as in `must be true or false`. */
  readonly message: string;
  /** Whether the field's name is wrong, not its value. */
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

/** More are not told at once. */
const MOST_FAULTS = 100;

/** All that is wrong with settings as they came from a file, and what is right of them. */
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
    // Of the names that are not known, each object tells one at a time.
    for (const { path } of names) forget(rest, path);
  }
  return { faults: faults.slice(0, MOST_FAULTS), settings: null };
}

/**
 * Checks settings as they came from a file; `name` is what the message calls it.
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

/** What holds where nothing is written down. */
export const DEFAULT_KIOSK_SETTINGS: KioskSettings = checkKioskSettings({}, 'The defaults');

/** What a check says that has no words of its own. */
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

/** Of a value that may be of several kinds, what is wrong within the kind that it nearly is; else the issue itself. */
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

/** What to do about a name that is not known where it stands, if it or one like it is known elsewhere; or null. */
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

/** Takes a field out of an object. */
function forget(value: unknown, path: readonly (string | number)[]): void {
  const parent = path.slice(0, -1).reduce((at, key) => (at as Record<string | number, unknown>)[key], value);
  Reflect.deleteProperty(parent as object, path.at(-1) ?? '');
}

/** `scenes[2].seconds`, however long a hostile key is. */
function dotPath(path: readonly (string | number)[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key.slice(0, 60)}`))
    .join('')
    .replace(/^\./, '');
}
