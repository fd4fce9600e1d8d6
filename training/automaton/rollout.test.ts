import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ACCURATE_SPECIFICATION,
  CAX_SPECIFICATION,
  DISTILL_SPECIFICATION,
  TINY_SPECIFICATION,
} from '../../engine/common/model/architectures.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { Random } from '../../engine/common/random/random.ts';
import { startBackend, type Backend } from '../backend/backend.ts';
import { portableKernels } from '../backend/kernels.ts';
import type { AutomatonMaker, Differential } from './automaton.ts';
import { Batch, type Sample } from './batch.ts';
import { DenseReference } from './dense-reference.ts';
import { variablesOf } from './layers.ts';
import { CELLS, SIDE } from './live-cells.ts';
import { TensorAutomaton } from './rollout.ts';

const LOSS = { l2: 1, crossEntropy: 0.3 };
const OPTIONS = { seed: 7, firstStep: 3, steps: 4, firstSlot: 2 };

/** A short stroke with faint cells beside it, at the border of the image, so that every kind of cell occurs. */
function strokeImage(random: Random): Uint8Array {
  const pixels = new Uint8Array(CELLS);
  const left = random.below(3);
  const top = 8 + random.below(10);
  for (let cell = 0; cell < 7; cell += 1) {
    const at = (top + (cell % 3)) * SIDE + left + cell;
    pixels[at] = 60 + random.below(196);
    pixels[at + SIDE] = random.below(26);
  }
  return pixels;
}

/** The same form with fewer features and units, so that the plain reference is quick; and without noise. */
function narrow(specification: ModelSpecification, units = 10): ModelSpecification {
  const { perceive, update, step } = specification;
  return {
    ...specification,
    perceive: perceive.kind === 'conv3x3' ? { ...perceive, features: 12 } : { ...perceive, filters: 2 },
    update: update.map((layer, index) => (index < update.length - 1 ? { ...layer, units } : layer)),
    step: { ...step, noise: 0 },
  };
}

function example(specification: ModelSpecification): { batch: Batch; weights: Float32Array } {
  const random = new Random(11);
  const size = variablesOf(specification).reduce((total, variable) => total + variable.size, 0);
  const weights = Float32Array.from({ length: size }, () => random.range(-0.3, 0.3));
  const samples = Array.from({ length: 3 }, (_, label): Sample => {
    const pixels = strokeImage(random);
    const { live } = new Batch([{ pixels, label, state: null }], specification).cells[0];
    const length = live.length * specification.channels.count;
    return { pixels, label, state: Float32Array.from({ length }, () => random.range(-1, 1)) };
  });
  return { batch: new Batch(samples, specification), weights };
}

async function differentiate(
  specification: ModelSpecification,
  make: AutomatonMaker,
  batch: Batch,
  weights: Float32Array,
): Promise<Differential> {
  const automaton = make(specification);
  automaton.setWeights(weights);
  const result = await automaton.differentiate(batch, OPTIONS, { weights: LOSS, batchSize: batch.samples.length });
  automaton.dispose();
  return result;
}

const portable: AutomatonMaker = (specification, settings) =>
  new TensorAutomaton(specification, portableKernels, settings);

const CASES: [string, ModelSpecification][] = [
  ['the published network with a halo', narrow(CAX_SPECIFICATION)],
  ['the published network with the ink rule', narrow(DISTILL_SPECIFICATION)],
  ['depthwise perception that is folded', narrow(TINY_SPECIFICATION, 20)],
  ['depthwise perception that is not folded', narrow(ACCURATE_SPECIFICATION, 90)],
];

// Everywhere else only what is always there.
const gpu = await startBackend('webgpu').catch(() => null);

describe('a rollout on live cells', () => {
  let backend: Backend;
  let makers: AutomatonMaker[];
  beforeAll(async () => {
    backend = await startBackend('wasm');
    makers = [backend.automaton, portable, ...(gpu ? [gpu.automaton] : [])];
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
    await differentiate(specification, backend.automaton, batch, weights);
    const before = tf.memory().numTensors;
    await differentiate(specification, backend.automaton, batch, weights);
    expect(tf.memory().numTensors).toBe(before);
  });
});
