import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryMutation } from './arbitrary-model.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  float32Of,
  type Safetensors,
  type SafetensorsTensor,
} from './safetensors.ts';
import { ModelError } from './model-error.ts';

const extent = fc.nat({ max: 4 });
const shape = fc.array(extent, { maxLength: 4 });
const size = (extents: readonly number[]) => extents.reduce((product, value) => product * value, 1);

const arbitraryTensor: fc.Arbitrary<SafetensorsTensor> = fc
  .tuple(fc.constantFrom('F64', 'F32', 'I32', 'U32', 'F16', 'U8', 'I64'), shape, fc.integer())
  .map(([dtype, extents, seed]): SafetensorsTensor => {
    const values = Array.from({ length: size(extents) }, (_, index) => Math.imul(seed + index, 0x9e3779b1) >>> 0);
    switch (dtype) {
      case 'F64':
        return { dtype, shape: extents, data: Float64Array.from(values, (value) => value / 7) };
      case 'F32':
        return { dtype, shape: extents, data: Float32Array.from(values, (value) => -value / 7) };
      case 'I32':
        return { dtype, shape: extents, data: Int32Array.from(values) };
      case 'U32':
        return { dtype, shape: extents, data: Uint32Array.from(values) };
      case 'F16':
        return { dtype, shape: extents, data: Uint16Array.from(values) };
      case 'I64':
        return { dtype, shape: extents, data: BigInt64Array.from(values, BigInt) };
      default:
        return { dtype: 'U8', shape: extents, data: Uint8Array.from(values) };
    }
  });

const key = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('__proto__', 'constructor', '0', 'update.0.kernel'));
const arbitraryFile: fc.Arbitrary<Safetensors> = fc.record({
  tensors: fc
    .uniqueArray(fc.tuple(key, arbitraryTensor), { selector: ([name]) => name, maxLength: 6 })
    .map((entries) => new Map(entries)),
  metadata: fc
    .uniqueArray(fc.tuple(key, fc.string({ unit: 'grapheme' })), { selector: ([name]) => name, maxLength: 4 })
    .map((entries): Record<string, string> => Object.fromEntries(entries)),
});

