/** The presets by name. */
import { accurate } from './accurate.ts';
import { alphabet } from './alphabet.ts';
import { cax, caxOurs } from './cax.ts';
import { distill, distillOurs } from './distill.ts';
import { pencil } from './pencil.ts';
import { differingFields, parseRecipe, type Settings } from './recipe.ts';
import { RecipeError } from './recipe-error.ts';
import type { Recipe } from './recipe-schema.ts';
import { swift } from './swift.ts';
import { tiny } from './tiny.ts';

const PRESETS = new Map(
  [accurate, swift, tiny, cax, distill, caxOurs, distillOurs, alphabet, pencil].map((recipe) => [recipe.name, recipe]),
);

export const DEFAULT_PRESET = accurate.name;

export const PRESET_NAMES = [...PRESETS.keys()];

/**
 * A preset by name.
 * @throws RecipeError that lists the names if there is none
 */
export function findPreset(name: string): Recipe {
  const preset = PRESETS.get(name);
  if (!preset) throw new RecipeError(`There is no preset "${name}"; there are ${PRESET_NAMES.join(', ')}.`);
  return preset;
}

/** How a recipe differs from the preset whose name it bears, but for steps and seed, which a model's record has anyway. */
export function settingsOf(recipe: Recipe): Settings {
  const { steps, seed } = recipe;
  return differingFields(parseRecipe({ ...findPreset(recipe.name), steps, seed }), recipe);
}
