import type { Augmentation } from './recipe-schema.ts';

/**
 * Varied images for models that must read digits of other sizes and pens than
 * MNIST's. In a long run a quarter of the images is enough for that; more costs
 * accuracy on plain ones.
 */
export const VARIED: Augmentation = {
  share: 0.25,
  scale: [0.7, 1.4],
  rotationDegrees: [-20, 20],
  shiftCells: [-2, 2],
  shear: [-0.2, 0.2],
  dilated: 0.15,
  eroded: 0.1,
  dead: 0.3,
  deadMost: 0.15,
  handwriting: 0,
};
