/** Converts the attributes of the element to options and settings of the library. */
import { INITIAL_VALUES, type CanvasLayout, SETTINGS, type SettingName, type SettingValues } from '../index.ts';

/** The attributes that are settings, with the names of the settings. */
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

/** The rate if none is given and the user prefers reduced motion. */
const CALM_STEPS_PER_SECOND = 10;

/** Returns the value of a setting without an attribute. */
export function defaultOf<Name extends SettingName>(name: Name): SettingValues[Name] {
  const isCalm = name === 'stepsPerSecond' && matchMedia('(prefers-reduced-motion: reduce)').matches;
  return isCalm ? (CALM_STEPS_PER_SECOND as SettingValues[Name]) : INITIAL_VALUES[name];
}

/**
 * Returns the number in an attribute, or its text if it is not a number. The library's checks then report that text.
 */
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

/**
 * Returns the setting of an attribute by its name. The result is empty for a setting whose default comes from the model
 * if the attribute is absent.
 */
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

/** In a built site, this file is `lib/digits-element.js`, next to the folder of models. */
const HERE = import.meta.url;

/**
 * Returns the address of a model. A name refers to a file in `models/` next to the script's folder. Anything else is an
 * address.
 */
export function modelAddress(model: string): URL {
  const isName = /^[a-z0-9][a-z0-9_-]*$/.test(model);
  return isName ? new URL(`../models/${model}.ktx2`, HERE) : new URL(model, document.baseURI);
}
