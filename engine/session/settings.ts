/**
 * Every value of the debug panel by name: its kind, its range, its default. The panel, the page interface and the query
 * string all set values through this class, so that each is checked once and in the same way.
 */
import { STRATEGIES } from '../automaton/programs/strategies.ts';
import type { FiringMode } from '../automaton/types.ts';
import { Emitter } from '../core/events.ts';
import { LIMITS } from '../common/model/specification.ts';
import { PALETTES, type PaletteName } from '../view/palettes.ts';
import { type View, VIEWS } from '../view/views.ts';

/** What a press on the canvas does. */
export const TOOLS = ['brush', 'eraser', 'damage', 'stamp', 'inspect'] as const;
export type Tool = (typeof TOOLS)[number];

/** What the damage tool does to cells: it makes them forget, so that they heal, or kills half of them permanently. */
export const DAMAGE_MODES = ['wipe', 'kill'] as const;
export type DamageMode = (typeof DAMAGE_MODES)[number];

export interface NumberSetting {
  readonly kind: 'number';
  readonly low: number;
  readonly high: number;
  /** The change for one notch of a slider. It is a whole number if only whole numbers make sense. */
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
  /** The target number of steps per second. A slow GPU reaches fewer. */
  stepsPerSecond: number;
  /** The share of cells that skip a step. */
  dropout: number;
  /** Standard deviation of the noise on every update. */
  noise: number;
  /** How to decide which cells fire. */
  firing: FiringMode;
  /** How to compute the step. `auto` is the best strategy on this GPU. */
  strategy: string;
  /** Whether the picture and the model may be reduced on a device that is too slow for them. */
  adapt: boolean;
  palette: PaletteName;
  /** The rotation of the palette's hues, in degrees. */
  hueShift: number;
  view: View;
  /** The channel that the view `channel` shows, and that the view `channels` shows as red. */
  channel: number;
  channelGreen: number;
  channelBlue: number;
  /** Whether to draw lines between the tiles. */
  grid: boolean;
  tool: Tool;
  /** In cells. */
  brushRadius: number;
  /** The index of the class that the stamp draws. */
  stamp: number;
  /** The size of a stamped digit; 1 is the size of the tiles' digits. */
  stampScale: number;
  /** The clockwise rotation of a stamped digit, in degrees. */
  stampTurn: number;
  damageMode: DamageMode;
}

export type SettingName = keyof SettingValues;

/** The values until the user changes them. */
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

/** The slowest rate is one step in ten seconds. */
export const STEPS_PER_SECOND: NumberSetting = { kind: 'number', low: 0.1, high: 1000, notch: 0.1 };
export const DROPOUT: NumberSetting = { kind: 'number', low: 0, high: 0.95, notch: 0.01 };
export const STRATEGY: ChoiceSetting = { kind: 'choice', options: ['auto', ...STRATEGIES] };
export const STAMP_SCALE: NumberSetting = { kind: 'number', low: 0.5, high: 2, notch: 0.05 };
const CHANNEL: NumberSetting = { kind: 'number', low: 0, high: 63, notch: 1, whole: true };

/** The definition of each setting, in the order in which the panel shows them. */
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
  stamp: { kind: 'number', low: 0, high: LIMITS.classes - 1, notch: 1, whole: true },
  stampScale: STAMP_SCALE,
  stampTurn: { kind: 'number', low: -180, high: 180, notch: 1 },
  damageMode: { kind: 'choice', options: DAMAGE_MODES },
};

/** A value that a setting does not accept. The message names the setting and the values that it accepts. */
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

  /** The present definition of a setting. */
  definition(name: SettingName): Setting {
    return this.#ranges.get(name) ?? SETTINGS[name];
  }

  /** Narrows settings to whole numbers in 0…count − 1, as the model requires, and clamps their values. */
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
   * Sets several values: either all of them or, if one is invalid, none.
   *
   * @throws SettingError that names the setting and its range
   */
  set(changes: Readonly<Record<string, unknown>>): void {
    const changed = new Set<SettingName>();
    const checked: Partial<Record<SettingName, unknown>> = {};
    for (const [name, value] of Object.entries(changes)) {
      if (!isSettingName(name)) {
        throw new SettingError(`There is no setting "${name}"; the settings are ${Object.keys(SETTINGS).join(', ')}.`);
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

/** A value as it appears in an error message, always short. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) {
    return String(value);
  }
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
