import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACCURATE_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import type { AutomatonMaker } from '../../engine/learning/rollout/automaton.ts';
import { lossAndSlope } from '../../engine/learning/rollout/loss.ts';
import { CASES, differentiate, example, LOSS, narrow, OPTIONS } from '../automaton/made-up-rollouts.ts';
import { startBackend } from '../backend/backend.ts';
import { openGpu } from './open-gpu.ts';

/** The machine's GPU, or a processor that plays one; else why there is neither. */
const opened = await startBackend('webgpu').catch((fault: unknown) => String(fault));
// Where `.ci/run` has made everything ready, a missing GPU is a failure; elsewhere it is a visible gap.
const isGap = typeof opened === 'string' && process.env.GPU_TESTS !== 'required';
const suite = `an automaton on a GPU${isGap ? ` (skipped: ${opened})` : ''}`;

function largestDifference(one: Float32Array, other: Float32Array): number {
  expect(one.length).toBe(other.length);
  return one.reduce((most, value, index) => Math.max(most, Math.abs(value - other[index])), 0);
}

describe.skipIf(isGap)(suite, () => {
  let gpu: AutomatonMaker;
  let wasm: AutomatonMaker;
  beforeAll(async () => {
    if (typeof opened === 'string') throw new Error(opened);
    gpu = opened.automaton;
    wasm = (await startBackend('wasm')).automaton;
  });

  // One with a halo and full perception, one with depthwise perception and a width that is no multiple of four, the
  // other activations, and one with more units than a workgroup has threads; a driver without a GPU takes seconds to compile each.
  const cases = [
    CASES[0],
    CASES[3],
    CASES[4],
    CASES[6],
    ['a layer wider than a workgroup', narrow(ACCURATE_SPECIFICATION, 300)] as const,
  ];

  it.each(cases)('gives the state, loss and gradient of the other backends: %s', async (_name, specification) => {
    const { batch, weights } = example(specification);
    const expected = await differentiate(specification, wasm, batch, weights);
    const automaton = gpu(specification);
    automaton.setWeights(weights);
    const loss = { weights: LOSS, batchSize: batch.samples.length };
    const found = await automaton.differentiate(batch, OPTIONS, loss);
    // The same loss, computed outside of the GPU.
    const outside = await automaton.differentiateLoss(batch, OPTIONS, (state) =>
      lossAndSlope(batch, state, specification, loss.weights, loss.batchSize),
    );
    automaton.dispose();
    const steepest = Math.max(...expected.gradient.map(Math.abs));
    expect(steepest).toBeGreaterThan(0.1);
    for (const one of [found, outside]) {
      expect(Math.abs(one.loss / expected.loss - 1)).toBeLessThan(1e-5);
      expect(largestDifference(one.state, expected.state)).toBeLessThan(1e-4);
      expect(largestDifference(one.gradient, expected.gradient) / steepest).toBeLessThan(1e-5);
    }
  });

  it('steps with the same noise and chance, bit for bit each time, batches of any size after each other', async () => {
    const [, [, specification]] = CASES;
    const noisy = { ...specification, step: { ...specification.step, noise: 0.02 } };
    const { batch, weights } = example(noisy);
    const large = example(noisy, 9).batch;
    const [one, other] = [gpu(noisy), wasm(noisy)];
    for (const automaton of [one, other]) automaton.setWeights(weights);
    for (const steps of [1, 2, 3]) {
      for (const some of [batch, large, batch]) {
        const options = { ...OPTIONS, steps };
        const found = await one.run(some, some.initialState(), options);
        const expected = await other.run(some, some.initialState(), options);
        expect(largestDifference(found, expected)).toBeLessThan(1e-5);
        expect(largestDifference(found, some.initialState())).toBeGreaterThan(0.01);
        expect(await one.run(some, some.initialState(), options)).toEqual(found);
      }
    }
    one.dispose();
    other.dispose();
  });

  it('goes on at the step where it stopped, also beyond what is handed over at once', async () => {
    const [, , [, specification]] = CASES;
    const { batch, weights } = example(specification, 1);
    // Small weights, so that 130 steps do not run away.
    const automaton = gpu(specification);
    automaton.setWeights(weights.map((value) => value / 20));
    const run = (state: Float32Array, firstStep: number, steps: number): Promise<Float32Array> =>
      automaton.run(batch, state, { ...OPTIONS, firstStep, steps });
    const start = batch.initialState();
    const whole = await run(start, 0, 130);
    expect(await run(await run(start, 0, 45), 45, 85)).toEqual(whole);
    automaton.dispose();
  });

  it('is refused on a processor that plays a GPU, unless it was asked for', async (context) => {
    context.skip(typeof opened === 'string' || !/swiftshader/i.test(opened.reason), 'this machine has a GPU');
    await expect(openGpu({ software: false })).rejects.toThrow(
      /^only .*swiftshader.*, which is no GPU$|^no GPU with a driver/i,
    );
  });

  it('is passed over without a word where only a processor plays a GPU', (context) => {
    context.skip(typeof opened === 'string' || !/swiftshader/i.test(opened.reason), 'this machine has a GPU');
    const script =
      "import { startBackend } from './training/backend/backend.ts'; console.log((await startBackend('auto')).reason);";
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/webgpu: (?:only .*, which is no GPU|no GPU with a driver)/);
  });

  it('refuses layers that do not fit the GPU', () => {
    expect(() => gpu(narrow(ACCURATE_SPECIFICATION, 4000))).toThrow(/of a workgroup's memory, and this GPU/);
  });
});
