import { describe, expect, it } from 'vitest';
import { parameterCount } from '../../engine/common/model/weights.ts';
import { findPreset, PRESET_NAMES, settingsOf } from './index.ts';
import { overrideFields, parseRecipe } from './recipe.ts';
import type { Recipe } from './recipe-schema.ts';

const withFields = (fields: Record<string, unknown>, preset = 'accurate'): Recipe =>
  parseRecipe(overrideFields(findPreset(preset), new Map(Object.entries(fields))));

describe('the presets', () => {
  it.each(PRESET_NAMES)('are consistent: %s', (name) => {
    expect(parseRecipe(findPreset(name)).name).toBe(name);
  });

  it('keep the published networks to the letter', () => {
    expect(parameterCount(findPreset('cax').model)).toBe(22_580);
    expect(parameterCount(findPreset('distill').model)).toBe(22_499);
  });

  it('are refused with a list of names when there is none of that name', () => {
    expect(() => findPreset('accurat')).toThrow(/no preset "accurat"; there are accurate, swift/);
  });
});

describe('the fields in which a recipe differs from its preset', () => {
  it.each([
    {},
    { 'optimizer.peak': 0.001, 'model.update.0.units': 99, tail: null },
    { gradient: { treatment: 'none' }, augmentation: null, batch: 32 },
  ])('make it from the preset again: %j', (fields) => {
    const recipe = withFields(fields);
    const settings = settingsOf(recipe);
    const again = Object.entries(settings).map(([field, value]): [string, unknown] => [field, JSON.parse(value)]);
    expect(withFields(Object.fromEntries(again))).toEqual(recipe);
    expect(Object.keys(settings)).toHaveLength(Object.keys(fields).length);
  });
});

describe('an override', () => {
  it('replaces one field and leaves the preset as it was', () => {
    expect(withFields({ 'optimizer.peak': 0.001, 'model.update.0.units': 99 }).optimizer.peak).toBe(0.001);
    expect(findPreset('accurate').optimizer.peak).toBe(3e-3);
  });

  it.each([
    [{ 'optimizer.momentum': 1 }, /no field "optimizer.momentum"/],
    [{ colour: 1 }, /no field "colour"/],
    [{ batch: 'many' }, /batch/],
    [{ batch: 0 }, /batch/],
    [{ 'gradient.treatment': 'shout' }, /treatment/],
    [{ 'model.update.1.units': 3 }, /last layer has 3 units/],
    [{ batch: 6 }, /fresh 4 and mutated 4 are more than the batch of 6/],
    [{ 'pool.size': 8 }, /pool of 8 is too small/],
    [{ 'loss.l2': 0 }, /every part of the loss weighs nothing/],
    [{ factorFilters: 4 }, /factorFilters/],
    [{ levels: 100 }, /levels/],
    [{ batch: 4096, 'pool.size': 5000, rollout: 1000 }, /may need \d+ GB of memory/],
    [{ dropoutRange: [0.7, 0.2] }, /dropout range 0.7 to 0.2 runs backwards/],
    [{ 'schedule.kind': 'pieces' }, /schedule/],
  ])('is refused by name: %j', (fields, message) => {
    expect(() => withFields(fields)).toThrow(message);
  });

  it('is refused that asks for a grid of kernels that are folded into others', () => {
    const fields = new Map([['levels', 255]]);
    expect(() => parseRecipe(overrideFields(findPreset('distill-ours'), fields))).toThrow(/levels .* factorFilters/);
  });
});
