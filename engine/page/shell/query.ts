/** Reads the query string of the page's address by a table of parameters. The address is not trusted. */
import type { CanvasLayout } from '../../automaton/types.ts';
import { LARGEST_SEED } from '../../common/random/random.ts';
import { type PaletteName, PALETTES } from '../../view/palettes.ts';
import { type View, VIEWS } from '../../view/views.ts';
import { LAYOUT_LIMITS } from '../../session/layout.ts';
import { DROPOUT, STEPS_PER_SECOND, STRATEGY } from '../../session/settings.ts';

/** What the address asks for. Parameters that it does not mention are undefined. */
export interface Query {
  model?: string;
  seed?: number;
  columns?: number;
  rows?: number;
  tile?: number;
  dropout?: number;
  /** Steps per second. */
  rate?: number;
  palette?: PaletteName;
  view?: View;
  /** The address of a replay on the same site, to be played. */
  replay?: string;
  /** How the step is computed. */
  strategy?: string;
  /** Whether the picture and the model may be reduced on a slow device. */
  adapt?: boolean;
  paused?: boolean;
  ui?: boolean;
  kiosk?: boolean;
  /** Whether the page is a screen of a wall, and which one; without a number, the wall is set up. */
  wall?: boolean;
  screen?: number;
  /** Admits the page to a wall. */
  token?: string;
}

/** Something in the address that was not used as given. Every issue is shown to the user. */
export type QueryIssue =
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'ignored'; readonly name: string; readonly value: string }
  | { readonly kind: 'clamped'; readonly name: string; readonly value: string; readonly used: number };

type Parameter =
  | { readonly kind: 'number'; readonly low: number; readonly high: number; readonly whole?: boolean }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'name' };

const PARAMETERS: Readonly<Record<keyof Query, Parameter>> = {
  model: { kind: 'name' },
  seed: { kind: 'number', low: 0, high: LARGEST_SEED, whole: true },
  columns: { kind: 'number', ...LAYOUT_LIMITS.columns, whole: true },
  rows: { kind: 'number', ...LAYOUT_LIMITS.rows, whole: true },
  tile: { kind: 'number', ...LAYOUT_LIMITS.tile, whole: true },
  dropout: DROPOUT,
  rate: STEPS_PER_SECOND,
  palette: { kind: 'choice', options: PALETTES },
  view: { kind: 'choice', options: VIEWS },
  replay: { kind: 'name' },
  strategy: STRATEGY,
  adapt: { kind: 'switch' },
  paused: { kind: 'switch' },
  ui: { kind: 'switch' },
  kiosk: { kind: 'switch' },
  wall: { kind: 'switch' },
  screen: { kind: 'number', low: 1, high: 1000, whole: true },
  token: { kind: 'name' },
};

/** Texts from the address are cut to this length in notices. */
const SHOWN_LENGTH = 40;

/** The maximum number of notices about one address. The remaining issues of a hostile address are dropped. */
const MOST_ISSUES = 12;

/**
 * Reads a query string such as `?seed=7&paused=1`. Numbers out of range are clamped, and unknown names and values are
 * ignored. Both are reported. If a name is given twice, the last one wins.
 */
export function parseQuery(search: string): { query: Query; issues: QueryIssue[] } {
  const values: Record<string, string | number | boolean> = {};
  const issues: QueryIssue[] = [];
  for (const [name, value] of new Map(new URLSearchParams(search))) {
    const shownName = shorten(name);
    if (!Object.hasOwn(PARAMETERS, name)) {
      issues.push({ kind: 'unknown', name: shownName });
      continue;
    }
    const read = readValue(PARAMETERS[name as keyof Query], value);
    if (read === undefined) {
      issues.push({ kind: 'ignored', name: shownName, value: shorten(value) });
      continue;
    }
    if (typeof read === 'number' && read !== Number(value)) {
      issues.push({ kind: 'clamped', name: shownName, value: shorten(value), used: read });
    }
    values[name] = read;
  }
  return { query: values, issues: issues.slice(0, MOST_ISSUES) };
}

function readValue(parameter: Parameter, value: string): string | number | boolean | undefined {
  if (parameter.kind === 'switch') return value === '1' ? true : value === '0' ? false : undefined;
  if (parameter.kind === 'choice') return parameter.options.includes(value) ? value : undefined;
  if (parameter.kind === 'name') return value === '' ? undefined : value;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isNaN(number)) return undefined;
  const clamped = Math.min(parameter.high, Math.max(parameter.low, number));
  return parameter.whole ? Math.round(clamped) : clamped;
}

function shorten(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

/** Returns the layout that the address asks for. */
export function askedLayout({ columns, rows, tile }: Query): Partial<CanvasLayout> {
  return {
    ...(columns === undefined ? {} : { columns }),
    ...(rows === undefined ? {} : { rows }),
    ...(tile === undefined ? {} : { tile }),
  };
}
