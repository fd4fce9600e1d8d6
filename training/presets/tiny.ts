import { TINY_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { accurate, TAIL } from './accurate.ts';
import type { Recipe } from './recipe-schema.ts';

/** The smallest: 14 channels and 64 hidden units. */
export const tiny: Recipe = {
  ...accurate,
  name: 'tiny',
  description: '14 channels, one hidden layer of 64, 4,920 multiply-adds a cell and step, our recipe.',
  model: TINY_SPECIFICATION,
  steps: 75_000,
  // Varied digits are for the default model; a small one needs what it has for plain ones.
  augmentation: null,
  optimizer: { ...accurate.optimizer, peak: 4e-3 },
  // So small a model gives up agreement for what it cannot learn.
  pool: { ...accurate.pool, keepHardest: 0.35 },
  // Between the oldest states, which agree best, and new ones, which a quick start and a mutation need.
  tail: { ...TAIL, fresh: 3, mutated: 3 },
};
