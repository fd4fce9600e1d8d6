/** Weights at the start of training. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Random } from '../../engine/common/random/random.ts';
import { variablesOf, type Variable } from '../../engine/learning/rollout/layers.ts';
import { TAPS } from '../../engine/learning/rollout/live-cells.ts';
import type { Recipe } from '../presets/recipe-schema.ts';

/** What a cell's own value, its slopes and its curvature are measured with; taps row by row. */
export const FILTERS = [
  [0, 0, 0, 0, 1, 0, 0, 0, 0],
  [-1, 0, 1, -2, 0, 2, -1, 0, 1].map((value) => value / 4),
  [-1, -2, -1, 0, 0, 0, 1, 2, 1].map((value) => value / 4),
  [1, 2, 1, 2, -12, 2, 1, 2, 1].map((value) => value / 8),
];
const FILTER_JITTER = 0.15;

/** LeCun's normal, cut at two deviations as flax does; this is the deviation of what the cut leaves. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

function truncatedNormal(random: Random, deviation: number): number {
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) <= 2) return (value * deviation) / TRUNCATED_DEVIATION;
  }
}

function fans({ name, shape }: Variable): { inputs: number; outputs: number } {
  const convolution = name === 'perceive.kernel';
  const [inputs, outputs] = shape.slice(-2);
  return convolution ? { inputs: TAPS * inputs, outputs: TAPS * outputs } : { inputs, outputs };
}

/** Flat weights to begin with. The last layer is zero, so that a step changes nothing at first; so are all biases. */
export function initialWeights(
  specification: ModelSpecification,
  kind: Recipe['initial'],
  factored: boolean,
  random: Random,
): Float32Array {
  const variables = variablesOf(specification);
  const flat = new Float32Array(variables.reduce((total, { size }) => total + size, 0));
  const lastKernel = `update.${specification.update.length - 1}.kernel`;
  for (const variable of variables) {
    const { name, shape, offset, size } = variable;
    if (name.endsWith('.bias') || name === lastKernel) continue;
    const values = flat.subarray(offset, offset + size);
    const { inputs, outputs } = fans(variable);
    const glorotLimit = Math.sqrt(6 / (inputs + outputs));
    if (name === 'perceive.kernel' && specification.perceive.kind === 'depthwise3x3') {
      fillFilters(values, shape[3], random);
    } else if (kind === 'lecun') {
      for (let index = 0; index < size; index += 1) values[index] = truncatedNormal(random, Math.sqrt(1 / inputs));
    } else if (factored && name !== 'update.0.kernel' && inputs === outputs) {
      // The layer behind a factored perception begins as the identity, so that the features reach the output.
      for (let index = 0; index < size; index += 1) {
        const diagonal = index % outputs === Math.floor(index / outputs);
        values[index] = (diagonal ? 1 : 0) + random.range(-glorotLimit, glorotLimit) / 2;
      }
    } else {
      for (let index = 0; index < size; index += 1) values[index] = random.range(-glorotLimit, glorotLimit);
    }
  }
  return flat;
}

/** Depthwise filters [9, C, M]. */
function fillFilters(values: Float32Array, filters: number, random: Random): void {
  const channels = values.length / (TAPS * filters);
  for (let index = 0; index < values.length; index += 1) {
    const tap = Math.floor(index / (channels * filters));
    const start = FILTERS[index % filters]?.[tap] ?? 0;
    values[index] = start + random.range(-FILTER_JITTER, FILTER_JITTER);
  }
}
