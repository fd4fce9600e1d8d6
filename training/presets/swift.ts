import { SWIFT_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { accurate, TAIL } from './accurate.ts';
import type { Recipe } from './recipe-schema.ts';

/** A third of the arithmetic of `accurate`; a narrow layer takes a higher rate. */
export const swift: Recipe = {
  ...accurate,
  name: 'swift',
  description: 'One hidden layer of 119, 9,977 multiply-adds a cell and step, our recipe.',
  model: SWIFT_SPECIFICATION,
  steps: 60_000,
  // Varied digits are for the default model; a small one needs what it has for plain ones.
  augmentation: null,
  optimizer: { ...accurate.optimizer, peak: 4e-3 },
  // Between the oldest states, which agree best, and new ones, which a quick start and a mutation need.
  tail: { ...TAIL, fresh: 3, mutated: 3 },
};
