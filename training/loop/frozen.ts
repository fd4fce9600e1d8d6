/** Weights that a run leaves as they are: whole parts of a model, and perception filters that are fixed. */
import { FILTERS } from './initial.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { isInPart } from '../presets/recipe-consistency.ts';
import type { FixedFilter, Recipe } from '../presets/recipe-schema.ts';
import { trainedSpecification } from './trained-specification.ts';

/** The places of {@link FILTERS}. */
const PLACES: Readonly<Record<FixedFilter, number>> = { identity: 0, 'sobel-x': 1, 'sobel-y': 2, laplacian: 3 };

/** The indices of all frozen weights in the flat array, ascending. */
export function frozenIndices(recipe: Recipe): Uint32Array {
  const { freeze, fixedFilters } = recipe;
  if (freeze.length === 0 && fixedFilters.length === 0) return new Uint32Array(0);
  const indices: number[] = [];
  for (const { name, shape, offset, size } of variablesOf(trainedSpecification(recipe))) {
    const isFrozen = freeze.some((part) => isInPart(name, part));
    const filters = name === 'perceive.kernel' ? shape[3] : 0;
    for (let index = 0; index < size; index += 1) {
      if (isFrozen || (filters > 0 && index % filters < fixedFilters.length)) indices.push(offset + index);
    }
  }
  return Uint32Array.from(indices);
}

/** Writes the fixed filters into flat weights: they are the first ones of every channel, in the recipe's order. */
export function writeFixedFilters(recipe: Recipe, weights: Float32Array): void {
  const { fixedFilters, model } = recipe;
  const [kernel] = variablesOf(trainedSpecification(recipe));
  if (fixedFilters.length === 0 || model.perceive.kind !== 'depthwise3x3') return;
  const { filters } = model.perceive;
  for (let index = 0; index < kernel.size; index += 1) {
    const fixed = fixedFilters[index % filters] as FixedFilter | undefined;
    const tap = Math.floor(index / (model.channels.count * filters));
    if (fixed !== undefined) weights[kernel.offset + index] = FILTERS[PLACES[fixed]][tap];
  }
}
