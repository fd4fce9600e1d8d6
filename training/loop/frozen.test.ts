import { expect, it, vi } from 'vitest';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { startBackend, type BackendName } from '../backend/backend.ts';
import { imagesFile } from '../digits/made-up-digits.ts';
import { findPreset } from '../presets/index.ts';
import { overrideFields, parseRecipe } from '../presets/recipe.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { Optimizer } from '../../engine/learning/loop/optimizer.ts';
import type { DrawDigit } from './pool-sections.ts';
import { beginRun, learnerSettings, type RunState } from './run-state.ts';
import { trainedSpecification } from './trained-specification.ts';
import { trainStep } from './train-step.ts';
import { WorkerPool } from './worker-pool.ts';

vi.setConfig({ testTimeout: 1_200_000 });

const STEPS = 200;
/** A processor that plays a GPU takes seconds for each step; `FROZEN_STEPS=200` runs all of them there as well. */
const SOFTWARE_STEPS = Number(process.env['FROZEN_STEPS'] ?? 4);
const PIXELS = imagesFile(12).subarray(16);
const draw: DrawDigit = (random) => {
  const digit = random.below(12);
  return { pixels: PIXELS.subarray(digit * 784, (digit + 1) * 784), label: digit % 10 };
};

function recipeOf(fields: Record<string, unknown>): Recipe {
  const small = { batch: 2, fresh: 1, mutated: 0, tail: null, 'pool.size': 4, rollout: 3, 'model.update.0.units': 8 };
  return parseRecipe(overrideFields(findPreset('tiny'), new Map(Object.entries({ ...small, ...fields }))));
}

const RECIPE = recipeOf({
  fixedFilters: ['identity', 'laplacian'],
  freeze: ['update.0.bias', 'update.1'],
  rolloutRange: [2, 4],
});
const VARIABLES = variablesOf(trainedSpecification(RECIPE));
const FROZEN = ['update.0.bias', 'update.1.kernel', 'update.1.bias'];
const FILTERS = 4;

function partOf(name: string, flat: Float32Array): Float32Array {
  const { offset, size } = VARIABLES.find((variable) => variable.name === name) ?? { offset: 0, size: 0 };
  return flat.slice(offset, offset + size);
}

/** The first two filters of every channel, which are fixed, or the others. */
function filtersOf(flat: Float32Array, fixed: boolean): Float32Array {
  return partOf('perceive.kernel', flat).filter((_, index) => index % FILTERS < 2 === fixed);
}

/** A run, and its weights before the first. */
async function train(backend: BackendName, steps = STEPS): Promise<{ state: RunState; before: Float32Array }> {
  const team = await WorkerPool.start(learnerSettings(RECIPE), backend, 1, RECIPE.batch);
  const state = beginRun(RECIPE, draw);
  // All last layers begin with zeros, with which no slope reaches the perception.
  state.weights.forEach((value, index) => (state.weights[index] = value === 0 ? 0.01 * ((index % 7) - 3) : value));
  const before = state.weights.slice();
  const optimizer = new Optimizer(RECIPE, VARIABLES);
  try {
    for (let step = 0; step < steps; step += 1) await trainStep(RECIPE, state, team, optimizer, draw);
  } finally {
    await team.close();
  }
  return { state, before };
}

function expectFrozen({ state, before }: Awaited<ReturnType<typeof train>>): void {
  for (const flat of [state.weights, state.average]) {
    for (const name of FROZEN) expect(partOf(name, flat)).toEqual(partOf(name, before));
    expect(filtersOf(flat, true)).toEqual(filtersOf(before, true));
    expect(filtersOf(flat, false)).not.toEqual(filtersOf(before, false));
    expect(partOf('update.0.kernel', flat)).not.toEqual(partOf('update.0.kernel', before));
  }
}

it('what is frozen or fixed has the same bytes after 200 steps, and the rest has moved', async () => {
  const run = await train('wasm');
  // The taps of the second filter of the third channel are the Laplacian.
  const { count } = RECIPE.model.channels;
  const kernel = partOf('perceive.kernel', run.before);
  const taps = Array.from({ length: 9 }, (_, tap) => kernel[(tap * count + 2) * FILTERS + 1]);
  expect(taps).toEqual([1, 2, 1, 2, -12, 2, 1, 2, 1].map((value) => value / 8));
  expect(run.state.step).toBe(STEPS);
  expectFrozen(run);
});

const gpu = await startBackend('webgpu').catch((fault: unknown) => String(fault));
const isGap = typeof gpu === 'string' && process.env['GPU_TESTS'] !== 'required';

it.skipIf(isGap)(`on a GPU as well, with the same bytes as with WASM${isGap ? ` (skipped: ${gpu})` : ''}`, async () => {
  const isSoftware = typeof gpu !== 'string' && /swiftshader|llvmpipe/i.test(gpu.reason);
  const steps = isSoftware ? SOFTWARE_STEPS : STEPS;
  const [ofGpu, ofWasm] = [await train('webgpu', steps), await train('wasm', steps)];
  expectFrozen(ofGpu);
  for (const name of FROZEN) expect(partOf(name, ofGpu.state.weights)).toEqual(partOf(name, ofWasm.state.weights));
  expect(filtersOf(ofGpu.state.weights, true)).toEqual(filtersOf(ofWasm.state.weights, true));
});

it('a recipe that freezes or fixes what the model lacks is refused', () => {
  expect(() => recipeOf({ freeze: ['update.2'] })).toThrow(
    /freeze names "update.2", and the model's weights are perceive/,
  );
  expect(() => recipeOf({ rolloutRange: [9, 3] })).toThrow(/runs backwards/);
  const four = ['identity', 'sobel-x', 'sobel-y', 'laplacian'];
  expect(() => recipeOf({ fixedFilters: [...four, 'identity'] })).toThrow(/names 5 filters, and the model has 4/);
});
