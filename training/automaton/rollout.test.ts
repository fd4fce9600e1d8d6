import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../engine/common/random/random.ts';
import { startBackend } from '../backend/backend.ts';
import { portableKernels } from '../backend/kernels.ts';
import type { AutomatonMaker } from '../../engine/learning/rollout/automaton.ts';
import { DenseReference } from './dense-reference.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { CASES, differentiate, example, LOSS, OPTIONS } from './made-up-rollouts.ts';
import { TensorAutomaton } from '../backend/tensor-automaton.ts';

const portable: AutomatonMaker = (specification, settings) =>
  new TensorAutomaton(specification, portableKernels, settings);

/** The addon of the backend "cpu", or why there is none. */
const cpu = await startBackend('cpu').catch((fault: unknown) => String(fault));
// Where `.ci/run` has made everything ready, a missing addon is a failure; elsewhere it is a visible gap.
const isGap = typeof cpu === 'string' && process.env.CPU_TESTS !== 'required';
const suite = `a rollout on live cells${isGap ? ` (not on all backends: ${cpu})` : ''}`;

describe(suite, () => {
  let makers: AutomatonMaker[];
  beforeAll(async () => {
    await tf.setBackend('cpu');
    makers = [(await startBackend('wasm')).automaton, portable];
    if (isGap) return;
    if (typeof cpu === 'string') throw new Error(cpu);
    makers.push(cpu.automaton);
  });

  it.each(CASES)('ends in the state and loss of a dense formulation: %s', async (_name, specification) => {
    const { batch, weights } = example(specification);
    const { channels } = specification;
    const reference = new DenseReference(specification, Float64Array.from(weights));
    const states = reference.run(batch.samples, OPTIONS);
    const loss = reference.loss(batch.samples, OPTIONS, LOSS);
    for (const make of makers) {
      const live = await differentiate(specification, make, batch, weights);
      expect(Math.abs(live.loss / loss - 1)).toBeLessThan(1e-5);
      batch.statesOf(live.state).forEach((state, digit) => {
        batch.cells[digit].live.forEach((cell, index) => {
          for (let channel = 0; channel < channels.count; channel += 1) {
            const expected = states[digit][cell * channels.count + channel];
            expect(Math.abs(state[index * channels.count + channel] - expected)).toBeLessThan(1e-4);
          }
        });
      });
    }
  });

  it.each(CASES)('has the gradient that finite differences give: %s', async (_name, specification) => {
    const { batch, weights } = example(specification);
    const lossAt = (flat: Float64Array): number =>
      new DenseReference(specification, flat).loss(batch.samples, OPTIONS, LOSS);
    const random = new Random(5);
    const gradients: Float32Array[] = [];
    for (const make of makers) gradients.push((await differentiate(specification, make, batch, weights)).gradient);
    // Along one random direction within each variable: a fault anywhere in it shows.
    for (const { name, offset, size } of variablesOf(specification)) {
      const direction = Float64Array.from({ length: size }, () => random.normal());
      const moved = (by: number): Float64Array => {
        const flat = Float64Array.from(weights);
        direction.forEach((value, index) => (flat[offset + index] += by * value));
        return flat;
      };
      const reach = 1e-6;
      const expected = (lossAt(moved(reach)) - lossAt(moved(-reach))) / (2 * reach);
      for (const gradient of gradients) {
        const found = direction.reduce((total, value, index) => total + value * gradient[offset + index], 0);
        expect(Math.abs(found - expected) / Math.abs(expected), `${name}: ${found} and ${expected}`).toBeLessThan(1e-3);
      }
    }
  });

  it('leaves no tensor behind', async () => {
    const [, specification] = CASES[0];
    const { batch, weights } = example(specification);
    await differentiate(specification, portable, batch, weights);
    const before = tf.memory().numTensors;
    await differentiate(specification, portable, batch, weights);
    expect(tf.memory().numTensors).toBe(before);
  });
});
