/** Small batches, networks and weights that tests of rollouts work on: made up, with every kind of cell in them. */
import {
  ACCURATE_SPECIFICATION,
  CAX_SPECIFICATION,
  DISTILL_SPECIFICATION,
  TINY_SPECIFICATION,
} from '../../engine/common/model/architectures.ts';
import type { Activation } from '../../engine/common/model/activations.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { AutomatonMaker, Differential } from '../../engine/learning/rollout/automaton.ts';
import { Batch, NO_CLASS, type Sample } from '../../engine/learning/rollout/batch.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';

export const LOSS = { l2: 1, crossEntropy: 0.3, undecided: -0.4 };
export const OPTIONS = { seed: 7, firstStep: 3, steps: 4, firstSlot: 2 };

/** A short stroke with faint cells beside it, at the border of the image: every kind of cell occurs. */
function strokeImage(random: Random, side: number): Uint8Array {
  const pixels = new Uint8Array(side * side);
  const left = random.below(3);
  const top = 8 + random.below(10);
  for (let cell = 0; cell < 7; cell += 1) {
    const at = (top + (cell % 3)) * side + left + cell;
    pixels[at] = 60 + random.below(196);
    pixels[at + side] = random.below(26);
  }
  return pixels;
}

/** The same form without noise, and with fewer features and units, which keeps the plain reference fast. */
export function narrow(specification: ModelSpecification, units = 10): ModelSpecification {
  const { perceive, update, step } = specification;
  return {
    ...specification,
    perceive: perceive.kind === 'conv3x3' ? { ...perceive, features: 12 } : { ...perceive, filters: 2 },
    update: update.map((layer, index) => (index < update.length - 1 ? { ...layer, units } : layer)),
    step: { ...step, noise: 0 },
  };
}

/** Some digits in the midst of their course, the second on a larger canvas, the third no digit at all, and random weights. */
export function example(specification: ModelSpecification, digits = 3): { batch: Batch; weights: Float32Array } {
  const random = new Random(11);
  const size = variablesOf(specification).reduce((total, variable) => total + variable.size, 0);
  const weights = Float32Array.from({ length: size }, () => random.range(-0.3, 0.3));
  const samples = Array.from({ length: digits }, (_, index): Sample => {
    const pixels = strokeImage(random, index === 1 ? 31 : 28);
    const label = index === 2 ? NO_CLASS : index;
    const { live } = new Batch([{ pixels, label, state: null }], specification).cells[0];
    const length = live.length * specification.channels.count;
    return { pixels, label, state: Float32Array.from({ length }, () => random.range(-1, 1)) };
  });
  return { batch: new Batch(samples, specification), weights };
}

/** The same with another activation behind the perception and behind every layer but the last. */
function activated(specification: ModelSpecification, activation: Activation): ModelSpecification {
  const { perceive, update } = specification;
  return {
    ...specification,
    perceive: { ...perceive, activation },
    update: update.map((layer, index) => (index < update.length - 1 ? { ...layer, activation } : layer)),
  };
}

export const CASES: [string, ModelSpecification][] = [
  ['the published network with a halo', narrow(CAX_SPECIFICATION)],
  ['the published network with the ink rule', narrow(DISTILL_SPECIFICATION)],
  ['depthwise perception that is folded', narrow(TINY_SPECIFICATION, 20)],
  ['depthwise perception that is not folded', narrow(ACCURATE_SPECIFICATION, 90)],
  ['leaky ReLU', activated(narrow(DISTILL_SPECIFICATION), 'leaky-relu')],
  ['tanh behind a convolution', activated(narrow(CAX_SPECIFICATION), 'tanh')],
  ['tanh behind filters', activated(narrow(TINY_SPECIFICATION), 'tanh')],
];

/** What an automaton of the given kind makes of {@link example}. */
export async function differentiate(
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
