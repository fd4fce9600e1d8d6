import { describe, expect, test } from 'vitest';
import { TINY_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { SPECIFICATION_KEY } from '../../engine/common/model/file.ts';
import { type SafetensorsTensor } from '../../engine/common/model/safetensors.ts';
import { ModelError } from '../../engine/common/model/model-error.ts';
import { sizeOf, weightShapes } from '../../engine/common/model/weights.ts';
import { modelFromSafetensors, safetensorsFromModel } from './imported-model.ts';

/** A full set of weights, all of one value, under a prefix. */
function weightsOf(value: number, prefix = ''): [string, SafetensorsTensor][] {
  return [...weightShapes(TINY_SPECIFICATION)].map(([name, shape]) => [
    prefix + name,
    { dtype: 'F32', shape, data: new Float32Array(sizeOf(shape)).fill(value) },
  ]);
}

const metadata = { [SPECIFICATION_KEY]: JSON.stringify(TINY_SPECIFICATION) };
const firstWeight = (entries: [string, SafetensorsTensor][]) =>
  modelFromSafetensors({ tensors: new Map(entries), metadata }).weights.get('perceive.kernel')?.data[0];

describe('a model comes out of safetensors', () => {
  test('with the averaged weights of a checkpoint before the raw ones', () => {
    const step: [string, SafetensorsTensor] = ['adam.step', { dtype: 'F32', shape: [1], data: Float32Array.of(3) }];
    expect(firstWeight([...weightsOf(1), ...weightsOf(2, 'average.'), step])).toBe(2);
    expect(firstWeight([...weightsOf(1), ...weightsOf(3, 'ema/')])).toBe(3);
  });

  test('rounded to float32 when it was trained in double precision', () => {
    const entries = weightsOf(0).map(([name, { shape }]): [string, SafetensorsTensor] => [
      name,
      { dtype: 'F64', shape, data: new Float64Array(sizeOf(shape)).fill(0.1) },
    ]);
    expect(firstWeight(entries)).toBe(Math.fround(0.1));
  });

  test('with the specification that is given, before its own', () => {
    const other = { ...TINY_SPECIFICATION, name: 'other' };
    const file = { tensors: new Map(weightsOf(1)), metadata };
    expect(modelFromSafetensors(file, other).specification.name).toBe('other');
    expect(modelFromSafetensors(file).specification.name).toBe('tiny');
  });

  test('as it went in', () => {
    const model = modelFromSafetensors({ tensors: new Map(weightsOf(0.25)), metadata });
    expect(modelFromSafetensors(safetensorsFromModel(model))).toEqual(model);
  });
});

describe('no model comes out of safetensors', () => {
  test.each<[what: string, entries: [string, SafetensorsTensor][], message: RegExp]>([
    [
      'that lack a tensor',
      weightsOf(1).slice(1),
      /^The weights lack "perceive\.kernel" \[3, 3, 14, 4\]\. The file holds update\.0\.kernel, [^\n]+SPECIFICATION\.md/,
    ],
    [
      'with a tensor too many',
      [...weightsOf(1), ['bias', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }]],
      /^The weights hold "bias", which is not in the specification\. Its tensors are perceive\.kernel, update\.0\.kernel/,
    ],
    [
      'with a bias on a depthwise perception',
      [...weightsOf(1), ['perceive.bias', { dtype: 'F32', shape: [56], data: new Float32Array(56) }]],
      /add "bias @ update\.0\.kernel" to update\.0\.bias/,
    ],
    ...[
      { name: 'perceive.kernel', shape: [3, 3, 1, 56], remedy: '.reshape(3, 3, 14, 4)' },
      { name: 'perceive.kernel', shape: [56, 1, 3, 3], remedy: '.transpose(2, 3, 1, 0).reshape(3, 3, 14, 4)' },
      { name: 'perceive.kernel', shape: [4, 14, 3, 3], remedy: '.transpose(2, 3, 1, 0)' },
      { name: 'update.0.kernel', shape: [64, 56], remedy: '.T' },
      { name: 'update.0.kernel', shape: [1, 1, 56, 64], remedy: '[0, 0]' },
      { name: 'update.0.kernel', shape: [64, 56, 1, 1], remedy: '[:, :, 0, 0].T' },
    ].map(({ name, shape, remedy }): [string, [string, SafetensorsTensor][], RegExp] => [
      `whose ${name} is [${shape.join(', ')}]`,
      weightsOf(1).map(([own, tensor]) => [own, own === name ? { ...tensor, shape } : tensor]),
      new RegExp(` = weights\\["${name}"\\]${remedy.replace(/[.()[\]]/g, '\\$&')}$`),
    ]),
    ['that hold infinity', weightsOf(Infinity), /^The weights "perceive\.kernel" hold Infinity at index 0/],
    ['that hold nothing', [], /^The weights lack "perceive\.kernel"/],
  ])('%s', (_, entries, message) => {
    const file = { tensors: new Map(entries), metadata };
    expect(() => modelFromSafetensors(file)).toThrow(ModelError);
    expect(() => modelFromSafetensors(file)).toThrow(message);
  });

  test('that have no specification', () => {
    expect(() => modelFromSafetensors({ tensors: new Map(weightsOf(1)), metadata: {} })).toThrow(
      /npm run bake -- model\.safetensors --spec model\.json/,
    );
  });
});
