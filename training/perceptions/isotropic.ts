import { tie, type Perception } from './perception.ts';

/** The centre, the four cells beside it, and the four at its corners, row by row. */
const RINGS = [2, 1, 2, 1, 0, 1, 2, 1, 2];
const RING_COUNT = 3;

/** No direction is special: quarter turns and mirror images change nothing (Mordvintsev et al. 2022, arXiv:2205.01681). */
export const isotropic: Perception = {
  name: 'isotropic',
  project: (kernel) =>
    tie(kernel, (tap, channel, filter) => (channel * kernel.filters + filter) * RING_COUNT + RINGS[tap]),
};
