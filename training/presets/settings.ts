/**
 * Recipes with fields of one's own, as `--set` and sweeps give them: a refusal
 * comes with a setting of the field at fault that works.
 */
import { TAIL } from './accurate.ts';
import { VARIED } from './augmentation.ts';
import { overrideFields, parseRecipe } from './recipe.ts';
import { RecipeError } from './recipe-error.ts';
import type { Recipe } from './recipe-schema.ts';
import { ANY_HAND } from './strokes.ts';

/** Settings of fields that are null in some presets, or that people are likely to give in part. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  dropoutRange: [0.25, 0.75],
  rolloutRange: [15, 25],
  perception: 'shared',
  fixedFilters: ['identity', 'sobel-x', 'sobel-y'],
  freeze: ['perceive'],
  loss: { l2: 0, crossEntropy: 1 },
  'optimizer.basis': { decay: 0.95, everySteps: 10 },
  gradient: { treatment: 'global-clip', norm: 1 },
  schedule: { kind: 'linear', overSteps: 100_000, floor: 0.01 },
  levels: 255,
  augmentation: VARIED,
  strokes: ANY_HAND,
  'strokes.weights': { 5: 2, S: 0.5 },
  tail: TAIL,
};

/** How a setting is written where the user gave it. */
export type SettingWriter = (field: string, value: unknown) => string;

/** As an option of the command line, quoted for a shell. */
export const asOption: SettingWriter = (field, value) => {
  const json = typeof value === 'string' ? value : JSON.stringify(value);
  return `--set ${field}=${/^[\w.-]+$/.test(json) ? json : `'${json}'`}`;
};

/** As an entry of a JSON object. */
export const asJson: SettingWriter = (field, value) => `"${field}": ${JSON.stringify(value)}`;

/**
 * The recipe that `fields`, by path, make of `base`.
 * @throws RecipeError that names the field at fault and shows a setting of it that works
 */
export function recipeWith(base: Recipe, fields: ReadonlyMap<string, unknown>, write: SettingWriter): Recipe {
  try {
    return parseRecipe(overrideFields(base, fields));
  } catch (fault) {
    if (!(fault instanceof RecipeError)) throw fault;
    throw new RecipeError(`${fault.message}${adviceOn(fault.fields, base, fields, write)}`, ...fault.fields);
  }
}

/** What to add to a refusal: a setting that works of the first field at fault that was given, or nothing. */
function adviceOn(
  faulty: readonly string[],
  base: Recipe,
  given: ReadonlyMap<string, unknown>,
  write: SettingWriter,
): string {
  const keys = [...given.keys()];
  const isIn = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`);
  const rootOf = (path: string): string => path.split('.')[0];
  const field =
    faulty.flatMap((path) => keys.filter((key) => isIn(path, key)))[0] ??
    // One beside it, such as the kind of a variant that has other fields.
    keys.find((key) => faulty.some((path) => rootOf(path) === rootOf(key)));
  if (field === undefined) return '';
  // A field that the recipe lacks lies in one that it has, or in one that this preset leaves out.
  let path = field;
  while (valueOf(base, path) === undefined) path = path.replace(/\.?[^.]*$/, '');
  const value = valueOf(base, path);
  const isWhole = path === field || path in EXAMPLES || typeof value !== 'object' || value === null;
  if (isWhole) return ` This works: ${write(path, value)}`;
  const inner = Object.keys(value).map((name) => (path === '' ? name : `${path}.${name}`));
  const simple = inner.find((name) => typeof valueOf(base, name) !== 'object') ?? inner[0];
  return ` There are ${inner.join(', ')}. This works: ${write(simple, valueOf(base, simple))}`;
}

/** A value that a field may have: an example, or what it has in `recipe`; undefined if there is no such field. */
function valueOf(recipe: Recipe, path: string): unknown {
  if (path in EXAMPLES) return EXAMPLES[path];
  if (path === '') return recipe;
  return path.split('.').reduce<unknown>((value, part) => {
    const isHolder = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return isHolder ? (value as Record<string, unknown>)[part] : undefined;
  }, recipe);
}
