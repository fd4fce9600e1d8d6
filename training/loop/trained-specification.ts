/** The model that a recipe trains, which is not always the one that is baked. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { factoredSpecification } from '../automaton/factored.ts';
import type { Recipe } from '../presets/recipe-schema.ts';

/** Returns the recipe's model, with a full perception in factors if the recipe asks for it. */
export function trainedSpecification(recipe: Recipe): ModelSpecification {
  return factoredSpecification(recipe.model, recipe.factorFilters);
}
