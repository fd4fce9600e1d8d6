/**
 * Weights on a coarse grid: whole numbers times one scale for each kernel. A shader with such constants stores equal
 * ones once, which makes it smaller, quicker to compile and about twice as fast on a software GPU. The accuracy lost
 * with 9 bits per weight depends on how a model was trained: nothing, or a point. A run that trains on the grid
 * (`levels` in a recipe) regains it. A full perception, whose weights differ more in size, suffers even from 11 bits if
 * it was not trained on the grid.
 */
import type { Model, Tensor } from './weights.ts';

/** The grids in use: the largest magnitude of a kernel is this many times its scale. */
export const GRID_LEVELS = [127, 255, 511, 1023] as const;
export type GridLevels = (typeof GRID_LEVELS)[number];

/** A tensor as whole numbers times one scale, or unchanged with scale 1. */
export interface Grid {
  readonly values: ArrayLike<number>;
  readonly scale: number;
}

/** The deviation from a whole number that float32 rounding explains, as a share of the number of levels. */
const TOLERANCE = 1e-6;

/**
 * Rounds every kernel of a model to a grid, and notes that in the model's record. The biases, which are few, are
 * unchanged.
 */
export function roundToGrid(model: Model, levels: GridLevels): Model {
  const weights = new Map<string, Tensor>();
  for (const [name, tensor] of model.weights) {
    weights.set(name, name.endsWith('.kernel') ? { ...tensor, data: roundValues(tensor.data, levels) } : tensor);
  }
  const { training } = model.specification;
  const specification = { ...model.specification, training: training && { ...training, levels } };
  return { specification, weights };
}

/** Finds the grid on which all values lie, if it is one of the usual ones. */
export function gridOf(values: Float32Array): Grid {
  const largest = largestMagnitude(values);
  if (largest === 0) return { values, scale: 1 };
  for (const levels of GRID_LEVELS) {
    const scale = largest / levels;
    const isOnGrid = values.every((value) => Math.abs(value / scale - Math.round(value / scale)) <= levels * TOLERANCE);
    if (isOnGrid) return { values: Float64Array.from(values, (value) => Math.round(value / scale)), scale };
  }
  return { values, scale: 1 };
}

/** Rounds the values of one kernel to a grid with this many levels on either side of zero. */
export function roundValues(values: Float32Array, levels: GridLevels): Float32Array {
  const scale = largestMagnitude(values) / levels;
  return scale === 0 ? values.slice() : values.map((value) => Math.round(value / scale) * scale);
}

function largestMagnitude(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
