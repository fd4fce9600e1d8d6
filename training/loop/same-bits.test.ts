/**
 * Training that a change should leave alone comes to the same bits: a few steps of every preset on made-up digits, and
 * steps of every shipped model. The digests are those of WASM; they change only with a reason, which goes into the
 * message of the commit that changes them.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { drawDigit } from '../../engine/common/handwriting/draw-digit.ts';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import { Random } from '../../engine/common/random/random.ts';
import { Optimizer } from '../../engine/learning/loop/optimizer.ts';
import { Batch } from '../../engine/learning/rollout/batch.ts';
import { flattenWeights, variablesOf } from '../../engine/learning/rollout/layers.ts';
import { startBackend, type Backend } from '../backend/backend.ts';
import { findPreset } from '../presets/index.ts';
import { overrideFields, parseRecipe } from '../presets/recipe.ts';
import type { DrawDigit } from './pool-sections.ts';
import { beginRun, learnerSettings } from './run-state.ts';
import { trainedSpecification } from './trained-specification.ts';
import { trainStep } from './train-step.ts';
import { WorkerPool } from './worker-pool.ts';

vi.setConfig({ testTimeout: 240_000 });

const STEPS = 4;
const SMALL = { batch: 4, fresh: 1, mutated: 1, tail: null, 'pool.size': 8, rollout: 5 };

const digestOf = (values: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex')
    .slice(0, 16);

const draw: DrawDigit = (random) => {
  const label = random.below(10);
  return { pixels: drawDigit(random, label), label };
};

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend('wasm');
});

it.each([
  ['accurate', '9a38f2336b4912f9'],
  ['swift', 'e76b9f035a5403ef'],
  ['tiny', '43ef9fb1f33ccbe5'],
  ['cax', '5ef07a79c0ebb37c'],
  ['distill', '5e96c8c3bc21a2b0'],
  ['cax-ours', '531f30acc140181d'],
  ['distill-ours', '79845f613c71c3fa'],
])('%s trains to the same weights and states', async (name, digest) => {
  const recipe = parseRecipe(overrideFields(findPreset(name), new Map(Object.entries(SMALL))));
  const team = await WorkerPool.start(learnerSettings(recipe), 'wasm', 1, recipe.batch);
  const state = beginRun(recipe, draw);
  const optimizer = new Optimizer(recipe, variablesOf(trainedSpecification(recipe)));
  try {
    for (let step = 0; step < STEPS; step += 1) await trainStep(recipe, state, team, optimizer, draw);
  } finally {
    await team.close();
  }
  const states = state.pool.flatMap((sample) => Array.from(sample.state ?? []));
  expect(digestOf(Float32Array.from([...state.weights, ...state.average, ...states]))).toBe(digest);
});

it.each([
  ['accurate', '7d3b6b91d30b7dce'],
  ['swift', 'b3482d8bc4e2096b'],
  ['tiny', 'd5199928b62ef4a9'],
  ['cax', '03a27206089e6de0'],
  ['distill', 'ef1bb39e0b51a70d'],
  ['pencil', '145ed946d173c3f7'],
  ['alphabet', 'ed4db7ed7068fb38'],
])('%s, as shipped, steps to the same state', async (name, digest) => {
  const { specification, weights } = decodeModelFile(
    readFileSync(join(import.meta.dirname, `../../assets/${name}.ktx2`)),
  );
  const random = new Random(1);
  const batch = new Batch(
    [2, 7].map((label) => ({ pixels: drawDigit(random, label), label, state: null })),
    specification,
  );
  const automaton = backend.automaton(specification);
  automaton.setWeights(flattenWeights(specification, weights));
  const state = await automaton.run(batch, batch.initialState(), { seed: 3, firstStep: 0, steps: 20, firstSlot: 0 });
  automaton.dispose();
  expect(digestOf(state)).toBe(digest);
});
