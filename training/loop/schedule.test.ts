import { describe, expect, it } from 'vitest';
import { findPreset } from '../presets/index.ts';
import { phaseOf } from './schedule.ts';

describe('the learning rate', () => {
  it('of our recipe rises, falls along a cosine to a hundredth, and starts again lower in the tail', () => {
    const recipe = { ...findPreset('accurate'), steps: 10_000 };
    const { peak } = recipe.optimizer;
    expect(phaseOf(recipe, 0).rate).toBeCloseTo(peak / 300, 9);
    expect(phaseOf(recipe, 299).rate).toBeCloseTo(peak, 9);
    expect(phaseOf(recipe, 4650).rate).toBeCloseTo((peak + peak / 100) / 2, 9);
    expect(phaseOf(recipe, 8999).rate).toBeCloseTo(peak / 100, 8);
    expect(phaseOf(recipe, 9000)).toMatchObject({ rate: 7e-4, averageDecay: 0.998, fresh: 2, startsTail: true });
    expect(phaseOf(recipe, 9001).startsTail).toBe(false);
    expect(phaseOf(recipe, 9999).rate).toBeCloseTo(7e-6, 8);
  });

  it('goes with a dropout that widens over the first half of the tail', () => {
    const preset = findPreset('accurate');
    if (!preset.tail) throw new Error('The preset has no tail.');
    const tail = { ...preset.tail, dropoutRange: [0, 0.8] as [number, number] };
    const recipe = { ...preset, steps: 10_000, tail };
    const ranges = [8999, 9000, 9250, 9500, 9999].map((step) => phaseOf(recipe, step).dropoutRange);
    expect(ranges.map(([low]) => low.toFixed(2))).toEqual(['0.50', '0.50', '0.25', '0.00', '0.00']);
    expect(ranges.map(([, high]) => high.toFixed(2))).toEqual(['0.50', '0.50', '0.65', '0.80', '0.80']);
  });

  it('of the CAX notebook falls linearly over 100,000 steps, of which 8,192 are run', () => {
    expect(phaseOf(findPreset('cax'), 0).rate).toBeCloseTo(1e-3, 12);
    expect(phaseOf(findPreset('cax'), 8192).rate).toBeCloseTo(1e-3 * (1 - 0.99 * 0.08192), 12);
  });

  it('of the Distill article falls to a tenth at 30,000 and a hundredth at 70,000', () => {
    const rates = [0, 29_999, 30_000, 69_999, 70_000].map((step) => phaseOf(findPreset('distill'), step).rate);
    expect(rates).toEqual([1e-3, 1e-3, 1e-4, 1e-4, 1e-5]);
  });
});
