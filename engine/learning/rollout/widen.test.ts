import { describe, expect, it } from 'vitest';
import { CAX_SPECIFICATION, DISTILL_SPECIFICATION } from '../../common/model/architectures.ts';
import { colorClasses } from '../../common/model/class-colors.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';
import { Random } from '../../common/random/random.ts';
import { DenseReference } from '../../../training/automaton/dense-reference.ts';
import { variablesOf } from './layers.ts';
import { CELLS } from './live-cells.ts';
import { widenedSpecification, widenWeights } from './widen.ts';

function withUnits(...hidden: number[]): ModelSpecification {
  return {
    ...CAX_SPECIFICATION,
    perceive: { kind: 'conv3x3', features: 9, activation: 'relu' },
    update: [
      ...hidden.map((units) => ({ kind: 'dense', units, activation: 'relu' }) as const),
      CAX_SPECIFICATION.update[1],
    ],
  };
}

function someWeights(specification: ModelSpecification, seed: number): Float32Array {
  const random = new Random(seed);
  const length = variablesOf(specification).reduce((total, { size }) => total + size, 0);
  return Float32Array.from({ length }, () => random.range(-0.3, 0.3));
}

describe('a widened model', () => {
  const [narrow, wide] = [withUnits(5, 7), withUnits(8, 12)];

  it('computes the same steps', () => {
    const weights = someWeights(narrow, 1);
    const widened = widenWeights(narrow, weights, wide, someWeights(wide, 2));
    const pixels = new Uint8Array(CELLS);
    for (let cell = 300; cell < 310; cell += 1) pixels[cell] = 200;
    const run = (specification: ModelSpecification, flat: Float32Array): Float64Array => {
      const reference = new DenseReference(specification, Float64Array.from(flat));
      return reference.run([{ pixels, label: 3, state: null }], { seed: 1, firstStep: 0, steps: 4, firstSlot: 0 })[0];
    };
    const before = run(narrow, weights);
    expect(Math.max(...before.map(Math.abs))).toBeGreaterThan(0.5);
    run(wide, widened).forEach((value, index) => expect(value).toBeCloseTo(before[index], 6));
  });

  it('has units that hear something, so that there is a slope to follow', () => {
    const fresh = someWeights(wide, 2);
    const widened = widenWeights(narrow, someWeights(narrow, 1), wide, fresh);
    const { shape, offset } = variablesOf(wide)[2];
    expect(shape).toEqual([9, 8]);
    for (let input = 0; input < 9; input += 1) {
      const at = offset + input * 8;
      expect(widened.slice(at + 5, at + 8)).toEqual(fresh.slice(at + 5, at + 8));
    }
  });

  it('grows in hidden layers only, and never shrinks', () => {
    expect(widenedSpecification(narrow, wide).update).toEqual(wide.update);
    expect(widenedSpecification(wide, narrow)).toEqual(wide);
    const moreOutputs = { ...wide, update: wide.update.map((layer) => ({ ...layer, units: layer.units + 1 })) };
    expect(widenedSpecification(narrow, moreOutputs).update.map(({ units }) => units)).toEqual([9, 13, 20]);
  });

  it('takes on classes and channels by the names of its classes, and says the same of the old ones', () => {
    const digits: ModelSpecification = {
      ...DISTILL_SPECIFICATION,
      perceive: { kind: 'depthwise3x3', filters: 2, activation: 'none' },
      update: [
        { kind: 'dense', units: 6, activation: 'relu' },
        { kind: 'dense', units: 19, activation: 'none' },
      ],
    };
    // Three more classes, the old ones in another order, and two more hidden channels.
    const letters: ModelSpecification = {
      ...digits,
      classes: colorClasses(Array.from('A9876543210BC')),
      channels: { count: 25, ink: 0, firstLogit: 12 },
      update: [digits.update[0], { ...digits.update[1], units: 24 }],
    };
    expect(widenedSpecification(digits, letters)).toEqual(letters);
    const weights = someWeights(digits, 1);
    const widened = widenWeights(digits, weights, letters, someWeights(letters, 2));
    const pixels = new Uint8Array(CELLS).fill(200, 300, 310);
    const run = (specification: ModelSpecification, flat: Float32Array): Float64Array => {
      const reference = new DenseReference(specification, Float64Array.from(flat));
      return reference.run([{ pixels, label: 3, state: null }], { seed: 1, firstStep: 0, steps: 4, firstSlot: 0 })[0];
    };
    const [before, after] = [run(digits, weights), run(letters, widened)];
    for (let cell = 0; cell < before.length / 20; cell += 1) {
      const logits = after.slice(25 * cell + 12, 25 * cell + 25);
      const old = before.slice(20 * cell + 10, 20 * cell + 20).reverse();
      old.forEach((value, index) => expect(logits[1 + index]).toBeCloseTo(value, 6));
      expect([logits[0], logits[11], logits[12]]).toEqual([0, 0, 0]);
    }
  });
});
