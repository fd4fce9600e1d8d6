import { expect, it, vi } from 'vitest';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { imagesFile } from '../digits/made-up-digits.ts';
import { findPreset } from '../presets/index.ts';
import { overrideFields, parseRecipe, type Recipe } from '../presets/recipe.ts';
import { Optimizer } from '../../engine/learning/loop/optimizer.ts';
import type { DrawDigit } from './pool-sections.ts';
import { beginRun, learnerSettings } from './run-state.ts';
import { trainedSpecification } from './trained-specification.ts';
import { trainStep } from './train-step.ts';
import { WorkerPool } from './worker-pool.ts';

vi.setConfig({ testTimeout: 240_000 });

const STEPS = 200;
const PIXELS = imagesFile(12).subarray(16);
const draw: DrawDigit = (random) => {
  const digit = random.below(12);
  return { pixels: PIXELS.subarray(digit * 784, (digit + 1) * 784), label: digit % 10 };
};

function recipeOf(fields: Record<string, unknown>): Recipe {
  const small = { batch: 2, fresh: 1, mutated: 0, tail: null, 'pool.size': 4, rollout: 3, 'model.update.0.units': 8 };
  return parseRecipe(overrideFields(findPreset('tiny'), new Map(Object.entries({ ...small, ...fields }))));
}

it('what is frozen or fixed has the same bytes after 200 steps, and the rest has moved', async () => {
  const recipe = recipeOf({
    fixedFilters: ['identity', 'laplacian'],
    freeze: ['update.0.bias', 'update.1'],
    rolloutRange: [2, 4],
  });
  const team = await WorkerPool.start(learnerSettings(recipe), 'wasm', 1, recipe.batch);
  const state = beginRun(recipe, draw);
  // All last layers begin with zeros, with which no slope reaches the perception.
  state.weights.forEach((value, index) => (state.weights[index] = value === 0 ? 0.01 * ((index % 7) - 3) : value));
  const variables = variablesOf(trainedSpecification(recipe));
  const partOf = (name: string, flat: Float32Array): Float32Array => {
    const { offset, size } = variables.find((variable) => variable.name === name) ?? { offset: 0, size: 0 };
    return flat.slice(offset, offset + size);
  };
  const kernel = partOf('perceive.kernel', state.weights);
  const { filters, count } = { filters: 4, count: recipe.model.channels.count };
  // The taps of the second filter of the third channel are the Laplacian.
  const taps = Array.from({ length: 9 }, (_, tap) => kernel[(tap * count + 2) * filters + 1]);
  expect(taps).toEqual([1, 2, 1, 2, -12, 2, 1, 2, 1].map((value) => value / 8));
  const before = state.weights.slice();
  const optimizer = new Optimizer(recipe, variables);
  try {
    for (let step = 0; step < STEPS; step += 1) await trainStep(recipe, state, team, optimizer, draw);
  } finally {
    await team.close();
  }
  expect(state.step).toBe(STEPS);
  for (const flat of [state.weights, state.average]) {
    for (const name of ['update.0.bias', 'update.1.kernel', 'update.1.bias']) {
      expect(partOf(name, flat)).toEqual(partOf(name, before));
    }
    const now = partOf('perceive.kernel', flat);
    const isFixed = (index: number): boolean => index % filters < 2;
    expect(now.filter((_, index) => isFixed(index))).toEqual(kernel.filter((_, index) => isFixed(index)));
    expect(now.filter((_, index) => !isFixed(index))).not.toEqual(kernel.filter((_, index) => !isFixed(index)));
    expect(partOf('update.0.kernel', flat)).not.toEqual(partOf('update.0.kernel', before));
  }
});

it('a recipe that freezes or fixes what the model lacks is refused', () => {
  expect(() => recipeOf({ freeze: ['update.2'] })).toThrow(
    /freeze names "update.2", and the model's weights are perceive/,
  );
  expect(() => recipeOf({ rolloutRange: [9, 3] })).toThrow(/runs backwards/);
  const four = ['identity', 'sobel-x', 'sobel-y', 'laplacian'];
  expect(() => recipeOf({ fixedFilters: [...four, 'identity'] })).toThrow(/names 5 filters, and the model has 4/);
});
