/**
 * Every value of the debug panel by name: its kind, its range, its default.
 * The panel, the page interface and the query string all set values through
 * here, so each is checked once and in one way.
 */
import { STRATEGIES } from '../automaton/programs/strategies.ts';
import type { FiringMode } from '../automaton/types.ts';
import { Emitter } from '../core/events.ts';
import { PALETTES, type PaletteName } from '../view/palettes.ts';
import { type View, VIEWS } from '../view/views.ts';

/** What a press on the canvas does. */
export const TOOLS = ['brush', 'eraser', 'damage', 'stamp', 'inspect'] as const;
export type Tool = (typeof TOOLS)[number];

/** What the damage tool does to cells: makes them forget, so that they heal, or kills half of them for good. */
export const DAMAGE_MODES = ['wipe', 'kill'] as const;
export type DamageMode = (typeof DAMAGE_MODES)[number];

export interface NumberSetting {
  readonly kind: 'number';
  readonly low: number;
  readonly high: number;
  /** What one notch of a slider changes; a whole number where only whole numbers are meant. */
  readonly notch: number;
  readonly whole?: boolean;
}

export interface ChoiceSetting {
  readonly kind: 'choice';
  readonly options: readonly string[];
}

export interface SwitchSetting {
  readonly kind: 'switch';
}

export type Setting = NumberSetting | ChoiceSetting | SwitchSetting;

export interface SettingValues {
  paused: boolean;
  /** Steps a second that are aimed at; a slow GPU reaches fewer. */
  stepsPerSecond: number;
  /** Share of cells that skip a step. */
  dropout: number;
  /** Standard deviation of the noise on every update. */
  noise: number;
  /** How it is decided which cells fire. */
  firing: FiringMode;
  /** How the step is computed; `auto` is what is best on this GPU. */
  strategy: string;
  /** Whether picture and model may give way on a device that is too slow for them. */
  adapt: boolean;
  palette: PaletteName;
  /** Degrees by which the palette's hues are turned. */
  hueShift: number;
  view: View;
  /** The channel that the view `channel` shows, and red in the view `channels`. */
  channel: number;
  channelGreen: number;
  channelBlue: number;
  /** Lines between the tiles. */
  grid: boolean;
  tool: Tool;
  /** In cells. */
  brushRadius: number;
  /** Index of the class that the stamp drops. */
  stamp: number;
  /** Size of a stamped digit; 1 is that of the tiles' digits. */
  stampScale: number;
  /** Degrees by which a stamped digit is turned, clockwise. */
  stampTurn: number;
  damageMode: DamageMode;
}

export type SettingName = keyof SettingValues;

/** What holds until somebody sets something else. */
export const INITIAL_VALUES: Readonly<SettingValues> = {
  paused: false,
  stepsPerSecond: 30,
  dropout: 0.5,
  noise: 0,
  firing: 'block',
  strategy: 'auto',
  adapt: true,
  palette: 'seed',
  hueShift: 0,
  view: 'label',
  channel: 0,
  channelGreen: 1,
  channelBlue: 2,
  grid: false,
  tool: 'brush',
  brushRadius: 1.5,
  stamp: 0,
  stampScale: 1,
  stampTurn: 0,
  damageMode: 'wipe',
};

/** One step in ten seconds at the slowest. */
export const STEPS_PER_SECOND: NumberSetting = { kind: 'number', low: 0.1, high: 1000, notch: 0.1 };
export const DROPOUT: NumberSetting = { kind: 'number', low: 0, high: 0.95, notch: 0.01 };
export const STRATEGY: ChoiceSetting = { kind: 'choice', options: ['auto', ...STRATEGIES] };
export const STAMP_SCALE: NumberSetting = { kind: 'number', low: 0.5, high: 2, notch: 0.05 };
const CHANNEL: NumberSetting = { kind: 'number', low: 0, high: 63, notch: 1, whole: true };

