import { describe, expect, test } from 'vitest';
import { TINY_SPECIFICATION } from './architectures.ts';
import { ModelError } from './model-error.ts';
import { checkWeights, sizeOf, tensorOf, type Tensor, weightShapes } from './weights.ts';

function wholeWeights(): Map<string, Tensor> {
  const shapes = [...weightShapes(TINY_SPECIFICATION)];
  return new Map(shapes.map(([name, shape]) => [name, { shape, data: new Float32Array(sizeOf(shape)) }]));
}

describe('weights from a file', () => {
  const [name] = [...weightShapes(TINY_SPECIFICATION).keys()];

  test('are accepted if they are those of the specification', () => {
    expect(checkWeights(TINY_SPECIFICATION, wholeWeights())).toEqual(wholeWeights());
  });

  test.each<[string, (weights: Map<string, Tensor>) => void, RegExp]>([
    ['that lack one', (weights) => weights.delete(name), /^The weights lack ".+" \[/],
    [
      'with one too many',
      (weights) => weights.set('x'.repeat(500), { shape: [], data: new Float32Array(1) }),
      /"x{80}"/,
    ],
    [
      'of another shape',
      (weights) => weights.set(name, { shape: [3, 7], data: new Float32Array(21) }),
      /are \[3, 7\]; the specification requires \[/,
    ],
    [
      'whose numbers do not fill the shape',
      (weights) => weights.set(name, { shape: weights.get(name)?.shape ?? [], data: new Float32Array(1) }),
      /the specification requires/,
    ],
    ['with a number that is none', (weights) => weights.get(name)?.data.fill(Number.NaN, 5, 6), /hold NaN at index 5/],
  ])('are refused %s', (_, change, reason) => {
    const weights = wholeWeights();
    change(weights);
    expect(() => checkWeights(TINY_SPECIFICATION, weights)).toThrow(ModelError);
    expect(() => checkWeights(TINY_SPECIFICATION, weights)).toThrow(reason);
  });

  test('are found by name', () => {
    expect(() => tensorOf(new Map(), 'update.0.bias')).toThrow('The weights lack "update.0.bias".');
  });
});
