import { describe, expect, it } from 'vitest';
import { DISTILL_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { checkWeights } from '../../engine/common/model/weights.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { Sample } from '../../engine/learning/rollout/batch.ts';
import { DenseReference } from './dense-reference.ts';
import { factoredSpecification, foldFactored } from './factored.ts';
import { flattenWeights, nameWeights, variablesOf } from '../../engine/learning/rollout/layers.ts';
import { CELLS } from '../../engine/learning/rollout/live-cells.ts';

const MODEL = {
  ...DISTILL_SPECIFICATION,
  perceive: { kind: 'conv3x3', features: 9, activation: 'relu' },
  update: [{ kind: 'dense', units: 7, activation: 'relu' }, DISTILL_SPECIFICATION.update[1]],
} as const satisfies typeof DISTILL_SPECIFICATION;

describe('a factored perception', () => {
  it('folds into a full one that computes the same steps', () => {
    const trained = factoredSpecification({ ...MODEL, update: [...MODEL.update] }, 3);
    const size = variablesOf(trained).reduce((total, variable) => total + variable.size, 0);
    const random = new Random(2);
    const flat = Float32Array.from({ length: size }, () => random.range(-0.3, 0.3));
    const folded = foldFactored({ ...MODEL, update: [...MODEL.update] }, 3, nameWeights(trained, flat));
    checkWeights(folded.specification, folded.weights);

    const pixels = new Uint8Array(CELLS);
    for (let cell = 300; cell < 310; cell += 1) pixels[cell] = 200;
    const samples: Sample[] = [{ pixels, label: 3, state: null }];
    const options = { seed: 1, firstStep: 0, steps: 4, firstSlot: 0 };
    const [before] = new DenseReference(trained, Float64Array.from(flat)).run(samples, options);
    const foldedFlat = flattenWeights(folded.specification, folded.weights);
    const [after] = new DenseReference(folded.specification, Float64Array.from(foldedFlat)).run(samples, options);
    expect(Math.max(...before.map(Math.abs))).toBeGreaterThan(0.5);
    before.forEach((value, index) => expect(after[index]).toBeCloseTo(value, 4));
  });
});
