import { describe, expect, it } from 'vitest';
import { findPreset } from './index.ts';
import { asJson, asOption, recipeWith } from './settings.ts';

const refuse = (preset: string, fields: Record<string, unknown>, write = asOption): string => {
  try {
    recipeWith(findPreset(preset), new Map(Object.entries(fields)), write);
  } catch (fault) {
    return (fault as Error).message;
  }
  throw new Error('The recipe was accepted.');
};

describe('a setting that is refused', () => {
  it.each([
    [
      'accurate',
      { 'optimizer.momentum': 1 },
      /There are optimizer\.peak, .*optimizer\.basis\. This works: --set optimizer\.peak=0\.003$/,
    ],
    ['accurate', { colour: 1 }, /no field "colour"\. There are name, .*tail\. This works: --set /],
    [
      'accurate',
      { augmentation: { share: 0.6 } },
      /augmentation\.scale is missing\. This works: --set augmentation='\{/,
    ],
    [
      'cax',
      { 'augmentation.share': 0.6 },
      /no field "augmentation\.share"\. This works: --set augmentation='\{"share":/,
    ],
    [
      'accurate',
      { loss: 'crossEntropy' },
      /loss cannot be this: .*This works: --set loss='\{"l2":0,"crossEntropy":1\}'$/,
    ],
    ['accurate', { 'loss.l2': 0 }, /weighs nothing\. This works: --set loss\.l2=1$/],
    ['accurate', { 'gradient.treatment': 'shout' }, /This works: --set gradient\.treatment=variable-norm$/],
    ['accurate', { gradient: {} }, /This works: --set gradient='\{"treatment":"global-clip","norm":1\}'$/],
    ['accurate', { 'schedule.kind': 'pieces' }, /This works: --set schedule\.kind=cosine$/],
    ['accurate', { batch: 6 }, /more than the batch of 6\. This works: --set batch=16$/],
    ['accurate', { 'tail.fresh': 20 }, /the tail's fresh 20 .*This works: --set tail\.fresh=2$/],
    ['accurate', { levels: 100 }, /This works: --set levels=255$/],
    ['accurate', { levels: 255, factorFilters: 4 }, /This works: --set factorFilters=0$/],
    ['accurate', { dropoutRange: [0.7, 0.2] }, /This works: --set dropoutRange='\[0\.25,0\.75\]'$/],
    ['accurate', { 'optimizer.basis.decay': 2 }, /This works: --set optimizer\.basis\.decay=0\.95$/],
    [
      'accurate',
      { 'model.update.1.units': 3 },
      /the last layer has 3 units.*This works: --set model\.update\.1\.units=15$/,
    ],
    [
      'accurate',
      { 'model.update.0.kind': 'conv' },
      /fault in update\.0\.kind.*This works: --set model\.update\.0\.kind=dense$/,
    ],
    ['accurate', { 'model.channels.ink': 7 }, /This works: --set model\.channels\.ink=0$/],
  ])('of %s comes with one that works: %j', (preset, fields, message) => {
    const refusal = refuse(preset, fields);
    expect(refusal).toMatch(message);
    expect(refusal).not.toContain('\n');
    // What is printed is what works.
    const [, field, value] = /This works: --set ([\w.]+)=(.*)$/.exec(refusal) ?? [];
    const text = value.replace(/^'|'$/g, '');
    const parsed: unknown = /^[a-z-]+$/.test(text) ? text : JSON.parse(text);
    const others = Object.entries(fields).filter(
      ([name]) => !name.startsWith(field) && !/momentum|colour|share/.test(name),
    );
    expect(() => recipeWith(findPreset(preset), new Map([...others, [field, parsed]]), asOption)).not.toThrow();
  });

  it('is shown as JSON where it was JSON', () => {
    expect(refuse('tiny', { batch: 'many' }, asJson)).toMatch(/ This works: "batch": 16$/);
  });
});
