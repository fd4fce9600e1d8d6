import { ALPHABET_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { accurate } from './accurate.ts';
import type { Recipe } from './recipe-schema.ts';
import { ANY_HAND } from './strokes.ts';

/** Signs and shapes that nobody takes for a digit or a capital letter, however they are turned. */
const NEITHER = [
  ...['#', '&', '*', '=', '@', '~', ':', '^', '_', '.', '-'],
  ...['scribble', 'blob', 'heart', 'star', 'sun', 'grid', 'spiral'],
];

/** Digits and capital letters, from pen strokes only: no images have both. */
export const alphabet: Recipe = {
  ...accurate,
  name: 'alphabet',
  description: 'Digits and A to Z from pen strokes (--strokes DIR): 44 channels, one hidden layer of 448.',
  model: ALPHABET_SPECIFICATION,
  steps: 30_000,
  pool: { ...accurate.pool, size: 320, keepHardest: 0.3 },
  loss: { ...accurate.loss, undecided: -0.2 },
  strokes: {
    ...ANY_HAND,
    share: 1,
    // A shape that is a 0 or an O, a 2 or a Z, is then what people write more often.
    even: 'glyphs',
    rareForms: 0,
    none: 0.08,
    others: NEITHER,
    height: [12, 32],
    radius: [0.8, 2.2],
    rotationDegrees: [-20, 20],
    stretch: [0.75, 1.3],
    bitten: 0.05,
  },
  augmentation: null,
};
