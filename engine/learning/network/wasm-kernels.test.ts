import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TINY_SPECIFICATION } from '../../common/model/architectures.ts';
import { Random } from '../../common/random/random.ts';
import { Eigenbasis } from '../loop/eigenbasis.ts';
import { Batch } from '../rollout/batch.ts';
import { variablesOf } from '../rollout/layers.ts';
import { NetworkAutomaton } from './network-automaton.ts';
import type { NetworkKernels } from './network-kernels.ts';
import { startWasmKernels } from './wasm-kernels.ts';

const FOLDER = import.meta.dirname;
const SOURCES = ['matrix.h', 'network.h', 'network.cc', 'wasm.cc', 'build-wasm.sh'];
const FILE = readFileSync(join(FOLDER, 'network.wasm'));

function start(): Promise<NetworkKernels> {
  return startWasmKernels(FILE);
}

/** A cross of ink, and random weights. */
function example(): { batch: Batch; weights: Float32Array } {
  const pixels = new Uint8Array(28 * 28);
  for (let at = 4; at < 24; at += 1) pixels[at * 28 + 12] = pixels[14 * 28 + at] = 200;
  const random = new Random(2);
  const length = variablesOf(TINY_SPECIFICATION).reduce((total, { size }) => total + size, 0);
  return {
    batch: new Batch([{ pixels, label: 4, state: null }], TINY_SPECIFICATION),
    weights: Float32Array.from({ length }, () => random.range(-0.3, 0.3)),
  };
}

// What the kernels compute is compared with the plain reference in `training/automaton/rollout.test.ts`.
describe('the kernels in WebAssembly', () => {
  it('are compiled from the sources beside them; run build-wasm.sh after a change', () => {
    const hash = createHash('sha256');
    for (const name of SOURCES) hash.update(readFileSync(join(FOLDER, name)));
    expect(readFileSync(join(FOLDER, 'network.wasm.sha256'), 'utf8').trim()).toBe(hash.digest('hex'));
  });

  it('need no memory for networks that were closed', async () => {
    const kernels = await start();
    const { batch, weights } = example();
    const noise = new Float32Array(1 << 20);
    const shape = {
      ...{ channels: 3, filters: 2, perceptionActivation: 0, layers: Int32Array.of(6, 2, 0) },
      ...{ channelOfUnit: Int32Array.of(1, 2), scale: 1, noise },
    };
    // 1,100 times four megabytes are more than a module can have.
    for (let round = 0; round < 1100; round += 1) kernels.closeNetwork(kernels.openNetwork(shape));
    const automaton = new NetworkAutomaton(kernels, TINY_SPECIFICATION);
    automaton.setWeights(weights);
    const options = { seed: 1, firstStep: 0, steps: 5, firstSlot: 0 };
    const loss = { weights: { l2: 1, crossEntropy: 0, undecided: 0 }, batchSize: 1 };
    const found = await automaton.differentiate(batch, options, loss);
    expect(found.loss).toBeGreaterThan(0);
    expect(await automaton.differentiate(batch, options, loss)).toEqual(found);
    automaton.dispose();
    // What is closed already stays closed.
    expect(() => automaton.dispose()).not.toThrow();
  });

  it('compute batches with more cells than the noise has rows', async () => {
    const pixels = new Uint8Array(64 * 64).fill(200);
    const sample = { pixels, label: 4, state: null };
    const noisy = { ...TINY_SPECIFICATION, step: { ...TINY_SPECIFICATION.step, noise: 0.02, dropout: 0 } };
    const batch = new Batch(new Array<typeof sample>(9).fill(sample), noisy);
    expect(batch.liveCount).toBeGreaterThan(1 << 15);
    const automaton = new NetworkAutomaton(await start(), noisy);
    automaton.setWeights(example().weights.map((value) => value / 10));
    const state = await automaton.run(batch, batch.initialState(), { seed: 1, firstStep: 0, steps: 1, firstSlot: 0 });
    expect(state.every((value) => Math.abs(value) < 10)).toBe(true);
    automaton.dispose();
  });

  it('say what a browser needs that does not compile them', async () => {
    await expect(startWasmKernels(FILE.subarray(0, 1000))).rejects.toThrow(
      'It needs Chrome 91, Firefox 89, Safari 16.4',
    );
  });

  it('multiply as the loops of the optimizer do', async () => {
    const { multiply } = await start();
    const variables = [{ name: 'kernel', shape: [19, 6], offset: 5, size: 114 }];
    const random = new Random(3);
    const slopes = Float32Array.from({ length: 119 }, () => random.normal());
    const [expected, found] = [undefined, multiply].map((product) => {
      const basis = new Eigenbasis(variables, product);
      const sides = basis.beginSides();
      basis.follow(sides, slopes, 0.5);
      basis.turn(sides);
      const values = slopes.slice();
      basis.enter(sides, values);
      basis.leave(sides, values);
      return [...sides.covariances, ...values];
    });
    found.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 4));
  });
});
