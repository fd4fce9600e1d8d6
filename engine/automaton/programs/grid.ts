/** A tensor as whole numbers times one scale, where it lies on such a grid. */
export interface Grid {
  readonly values: ArrayLike<number>;
  readonly scale: number;
}

/** Grids that baking rounds weights to: the largest magnitude is this many times the scale. */
const LEVELS = [127, 255, 511, 1023];

/** Largest deviation from a whole number that float32 rounding explains, as a share of the level. */
const TOLERANCE = 1e-6;

/**
 * Finds whether all values are whole multiples of their largest magnitude divided by one of the usual levels.
 * Otherwise they are given as they are, with scale 1.
 */
export function gridOf(values: Float32Array): Grid {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return { values, scale: 1 };
  for (const levels of LEVELS) {
    const scale = largest / levels;
    const isOnGrid = values.every((value) => Math.abs(value / scale - Math.round(value / scale)) <= levels * TOLERANCE);
    if (isOnGrid) return { values: Float64Array.from(values, (value) => Math.round(value / scale)), scale };
  }
  return { values, scale: 1 };
}