/** A file with this header over this many zero bytes of data. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

describe('a safetensors file', () => {
  test('preserves all tensors and texts', () => {
    fc.assert(
      fc.property(arbitraryFile, (file) => {
        const decoded = decodeSafetensors(encodeSafetensors(file));
        const byName = (tensors: Safetensors['tensors']) => [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(byName(decoded.tensors)).toEqual(byName(file.tensors));
        expect(Object.entries(decoded.metadata).sort()).toEqual(Object.entries(file.metadata).sort());
      }),
      { numRuns: 500 },
    );
  });

  test('aligns every tensor to the size of its elements', () => {
    const bytes = encodeSafetensors({
      tensors: new Map<string, SafetensorsTensor>([
        ['a', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
        ['b', { dtype: 'F64', shape: [], data: Float64Array.of(4) }],
        ['c', { dtype: 'F32', shape: [1], data: Float32Array.of(5) }],
      ]),
      metadata: {},
    });
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerBytes % 8).toBe(0);
    expect([...decodeSafetensors(bytes).tensors.keys()]).toEqual(['b', 'c', 'a']);
    expect(new DataView(bytes.buffer).getFloat64(8 + headerBytes, true)).toBe(4);
  });

  test('is read as it is published in the format description', () => {
    const bytes = fileOf({ test: { dtype: 'I32', shape: [2, 2], data_offsets: [0, 16] } }, 16);
    expect(decodeSafetensors(bytes)).toEqual({
      tensors: new Map([['test', { dtype: 'I32', shape: [2, 2], data: new Int32Array(4) }]]),
      metadata: {},
    });
  });

  test.each([
    ['with texts that are none', { __metadata__: [1] }, /__metadata__ is not an object/],
    ['with a tensor that is a number', { a: 3 }, /tensor "a" is not described by an object/],
    ['with a name that fills the screen', { ['n'.repeat(999)]: 3 }, /tensor "n{80}…" is not/],
  ])('is refused %s', (_, header, reason) => {
    expect(() => decodeSafetensors(fileOf(header, 0))).toThrow(reason);
  });

  test('may state explicitly that it has no texts', () => {
    expect(decodeSafetensors(fileOf({ __metadata__: null }, 0))).toEqual({ tensors: new Map(), metadata: {} });
  });

  test('is not written with a tensor in place of the texts', () => {
    const tensor: SafetensorsTensor = { dtype: 'U8', shape: [1], data: Uint8Array.of(1) };
    const tensors = new Map([['__metadata__', tensor]]);
    expect(() => encodeSafetensors({ tensors, metadata: {} })).toThrow('A tensor cannot be called "__metadata__".');
  });

  test('is copied out of a Node buffer, whose pool it must not share', () => {
    const file = {
      tensors: new Map([['a', { dtype: 'F32', shape: [1], data: Float32Array.of(7) } as const]]),
      metadata: {},
    };
    const tensor = decodeSafetensors(Buffer.from(encodeSafetensors(file))).tensors.get('a');
    expect(tensor?.data.buffer.byteLength).toBe(4);
  });
});

describe('a safetensors file is refused in one sentence', () => {
  const tensor = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  const cases: [what: string, bytes: Uint8Array, message: string | RegExp][] = [
    ['when it is empty', new Uint8Array(), 'This is not a safetensors file: it has 0 bytes.'],
    [
      'when its header is cut',
      fileOf({ a: tensor }, 0).slice(0, 20),
      /^The safetensors file is truncated: its header claims/,
    ],
    [
      'when its data are cut',
      fileOf({ a: tensor }, 7),
      /truncated: "a" ends at byte 8 of the data, of which there are 7/,
    ],
    ['when it claims a huge header', new Uint8Array(16).fill(0xff), /its header claims 18446744073709551615 bytes/],
    ['when its header is no JSON', fileOf('{"a"', 0), /its header is not a JSON object/],
    ['when its header is a list', fileOf('[]', 0), /its header is not a JSON object/],
    [
      'when a type is unknown',
      fileOf({ a: { ...tensor, dtype: 'F128' } }, 8),
      /tensor "a" has the unknown type "F128"/,
    ],
    ['when a type is inherited', fileOf({ a: { ...tensor, dtype: 'toString' } }, 8), /has the unknown type "toString"/],
    [
      'when a shape is negative',
      fileOf({ a: { ...tensor, shape: [-2] } }, 8),
      /has a shape that is not a list of whole numbers/,
    ],
    [
      'when a shape does not fit',
      fileOf({ a: { ...tensor, shape: [3] } }, 8),
      /is F32 \[3\], 12 bytes, but has offsets for 8/,
    ],
    [
      'when a shape is absurd',
      fileOf({ a: { ...tensor, shape: [2 ** 50, 2 ** 50, 2 ** 50] } }, 8),
      /bytes, but has offsets for 8/,
    ],
    ['when tensors overlap', fileOf({ a: tensor, b: tensor }, 8), /"b" starts at byte 0 of the data instead of byte 8/],
    [
      'when there is a hole',
      fileOf({ a: tensor, b: { ...tensor, data_offsets: [12, 20] } }, 20),
      /"b" starts at byte 12 of the data instead of byte 8/,
    ],
    ['when bytes are left over', fileOf({ a: tensor }, 11), 'The safetensors file has 3 bytes after its last tensor.'],
    [
      'when its metadata are no texts',
      fileOf({ __metadata__: { n: 1 } }, 0),
      /__metadata__ holds "n", which is not a text/,
    ],
  ];
  test.each(cases)('%s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(ModelError);
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });

  test('however it is mutated', () => {
    const [file] = fc.sample(arbitraryFile, { numRuns: 20, seed: 3 }).slice(-1);
    let refused = 0;
    fc.assert(
      fc.property(arbitraryMutation(encodeSafetensors(file)), (mutated) => {
        try {
          decodeSafetensors(mutated);
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
          expect(error.message).toMatch(/^[A-Z][^\n]{10,400}\.$/);
          refused += 1;
        }
      }),
      { numRuns: 5000 },
    );
    expect(refused).toBeGreaterThan(1000);
  });

  test('before it is written, when data and shape differ', () => {
    const tensors = new Map([['a', { dtype: 'F32', shape: [3], data: Float32Array.of(1) } as const]]);
    expect(() => encodeSafetensors({ tensors, metadata: {} })).toThrow(
      /"a" holds 1 values as Float32Array, which is not F32 \[3\]/,
    );
  });
});

describe('tensors of other types are read as float32', () => {
  test('half floats', () => {
    const data = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x8000, 0x7bff, 0x7c00, 0x3555);
    const values = float32Of({ dtype: 'F16', shape: [7], data });
    expect([...values]).toEqual([1, -2, 2 ** -24, -0, 65504, Infinity, 0.333251953125]);
  });

  test('bfloats', () => {
    const values = float32Of({ dtype: 'BF16', shape: [3], data: Uint16Array.of(0x3f80, 0xc040, 0x8000) });
    expect([...values]).toEqual([1, -3, -0]);
  });

  test('double precision, rounded', () => {
    const values = float32Of({ dtype: 'F64', shape: [2], data: Float64Array.of(0.1, -3) });
    expect([...values]).toEqual([Math.fround(0.1), -3]);
  });

  test('whole numbers', () => {
    expect([...float32Of({ dtype: 'I64', shape: [1], data: BigInt64Array.of(-5n) })]).toEqual([-5]);
    expect([...float32Of({ dtype: 'U8', shape: [1], data: Uint8Array.of(255) })]).toEqual([255]);
  });

  test('but not booleans', () => {
    expect(() => float32Of({ dtype: 'BOOL', shape: [1], data: Uint8Array.of(1) })).toThrow(ModelError);
  });
});