/** What each setting may be, in the order in which the panel shows them. */
export const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  paused: { kind: 'switch' },
  stepsPerSecond: STEPS_PER_SECOND,
  dropout: DROPOUT,
  noise: { kind: 'number', low: 0, high: 1, notch: 0.005 },
  firing: { kind: 'choice', options: ['block', 'cell'] },
  strategy: STRATEGY,
  adapt: { kind: 'switch' },
  palette: { kind: 'choice', options: PALETTES },
  hueShift: { kind: 'number', low: -180, high: 180, notch: 1 },
  view: { kind: 'choice', options: VIEWS },
  channel: CHANNEL,
  channelGreen: CHANNEL,
  channelBlue: CHANNEL,
  grid: { kind: 'switch' },
  tool: { kind: 'choice', options: TOOLS },
  brushRadius: { kind: 'number', low: 0.5, high: 16, notch: 0.1 },
  stamp: { kind: 'number', low: 0, high: 31, notch: 1, whole: true },
  stampScale: STAMP_SCALE,
  stampTurn: { kind: 'number', low: -180, high: 180, notch: 1 },
  damageMode: { kind: 'choice', options: DAMAGE_MODES },
};

/** A value that a setting cannot take; the message names it and what it can be. */
export class SettingError extends Error {
  override name = 'SettingError';
}

export class Settings {
  readonly #values: SettingValues;
  readonly #ranges = new Map<SettingName, NumberSetting>();
  readonly events = new Emitter<{ change: ReadonlySet<SettingName> }>();

  constructor(initial: Partial<SettingValues> = {}) {
    this.#values = { ...INITIAL_VALUES, ...initial };
  }

  get values(): Readonly<SettingValues> {
    return this.#values;
  }

  /** What a setting may be at present. */
  definition(name: SettingName): Setting {
    return this.#ranges.get(name) ?? SETTINGS[name];
  }

  /** Narrows a whole-numbered setting to 0…count − 1, as the model has it, and brings its value inside. */
  setCount(names: readonly SettingName[], count: number): void {
    const changed: Record<string, number> = {};
    for (const name of names) {
      const range: NumberSetting = { kind: 'number', low: 0, high: count - 1, notch: 1, whole: true };
      this.#ranges.set(name, range);
      const value = this.#values[name];
      if (typeof value === 'number' && value > range.high) changed[name] = range.high;
    }
    this.set(changed);
  }

  /**
   * Sets several values; either all of them or, when one is wrong, none.
   * @throws SettingError that names the setting and its range
   */
  set(changes: Readonly<Record<string, unknown>>): void {
    const changed = new Set<SettingName>();
    const checked: Partial<Record<SettingName, unknown>> = {};
    for (const [name, value] of Object.entries(changes)) {
      if (!isSettingName(name)) {
        throw new SettingError(`There is no setting "${name}"; there are ${Object.keys(SETTINGS).join(', ')}.`);
      }
      checkValue(name, this.definition(name), value);
      if (this.#values[name] !== value) changed.add(name);
      checked[name] = value;
    }
    if (changed.size === 0) return;
    Object.assign(this.#values, checked);
    this.events.emit('change', changed);
  }
}

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

function checkValue(name: string, setting: Setting, value: unknown): void {
  const refuse = (expected: string): never => {
    throw new SettingError(`"${name}" must be ${expected}, not ${describe(value)}.`);
  };
  if (setting.kind === 'switch') {
    if (typeof value !== 'boolean') refuse('true or false');
  } else if (setting.kind === 'choice') {
    if (typeof value !== 'string' || !setting.options.includes(value)) refuse(`one of ${setting.options.join(', ')}`);
  } else {
    const kind = setting.whole ? 'a whole number' : 'a number';
    const inside =
      typeof value === 'number' &&
      value >= setting.low &&
      value <= setting.high &&
      (!setting.whole || Number.isInteger(value));
    if (!inside) refuse(`${kind} from ${setting.low} to ${setting.high}`);
  }
}

/** A value as an error message shows it, short whatever it is. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) {
    return String(value);
  }
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
