import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitrarySpecification } from './arbitrary-model.ts';
import {
  ACCURATE_SPECIFICATION,
  CAX_SPECIFICATION,
  DISTILL_SPECIFICATION,
  SWIFT_SPECIFICATION,
  TINY_SPECIFICATION,
} from './architectures.ts';
import {
  keptUpdateScale,
  type ModelSpecification,
  multiplyAdds,
  parseSpecification,
  updateUnitOfChannel,
} from './specification.ts';
import { ModelError } from './model-error.ts';
import { parameterCount } from './weights.ts';

const all = [CAX_SPECIFICATION, DISTILL_SPECIFICATION, ACCURATE_SPECIFICATION, SWIFT_SPECIFICATION, TINY_SPECIFICATION];

describe('a specification', () => {
  test.each(all)('of $name is accepted as it is', (specification) => {
    expect(parseSpecification(structuredClone(specification))).toEqual(specification);
  });

  test('survives JSON', () => {
    fc.assert(
      fc.property(arbitrarySpecification, (specification) => {
        expect(parseSpecification(JSON.parse(JSON.stringify(specification)))).toEqual(specification);
      }),
      { numRuns: 500 },
    );
  });

  test('has the published number of parameters and multiply-adds', () => {
    expect(parameterCount(CAX_SPECIFICATION)).toBe(22_580);
    expect(parameterCount(DISTILL_SPECIFICATION)).toBe(22_499);
    expect(multiplyAdds(DISTILL_SPECIFICATION)).toBe(22_320);
    expect([ACCURATE_SPECIFICATION, SWIFT_SPECIFICATION, TINY_SPECIFICATION].map(multiplyAdds)).toEqual([
      30_912, 9_977, 4_920,
    ]);
  });

  test('keeps the expected update of training when fewer cells drop out, and no larger updates when more do', () => {
    for (const specification of [CAX_SPECIFICATION, DISTILL_SPECIFICATION]) {
      const trained = keptUpdateScale(specification, specification.step.dropout);
      const drive = trained * (1 - specification.step.dropout);
      for (const dropout of [0, 0.25, 0.4]) {
        expect(keptUpdateScale(specification, dropout) * (1 - dropout)).toBeCloseTo(drive, 12);
      }
      for (const dropout of [0.6, 0.75, 0.95]) expect(keptUpdateScale(specification, dropout)).toBe(trained);
    }
    expect(keptUpdateScale(CAX_SPECIFICATION, 0.5)).toBe(2);
    expect(keptUpdateScale(DISTILL_SPECIFICATION, 0.5)).toBe(1);
  });

  test('leaves out the ink when it assigns units to channels', () => {
    const units = updateUnitOfChannel(DISTILL_SPECIFICATION);
    expect(units.slice(0, 3)).toEqual([-1, 0, 1]);
    expect(updateUnitOfChannel(CAX_SPECIFICATION).slice(17)).toEqual([17, 18, -1]);
  });
});

describe('a specification is refused in one sentence', () => {
  const without = (key: keyof ModelSpecification) =>
    Object.fromEntries(Object.entries(TINY_SPECIFICATION).filter(([name]) => name !== key));
  const cases: [what: string, value: unknown, message: string | RegExp][] = [
    ['that is a list', [], /^The model's specification has a fault in /],
    ['that is nothing', null, /^The model's specification has a fault in /],
    ['of a later version', { version: 7 }, /is version 7; this program reads up to version 1\.$/],
    ['without a field', without('life'), /has a fault in life: /],
    ['with a field too many', { ...TINY_SPECIFICATION, colour: 1 }, /has a fault in the unknown field colour\.$/],
    ['with a number for a name', { ...TINY_SPECIFICATION, name: 7 }, /has a fault in name: /],
    [
      'with an unknown layer',
      { ...TINY_SPECIFICATION, perceive: { kind: 'conv5x5', features: 3, activation: 'relu' } },
      /has a fault in perceive\.kind: /,
    ],
    [
      'with absurd widths',
      { ...TINY_SPECIFICATION, update: [{ kind: 'dense', units: 1e9, activation: 'none' }] },
      /has a fault in update\.0\.units: /,
    ],
    [
      'with a dropout of everything',
      { ...TINY_SPECIFICATION, step: { ...TINY_SPECIFICATION.step, dropout: 1 } },
      /has a fault in step\.dropout: /,
    ],
    [
      'whose logits do not fit',
      { ...TINY_SPECIFICATION, channels: { count: 14, ink: 0, firstLogit: 5 } },
      /contradicts itself: the logits end at channel 14, but there are 14 channels\.$/,
    ],
    [
      'whose last layer does not fit',
      { ...TINY_SPECIFICATION, update: [{ kind: 'dense', units: 7, activation: 'none' }] },
      /contradicts itself: the last layer has 7 units/,
    ],
    [
      'with one class twice',
      { ...TINY_SPECIFICATION, classes: [TINY_SPECIFICATION.classes[0], TINY_SPECIFICATION.classes[0]] },
      /contradicts itself: two classes have the same name/,
    ],
    [
      'with a field whose name breaks lines',
      { ...TINY_SPECIFICATION, ['a\nb\u2028'.repeat(400)]: 1 },
      /^The model's specification has a fault in the unknown field a\u{fffd}b[^\n\u2028]{10,500}\.$/u,
    ],
  ];
  test.each(cases)('%s', (_, value, message) => {
    expect(() => parseSpecification(value)).toThrow(ModelError);
    expect(() => parseSpecification(value)).toThrow(message);
  });

  test('whatever value it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => parseSpecification(value)).toThrow(ModelError);
      }),
      { numRuns: 2000 },
    );
  });
});
