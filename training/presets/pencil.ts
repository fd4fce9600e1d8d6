import { PENCIL_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { accurate } from './accurate.ts';
import type { Recipe } from './recipe-schema.ts';
import { ANY_HAND } from './strokes.ts';

/** Digits as people draw them on the page, mostly from pen strokes; a model of MNIST's digits is what it begins with. */
export const pencil: Recipe = {
  ...accurate,
  name: 'pencil',
  description: 'Digits as people draw them (--strokes DIR): 20 channels, one hidden layer of 384.',
  model: PENCIL_SPECIFICATION,
  pool: { ...accurate.pool, size: 320, keepHardest: 0.3 },
  loss: { ...accurate.loss, undecided: -0.2 },
  optimizer: { ...accurate.optimizer, peak: 1.5e-3, basis: { decay: 0.95, everySteps: 20 } },
  strokes: { ...ANY_HAND, share: 0.75, none: 0.25, height: [11, 42] },
};
