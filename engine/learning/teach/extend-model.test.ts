import { describe, expect, it } from 'vitest';
import { CAX_SPECIFICATION, DISTILL_SPECIFICATION, TINY_SPECIFICATION } from '../../common/model/architectures.ts';
import { parseSpecification, type ModelSpecification } from '../../common/model/specification.ts';
import { checkWeights } from '../../common/model/weights.ts';
import { DenseReference } from '../../../training/automaton/dense-reference.ts';
import { example, narrow, OPTIONS } from '../../../training/automaton/made-up-rollouts.ts';
import { flattenWeights, nameWeights } from '../rollout/layers.ts';
import { extendModel, type Room } from './extend-model.ts';

const ROOM: Room = {
  classes: [
    { name: 'heart', color: [1, 2, 3] },
    { name: 'star', color: [4, 5, 6] },
  ],
  hiddenChannels: 3,
  units: 5,
};

const CASES: [string, ModelSpecification][] = [
  ['ink first, logits last', narrow(TINY_SPECIFICATION)],
  ['logits first, ink last, a unit for the ink', narrow(CAX_SPECIFICATION)],
  ['full perception, no unit for the ink', narrow(DISTILL_SPECIFICATION)],
  ['ink behind the logits', { ...narrow(DISTILL_SPECIFICATION), channels: { count: 20, ink: 12, firstLogit: 1 } }],
];

describe.each(CASES)('an extended model: %s', (_, specification) => {
  const { batch, weights } = example(specification);
  const model = { specification, weights: nameWeights(specification, weights) };
  const extended = extendModel(model, ROOM, 1);

  it('has room for more', () => {
    expect(parseSpecification(extended.specification)).toEqual(extended.specification);
    checkWeights(extended.specification, extended.weights);
    expect(extended.specification.classes.slice(-2).map(({ name }) => name)).toEqual(['heart', 'star']);
    expect(extended.specification.channels.count).toBe(specification.channels.count + 5);
    expect(extended.specification.update[0].units).toBe(specification.update[0].units + 5);
  });

  it('computes the same as before', () => {
    const { channels, classes } = specification;
    const behind = channels.firstLogit + classes.length;
    const place = (channel: number): number => (channel < behind ? channel : channel + 5);
    const wide = batch.samples.map((sample) => {
      const rows = (sample.state?.length ?? 0) / channels.count;
      const state = new Float32Array(rows * extended.specification.channels.count);
      for (let row = 0; row < rows; row += 1) {
        for (let channel = 0; channel < channels.count; channel += 1) {
          state[row * extended.specification.channels.count + place(channel)] =
            sample.state?.[row * channels.count + channel] ?? 0;
        }
      }
      return { ...sample, state };
    });
    const before = new DenseReference(specification, Float64Array.from(weights)).run(batch.samples, OPTIONS);
    const flat = flattenWeights(extended.specification, extended.weights);
    const after = new DenseReference(extended.specification, Float64Array.from(flat)).run(wide, OPTIONS);
    before.forEach((state, index) => {
      state.forEach((value, at) => {
        const cell = Math.floor(at / channels.count);
        const to = cell * extended.specification.channels.count + place(at % channels.count);
        expect(Math.abs(after[index][to] - value)).toBeLessThan(1e-9);
      });
      for (let cell = 0; cell < state.length / channels.count; cell += 1) {
        for (let channel = behind; channel < behind + 5; channel += 1) {
          expect(after[index][cell * extended.specification.channels.count + channel]).toBe(0);
        }
      }
    });
  });
});
