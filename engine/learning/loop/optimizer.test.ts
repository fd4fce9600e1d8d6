import { describe, expect, it } from 'vitest';
import { findPreset } from '../../../training/presets/index.ts';
import { adamStep, beginMoments, followWeights, keptShare, treatGradient } from './optimizer.ts';

const VARIABLES = [
  { name: 'a', shape: [2], offset: 0, size: 2 },
  { name: 'b', shape: [1], offset: 2, size: 1 },
];

describe('the gradient', () => {
  it('is clipped by its norm over all variables, only when it is longer', () => {
    const long = Float32Array.of(3, 0, 4);
    treatGradient(long, VARIABLES, { treatment: 'global-clip', norm: 1 });
    expect([...long].map((value) => value.toFixed(6))).toEqual(['0.600000', '0.000000', '0.800000']);
    const short = Float32Array.of(0.1, 0, 0);
    treatGradient(short, VARIABLES, { treatment: 'global-clip', norm: 1 });
    expect(short[0]).toBeCloseTo(0.1, 7);
  });

  it('is divided by the norm of each variable on its own', () => {
    const gradient = Float32Array.of(3, 4, -7);
    treatGradient(gradient, VARIABLES, { treatment: 'variable-norm' });
    expect([...gradient].map((value) => value.toFixed(5))).toEqual(['0.60000', '0.80000', '-1.00000']);
  });
});

describe('Adam', () => {
  it('takes a first step of the rate against the sign of the gradient, whatever its length', () => {
    const weights = Float32Array.of(1, 1);
    const moments = beginMoments(2);
    adamStep(weights, Float32Array.of(1e-3, -50), moments, findPreset('cax').optimizer, 0.01, 1);
    expect(weights[0]).toBeCloseTo(0.99, 5);
    expect(weights[1]).toBeCloseTo(1.01, 5);
  });

  it('finds the bottom of a bowl', () => {
    const weights = Float32Array.of(2, -3);
    const moments = beginMoments(2);
    for (let time = 1; time <= 2000; time += 1) {
      const gradient = Float32Array.from(weights, (value) => 2 * (value - 0.5));
      adamStep(weights, gradient, moments, findPreset('cax').optimizer, 0.01, time);
    }
    weights.forEach((value) => expect(value).toBeCloseTo(0.5, 2));
  });
});

describe('the average of the weights', () => {
  it('follows quickly while it is young and slowly later', () => {
    const average = Float32Array.of(0);
    followWeights(average, Float32Array.of(1), keptShare(0.999, 0));
    expect(average[0]).toBeCloseTo(0.9, 6);
    average[0] = 0;
    followWeights(average, Float32Array.of(1), keptShare(0.999, 1e6));
    expect(average[0]).toBeCloseTo(0.001, 6);
  });
});
