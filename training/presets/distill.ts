import { DISTILL_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { accurate, TAIL } from './accurate.ts';
import type { Recipe } from './recipe-schema.ts';

/** The article's recipe (L2 with noise). */
export const distill: Recipe = {
  name: 'distill',
  description: "The Distill article's recipe, L2 loss with noise.",
  model: DISTILL_SPECIFICATION,
  factorFilters: 0,
  perception: null,
  fixedFilters: [],
  freeze: [],
  steps: 100_000,
  seed: 0,
  batch: 16,
  rollout: 20,
  rolloutRange: null,
  pool: { size: 160, replacement: false, keepHardest: 0 },
  dropoutRange: null,
  fresh: 4,
  mutated: 4,
  loss: { l2: 1, crossEntropy: 0, undecided: 0 },
  gradient: { treatment: 'variable-norm' },
  // Keras's defaults but for the rate.
  optimizer: { peak: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, basis: null },
  schedule: { kind: 'pieces', at: [30_000, 70_000], factors: [0.1, 0.01] },
  averageDecay: 0,
  levels: null,
  initial: 'glorot',
  augmentation: null,
  strokes: null,
  tail: null,
};

/** The article's architecture and rule, trained with our recipe through a depthwise factor of its perception. */
export const distillOurs: Recipe = {
  ...accurate,
  name: 'distill-ours',
  description: "The Distill article's architecture and rule, trained with our recipe.",
  model: DISTILL_SPECIFICATION,
  factorFilters: 4,
  steps: 60_000,
  augmentation: null,
  // Between the oldest states, which agree best, and new ones, which a quick start and a mutation need.
  tail: { ...TAIL, fresh: 3, mutated: 3 },
};
