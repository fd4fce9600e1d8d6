/** What the attributes of the element say, in the words of the library. */
import { INITIAL_VALUES, type CanvasLayout, SETTINGS, type SettingName, type SettingValues } from '../index.ts';

/** Attributes that are settings, and which. */
export const SETTING_ATTRIBUTES = {
  palette: 'palette',
  view: 'view',
  'steps-per-second': 'stepsPerSecond',
  paused: 'paused',
  dropout: 'dropout',
  tool: 'tool',
  'brush-radius': 'brushRadius',
  grid: 'grid',
} as const satisfies Record<string, SettingName>;

export const LAYOUT_ATTRIBUTES = ['columns', 'rows', 'tile'] as const;

export const OBSERVED_ATTRIBUTES = [
  'model',
  ...LAYOUT_ATTRIBUTES,
  'seed',
  'transparent',
  'readonly',
  'label',
  ...Object.keys(SETTING_ATTRIBUTES),
];

export const DEFAULT_LAYOUT: CanvasLayout = { columns: 4, rows: 4, tile: 32 };
export const DEFAULT_SEED = 1;
export const DEFAULT_MODEL = 'accurate';

/** Where nobody has asked for a rate and the system asks for little motion. */
const CALM_STEPS_PER_SECOND = 10;

/** What stands where no attribute does. */
export function defaultOf<Name extends SettingName>(name: Name): SettingValues[Name] {
  const isCalm = name === 'stepsPerSecond' && matchMedia('(prefers-reduced-motion: reduce)').matches;
  return isCalm ? (CALM_STEPS_PER_SECOND as SettingValues[Name]) : INITIAL_VALUES[name];
}

/** The number that an attribute holds, or its text if that is none: the library's checks then name it. */
export function numberOf(element: Element, attribute: string, fallback: number): number {
  const text = element.getAttribute(attribute);
  if (text === null) return fallback;
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isNaN(value) ? (text as unknown as number) : value;
}

export function layoutOf(element: Element): CanvasLayout {
  const [columns, rows, tile] = LAYOUT_ATTRIBUTES.map((name) => numberOf(element, name, DEFAULT_LAYOUT[name]));
  return { columns, rows, tile };
}

/** The setting of an attribute by its name; nothing for one that is the model's own as long as nobody gives it. */
export function settingOf(element: Element, attribute: keyof typeof SETTING_ATTRIBUTES): Partial<SettingValues> {
  const name = SETTING_ATTRIBUTES[attribute];
  if (name === 'dropout' && !element.hasAttribute(attribute)) return {};
  const { kind } = SETTINGS[name];
  if (kind === 'switch') return { [name]: element.hasAttribute(attribute) };
  if (kind === 'number') return { [name]: numberOf(element, attribute, Number(defaultOf(name))) };
  return { [name]: element.getAttribute(attribute) ?? defaultOf(name) };
}

export function settingsOf(element: Element): Partial<SettingValues> {
  const names = Object.keys(SETTING_ATTRIBUTES) as (keyof typeof SETTING_ATTRIBUTES)[];
  return Object.assign({}, ...names.map((name) => settingOf(element, name))) as Partial<SettingValues>;
}

/** This file is `lib/digits-element.js` of a built site, beside its folder of models. */
const HERE = import.meta.url;

/** The address of a model: a name is that of a file in `models/` beside the script's folder, all else is an address. */
export function modelAddress(model: string): URL {
  const isName = /^[a-z0-9][a-z0-9_-]*$/.test(model);
  return isName ? new URL(`../models/${model}.ktx2`, HERE) : new URL(model, document.baseURI);
}
