import { expect, it } from 'vitest';
import { randomModel } from '../../../e2e/harness/random-model.ts';
import { CAX_SPECIFICATION, TINY_SPECIFICATION } from '../../common/model/architectures.ts';
import { roundToGrid } from '../../common/model/grid.ts';
import { literal } from './glsl-text.ts';
import { unrolledNetwork } from './unrolled.ts';

const WHOLE = { first: 0, count: 4 };

it.each([
  [0, '0.0'],
  [-3, '-3.0'],
  [0.1, '0.100000001'],
  [1e-20, '9.99999968e-21'],
  [2 ** 100, '1.2676506e+30'],
])('writes %d as a constant of GLSL', (value, text) => {
  expect(literal(value)).toBe(text);
  expect(Math.fround(Number(text))).toBe(Math.fround(value));
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])('lets nothing but finite numbers into a shader: %d', (value) => {
  expect(() => literal(value)).toThrow(RangeError);
});

it('writes weights on a grid as whole numbers, which are few', () => {
  const source = unrolledNetwork(roundToGrid(randomModel(TINY_SPECIFICATION, 1), 127), WHOLE);
  const constants = new Set(source.match(/-?\d+\.\d+(e[+-]?\d+)?/g));
  // 255 whole numbers, the biases, and three scales.
  expect(constants.size).toBeLessThan(255 + 64 + 14 + 10);
});

it('computes only the outputs that a pass draws', () => {
  const model = randomModel(CAX_SPECIFICATION, 1);
  const all = unrolledNetwork(model, { first: 0, count: 5 });
  const last = unrolledNetwork(model, { first: 4, count: 1 });
  expect(all.match(/update\[\d\] =/g)).toHaveLength(5);
  expect(last.match(/update\[\d\] =/g)).toHaveLength(1);
});
