/** What a sweep runs: settings as data, each a preset with fields overridden. */
import * as v from 'valibot';
import { LARGEST_SEED } from '../../engine/common/random/random.ts';
import { messageOf } from '../../engine/common/error-message.ts';
import { UserError } from '../../engine/command-line/command.ts';
import { hash2 } from '../../engine/common/random/hash.ts';
import { findPreset } from '../presets/index.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { asJson, recipeWith } from '../presets/settings.ts';

/** A sweep file that cannot be used; the message is one sentence for the user. */
export class SweepError extends UserError {
  override name = 'SweepError';
}

const fields = v.record(v.string(), v.unknown());
const MOST_RUNS = 10_000;
const NAME_LENGTH = 80;

const sweepSchema = v.strictObject({
  /** What all runs begin with. */
  preset: v.optional(v.string(), 'accurate'),
  /** Fields of the recipe that all runs share, by path. */
  set: v.optional(fields, {}),
  /** Fields with the values to try; every combination is run. */
  grid: v.optional(v.record(v.string(), v.pipe(v.array(v.unknown()), v.minLength(1))), {}),
  /** Settings to try besides, each with the whole grid. */
  list: v.optional(v.pipe(v.array(fields), v.minLength(1)), [{}]),
  seeds: v.optional(
    v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST_SEED))), v.minLength(1)),
  ),
  /** How each model is measured. */
  evaluate: v.optional(
    v.strictObject({
      digits: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 500),
      /** Ranked by the sum of these at step 200. */
      rankBy: v.optional(v.array(v.picklist(['cellAccuracy', 'agreement', 'unanimousCorrect', 'majorityAccuracy'])), [
        'cellAccuracy',
        'agreement',
      ]),
    }),
    {},
  ),
});

export type Measure = v.InferOutput<typeof sweepSchema>['evaluate'];

/** One run of a sweep. */
export interface SweepRun {
  /** Unique in the sweep, and a folder's name. */
  readonly name: string;
  /** The same for runs that differ in nothing but their seeds. */
  readonly setting: string;
  readonly preset: string;
  /** Fields of the recipe by path; every run's own first. */
  readonly fields: Record<string, unknown>;
}

export interface Sweep {
  readonly runs: readonly SweepRun[];
  /** The recipe of each run. */
  readonly recipes: readonly Recipe[];
  readonly measure: Measure;
}

/**
 * Reads a sweep file's text. Every run's recipe is checked now, not in the middle of the night.
 * @param fit fits a preset to the data
 * @throws SweepError or RecipeError that names what is wrong
 */
export function parseSweep(text: string, fit: (preset: Recipe) => Recipe = (preset) => preset): Sweep {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw new SweepError(`The sweep file is no JSON: ${messageOf(fault)}.`);
  }
  const result = v.safeParse(sweepSchema, value, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new SweepError(`The sweep file's ${v.getDotPath(issue) ?? 'root'}: ${issue.message}.`);
  }
  const { preset, set, grid, list, seeds, evaluate } = result.output;
  const axes = Object.entries({ ...grid, ...(seeds ? { seed: seeds } : {}) });
  const count = axes.reduce((total, [, values]) => total * values.length, list.length);
  if (count > MOST_RUNS) throw new SweepError(`The sweep asks for ${count} runs; ${MOST_RUNS} are the most.`);
  const settings = axes.reduce<Record<string, unknown>[]>(
    (all, [field, values]) => all.flatMap((setting) => values.map((entry) => ({ ...setting, [field]: entry }))),
    list,
  );
  const base = fit(findPreset(preset));
  // The run's own fields go before those of all.
  const recipes = settings.map((own) => recipeWith(base, new Map(Object.entries({ ...set, ...own })), asJson));
  const runs = settings.map((own): SweepRun => {
    const all = { ...set, ...own };
    const { seed: _, ...setting } = own;
    return { name: nameOf(own), setting: nameOf(setting), preset, fields: all };
  });
  const twice = runs.find(({ name }, index) => runs.findIndex((other) => other.name === name) !== index);
  if (twice) throw new SweepError(`The sweep holds the setting "${twice.name}" twice.`);
  return { runs, recipes, measure: evaluate };
}

/** A folder's name that tells the fields, such as "peak=0.002,seed=1". */
function nameOf(own: Record<string, unknown>): string {
  const parts = Object.entries(own).map(([field, value]) => {
    const last = field.split('.').slice(-2).join('.');
    return `${last}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
  const name = parts.join(',') || 'plain';
  const safe = name.replace(/[^A-Za-z0-9.,=_+-]/g, '_').replace(/^\.+/, '_');
  if (safe === name && safe.length <= NAME_LENGTH) return safe;
  // What was cut away or replaced tells settings apart as well.
  const digest = Buffer.from(JSON.stringify(own)).reduce((hash, byte) => hash2(hash, byte), 0);
  return `${safe.slice(0, NAME_LENGTH - 9)}-${digest.toString(16).padStart(8, '0')}`;
}
