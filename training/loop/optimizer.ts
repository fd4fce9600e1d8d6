/**
 * Adam (Kingma and Ba 2015), the treatment of the gradient before it, and the
 * moving average of the weights behind it, on flat arrays: there are so few
 * weights that plain loops cost a millisecond.
 */
import type { Variable } from '../automaton/layers.ts';
import type { Recipe } from '../presets/recipe.ts';

function normOf(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return Math.sqrt(total);
}

function scaleBy(values: Float32Array, factor: number): void {
  for (let index = 0; index < values.length; index += 1) values[index] *= factor;
}

/** Clips or normalises the flat gradient in place. */
export function treatGradient(gradient: Float32Array, variables: readonly Variable[], rule: Recipe['gradient']): void {
  switch (rule.treatment) {
    case 'none':
      return;
    case 'global-clip': {
      const norm = normOf(gradient);
      if (norm > rule.norm) scaleBy(gradient, rule.norm / norm);
      return;
    }
    case 'variable-norm':
      for (const { offset, size } of variables) {
        const part = gradient.subarray(offset, offset + size);
        scaleBy(part, 1 / (normOf(part) + 1e-8));
      }
  }
}

/** Adam's memory. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** One step of Adam in place; `time` counts from 1 and corrects the moments' bias. */
export function adamStep(
  weights: Float32Array,
  gradient: Float32Array,
  { first, second }: Moments,
  { beta1, beta2, epsilon }: Recipe['optimizer'],
  rate: number,
  time: number,
): void {
  const correction1 = 1 - beta1 ** time;
  const correction2 = 1 - beta2 ** time;
  for (let index = 0; index < weights.length; index += 1) {
    const slope = gradient[index];
    first[index] = beta1 * first[index] + (1 - beta1) * slope;
    second[index] = beta2 * second[index] + (1 - beta2) * slope * slope;
    weights[index] -= (rate * (first[index] / correction1)) / (Math.sqrt(second[index] / correction2) + epsilon);
  }
}

/** Moves the average towards the weights; `age` counts the steps since the average began, from 0. */
export function followWeights(average: Float32Array, weights: Float32Array, decay: number, age: number): void {
  // A young average must not remember the start for as long as an old one may.
  const kept = Math.min(decay, (1 + age) / (10 + age));
  for (let index = 0; index < average.length; index += 1) {
    average[index] = kept * average[index] + (1 - kept) * weights[index];
  }
}
