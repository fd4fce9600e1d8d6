import { CAX_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { accurate } from './accurate.ts';
import type { Recipe } from './recipe-schema.ts';

/** The notebook's recipe to the letter, but for its one fresh digit copied four times: here they are four. */
export const cax: Recipe = {
  name: 'cax',
  description: "The CAX notebook's recipe, with four different fresh digits instead of one copied.",
  model: CAX_SPECIFICATION,
  factorFilters: 0,
  perception: null,
  fixedFilters: [],
  freeze: [],
  steps: 8192,
  seed: 0,
  batch: 16,
  rollout: 20,
  rolloutRange: null,
  pool: { size: 1024, replacement: true, keepHardest: 0 },
  dropoutRange: null,
  fresh: 4,
  mutated: 0,
  loss: { l2: 1, crossEntropy: 0, undecided: 0 },
  gradient: { treatment: 'global-clip', norm: 1 },
  optimizer: { peak: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, basis: null },
  schedule: { kind: 'linear', overSteps: 100_000, floor: 0.01 },
  averageDecay: 0,
  levels: null,
  initial: 'lecun',
  augmentation: null,
  strokes: null,
  tail: null,
};

/** The notebook's architecture and rule, trained with our recipe. */
export const caxOurs: Recipe = {
  ...accurate,
  name: 'cax-ours',
  description: "The CAX notebook's architecture and rule, trained with our recipe.",
  model: CAX_SPECIFICATION,
  factorFilters: 4,
  augmentation: null,
};
