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

/** The state of a few cells after four steps. */
function run(specification: ModelSpecification, flat: Float32Array): Float64Array {
  const pixels = new Uint8Array(CELLS).fill(200, 300, 310);
  const reference = new DenseReference(specification, Float64Array.from(flat));
  return reference.run([{ pixels, label: 1, state: null }], { seed: 1, firstStep: 0, steps: 4, firstSlot: 0 })[0];
}

describe('a widened model', () => {
  const [narrow, wide] = [withUnits(5, 7), withUnits(8, 12)];

  it('computes the same steps', () => {
    const weights = someWeights(narrow, 1);
    const widened = widenWeights(narrow, weights, wide, someWeights(wide, 2));
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
    const [before, after] = [run(digits, weights), run(letters, widened)];
    for (let cell = 0; cell < before.length / 20; cell += 1) {
      const logits = after.slice(25 * cell + 12, 25 * cell + 25);
      const old = before.slice(20 * cell + 10, 20 * cell + 20).reverse();
      old.forEach((value, index) => expect(logits[1 + index]).toBeCloseTo(value, 6));
      expect([logits[0], logits[11], logits[12]]).toEqual([0, 0, 0]);
    }
  });

  describe('whose classes are given up', () => {
    const letters: ModelSpecification = {
      ...DISTILL_SPECIFICATION,
      classes: colorClasses(Array.from('AB1C0')),
      channels: { count: 8, ink: 0, firstLogit: 2 },
      perceive: { kind: 'depthwise3x3', filters: 2, activation: 'none' },
      update: [
        { kind: 'dense', units: 6, activation: 'relu' },
        { kind: 'dense', units: 7, activation: 'none' },
      ],
    };
    /** The classes 0 and 1, with a hidden channel for each of the others that `count` leaves. */
    const digitsOf = (count: number): ModelSpecification => ({
      ...letters,
      classes: colorClasses(Array.from('01')),
      channels: { count, ink: 0, firstLogit: count - 2 },
      update: [letters.update[0], { ...letters.update[1], units: count - 1 }],
    });

    it('says the same of the others, as their channels go on as hidden ones', () => {
      const digits = digitsOf(8);
      expect(widenedSpecification(letters, digits)).toEqual(digits);
      const weights = someWeights(letters, 1);
      const given = widenWeights(letters, weights, digits, someWeights(digits, 2));
      const [before, after] = [run(letters, weights), run(digits, given)];
      expect(Math.max(...before.map(Math.abs))).toBeGreaterThan(0.5);
      for (let cell = 0; cell < before.length / 8; cell += 1) {
        const old = before.slice(8 * cell, 8 * cell + 8);
        const [ink, hidden, a, b, one, c, zero] = [old[0], old[1], old[2], old[3], old[4], old[5], old[6]];
        // Ink, the hidden channel, the letters, an unused channel of the old model; then 0 and 1.
        const expected = [ink, hidden, old[7], a, b, c, zero, one];
        after.slice(8 * cell, 8 * cell + 8).forEach((value, place) => expect(value).toBeCloseTo(expected[place], 6));
      }
    });

    it('loses the channels for which there is no room, and needs room for the hidden ones and one class', () => {
      // One hidden channel more than the model has.
      const digits = digitsOf(6);
      expect(widenedSpecification(letters, digits)).toEqual(digits);
      const weights = someWeights(letters, 1);
      const given = widenWeights(letters, weights, digits, someWeights(digits, 2));
      const kernel = variablesOf(digits)[1];
      const old = variablesOf(letters)[1];
      expect([kernel.name, kernel.shape, old.shape]).toEqual(['update.0.kernel', [12, 6], [16, 6]]);
      const rowsOf = (flat: Float32Array, { offset }: { offset: number }, channel: number): Float32Array =>
        flat.slice(offset + 12 * channel, offset + 12 * (channel + 1));
      [0, 1, 7, 2, 6, 4].forEach((channel, place) =>
        expect(rowsOf(given, kernel, place)).toEqual(rowsOf(weights, old, channel)),
      );
      expect(widenedSpecification(letters, digitsOf(4)).channels).toEqual(letters.channels);
      const others = { ...digitsOf(8), classes: colorClasses(Array.from('xy')) };
      expect(widenedSpecification(letters, others).channels).toEqual(letters.channels);
    });
  });
});
