/**
 * A recipe holds all settings of a training run. Presets are recipes; any field
 * can be overridden by its path.
 */
import * as v from 'valibot';
import { parseSpecification, type ModelSpecification } from '../../engine/common/model/specification.ts';
import { ModelError } from '../../engine/common/model/model-error.ts';
import { checkConsistency } from './recipe-consistency.ts';
import { RecipeError } from './recipe-error.ts';
import { recipeSchema, type Recipe } from './recipe-schema.ts';

/** Fields by path, such as `optimizer.peak`, as JSON. */
export type Settings = Record<string, string>;

/**
 * Checks a recipe.
 * @throws RecipeError that names the first field that is wrong and why
 */
export function parseRecipe(value: unknown): Recipe {
  const result = v.safeParse(recipeSchema, value, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue) ?? 'root';
    if (issue.type === 'strict_object' && issue.expected === 'never') {
      throw new RecipeError(`The recipe has no field "${path}".`, path);
    }
    const fault = issue.input === undefined ? 'is missing' : `cannot be this: ${issue.message}`;
    throw new RecipeError(`The recipe's ${path} ${fault}.`, path);
  }
  const recipe = { ...result.output, model: parseModel(result.output.model) };
  checkConsistency(recipe);
  return recipe;
}

function parseModel(value: unknown): ModelSpecification {
  try {
    return parseSpecification(value);
  } catch (fault) {
    if (!(fault instanceof ModelError)) throw fault;
    throw new RecipeError(fault.message, ...(fault.field === null ? ['model'] : [`model.${fault.field}`]));
  }
}

/**
 * A copy of `recipe` with the field at each path, such as `optimizer.peak` or
 * `model.update.0.units`, replaced; not yet checked.
 * @throws RecipeError if there is no such field
 */
export function overrideFields(recipe: Recipe, fields: ReadonlyMap<string, unknown>): Recipe {
  const copy = structuredClone(recipe);
  for (const [path, value] of fields) {
    const parts = path.split('.');
    let target: unknown = copy;
    for (const [index, part] of parts.entries()) {
      if (typeof target !== 'object' || target === null || !Object.hasOwn(target, part)) {
        throw new RecipeError(`The recipe has no field "${parts.slice(0, index + 1).join('.')}".`, path);
      }
      const container = target as Record<string, unknown>;
      if (index === parts.length - 1) container[part] = value;
      else target = container[part];
    }
  }
  return copy;
}

/**
 * The fields of `recipe` that differ from `preset`, such that
 * {@link overrideFields} makes the one of the other.
 */
export function differingFields(preset: unknown, recipe: unknown, path = ''): Settings {
  if (JSON.stringify(preset) === JSON.stringify(recipe)) return {};
  if (!isRecord(preset) || !isRecord(recipe) || !sameKeys(preset, recipe)) return { [path]: JSON.stringify(recipe) };
  const parts = Object.keys(preset).map((key) =>
    Object.entries(differingFields(preset[key], recipe[key], path ? `${path}.${key}` : key)),
  );
  return Object.fromEntries(parts.flat());
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameKeys(one: object, other: object): boolean {
  const keys = (of: object): string => Object.keys(of).sort().join();
  return keys(one) === keys(other);
}
