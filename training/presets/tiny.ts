import { TINY_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { accurate, TAIL } from './accurate.ts';
import type { Recipe } from './recipe.ts';

/** The smallest: three filters a channel and 72 hidden units. */
export const tiny: Recipe = {
  ...accurate,
  name: 'tiny',
  description: 'Three filters a channel, one hidden layer of 72, 4,968 multiply-adds a cell and step, our recipe.',
  model: TINY_SPECIFICATION,
  steps: 60_000,
  // Varied digits are for the default model; a small one needs what it has for plain ones.
  augmentation: null,
  optimizer: { ...accurate.optimizer, peak: 4e-3 },
  // A small one is slow to agree and to follow a mutation: more of both than of old states.
  tail: { ...TAIL, fresh: 4, mutated: 4 },
};
