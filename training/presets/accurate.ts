import { ACCURATE_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { VARIED } from './augmentation.ts';
import type { Recipe } from './recipe-schema.ts';

/** The last tenth of our runs. */
export const TAIL = {
  share: 0.1,
  peak: 7e-4,
  averageDecay: 0.998,
  // Fewer new digits let states grow older: this cures the drift long after the rollout's length.
  fresh: 2,
  mutated: 2,
  dropoutRange: null,
};

/** The default: learned depthwise perception, one hidden layer, and our recipe. */
export const accurate: Recipe = {
  name: 'accurate',
  description: 'The default: 16 channels, learned depthwise perception, one hidden layer of 384, our recipe.',
  model: ACCURATE_SPECIFICATION,
  factorFilters: 0,
  perception: null,
  fixedFilters: [],
  freeze: [],
  steps: 60_000,
  seed: 1,
  batch: 16,
  rollout: 20,
  rolloutRange: null,
  pool: { size: 160, replacement: false, keepHardest: 0.7 },
  dropoutRange: null,
  fresh: 4,
  mutated: 4,
  loss: { l2: 1, crossEntropy: 0, undecided: 0 },
  gradient: { treatment: 'variable-norm' },
  // A second moment of 0.999 was tried with plain Adam and is worse: gradients of this length change too quickly.
  optimizer: { peak: 3e-3, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, basis: { decay: 0.95, everySteps: 10 } },
  schedule: { kind: 'cosine', warmUpSteps: 300, floor: 0.01 },
  averageDecay: 0.999,
  levels: null,
  initial: 'ours',
  augmentation: VARIED,
  strokes: null,
  tail: TAIL,
};
