import fc from 'fast-check';
import { read, VK_FORMAT_R32G32B32A32_SFLOAT, VK_FORMAT_R8G8B8A8_UNORM, write } from 'ktx-parse';
import { describe, expect, test } from 'vitest';
import {
  ACCURATE_SPECIFICATION,
  CAX_SPECIFICATION,
  DISTILL_SPECIFICATION,
  TINY_SPECIFICATION,
} from './architectures.ts';
import { arbitraryModel, arbitraryMutation } from './arbitrary-model.ts';
import {
  decodeModelFile,
  encodeModelFile,
  packWeights,
  unpackWeights,
  weightOffsets,
  WEIGHTS_TEXTURE_WIDTH,
  weightsTextureHeight,
} from './file.ts';
import { decodeFloatTexture, encodeFloatTexture } from './ktx2.ts';
import type { ModelSpecification } from './specification.ts';
import { ModelError } from './model-error.ts';
import { type Model, sizeOf, type Weights, weightShapes } from './weights.ts';

function modelOf(specification: ModelSpecification): Model {
  let count = 0;
  const weights = [...weightShapes(specification)].map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => Math.sin(++count));
    return [name, { shape, data }] as const;
  });
  return { specification, weights: new Map(weights) };
}

/** Names, shapes and the bits of the values, so that −0 differs from 0. */
function bitsOf(weights: Weights): unknown {
  return [...weights].map(([name, { shape, data }]) => [
    name,
    [...shape],
    [...new Uint32Array(data.buffer, data.byteOffset, data.length)],
  ]);
}

/** A KTX2 file with this specification text around the texels of a good model. */
function fileWithText(json: string): Uint8Array {
  const texture = decodeFloatTexture(encodeModelFile(modelOf(TINY_SPECIFICATION)));
  return encodeFloatTexture({ ...texture, texts: new Map([['nca', json]]) });
}

const good = encodeModelFile(modelOf(TINY_SPECIFICATION));

describe('a model file', () => {
  test('preserves every specification and weight bit for bit', () => {
    fc.assert(
      fc.property(arbitraryModel, (model) => {
        const decoded = decodeModelFile(encodeModelFile(model));
        expect(decoded.specification).toEqual(model.specification);
        expect(bitsOf(decoded.weights)).toEqual(bitsOf(model.weights));
      }),
      { numRuns: 300 },
    );
  });

  test.each([CAX_SPECIFICATION, DISTILL_SPECIFICATION, ACCURATE_SPECIFICATION])(
    'holds the architecture of $name',
    (specification) => {
      const model = modelOf(specification);
      const decoded = decodeModelFile(encodeModelFile(model));
      expect(decoded.specification).toEqual(specification);
      expect(bitsOf(decoded.weights)).toEqual(bitsOf(model.weights));
    },
  );

  test('has the same bytes every time', () => {
    expect(encodeModelFile(modelOf(TINY_SPECIFICATION))).toEqual(good);
  });

  test('is an RGBA32F texture of one level to any reader of KTX2', () => {
    const container = read(good);
    expect(container.vkFormat).toBe(VK_FORMAT_R32G32B32A32_SFLOAT);
    expect([container.pixelWidth, container.pixelHeight, container.levels.length]).toEqual([256, 5, 1]);
    expect(container.keyValue['KTXwriter']).toMatch(/^KTX-Parse/);
    const [format] = container.dataFormatDescriptor;
    expect(format.samples.map((sample) => sample.bitOffset)).toEqual([0, 32, 64, 96]);
  });

  test('is read from the middle of a larger buffer at an odd offset', () => {
    const larger = new Uint8Array(good.length + 30).fill(0xff);
    larger.set(good, 13);
    const decoded = decodeModelFile(larger.subarray(13, 13 + good.length));
    expect(bitsOf(decoded.weights)).toEqual(bitsOf(modelOf(TINY_SPECIFICATION).weights));
  });

  test('is read from a Node buffer', () => {
    expect(decodeModelFile(Buffer.from(good)).specification).toEqual(TINY_SPECIFICATION);
  });
});

describe('the weights texture', () => {
  test('holds each tensor at its offset', () => {
    const model = modelOf(CAX_SPECIFICATION);
    const texels = packWeights(CAX_SPECIFICATION, model.weights);
    expect(texels.length).toBe(4 * WEIGHTS_TEXTURE_WIDTH * weightsTextureHeight(CAX_SPECIFICATION));
    for (const [name, offset] of weightOffsets(CAX_SPECIFICATION)) {
      const data = model.weights.get(name)?.data ?? new Float32Array();
      expect(texels.slice(offset, offset + data.length)).toEqual(data);
    }
  });

  test('is refused when it is too small for the specification', () => {
    expect(() => unpackWeights(CAX_SPECIFICATION, new Float32Array(100))).toThrow(
      'The texture holds 100 values; the specification requires 22580 weights.',
    );
  });
});

describe('a model is not written', () => {
  test('when a weight is not a number', () => {
    const model = modelOf(TINY_SPECIFICATION);
    const bias = model.weights.get('update.0.bias');
    bias?.data.fill(NaN, 3, 4);
    expect(() => encodeModelFile(model)).toThrow(
      'The weights "update.0.bias" hold NaN at index 3; all must be finite.',
    );
  });

  test('when its specification contradicts itself', () => {
    const channels = { ...TINY_SPECIFICATION.channels, ink: 5 };
    const specification = { ...TINY_SPECIFICATION, channels };
    expect(() => encodeModelFile(modelOf(specification))).toThrow('the ink, channel 5, is among the logits');
  });
});

describe('a file is refused in one sentence', () => {
  const changed = (at: number, value: number) => {
    const bytes = Uint8Array.from(good);
    new DataView(bytes.buffer).setUint32(at, value, true);
    return bytes;
  };
  const withContainer = (change: (container: ReturnType<typeof read>) => void) => {
    const container = read(good);
    change(container);
    return write(container);
  };
  const poisoned = () => {
    const texture = decodeFloatTexture(good);
    texture.texels[7] = NaN;
    return encodeFloatTexture(texture);
  };
  const taller = () => {
    const texture = decodeFloatTexture(good);
    return encodeFloatTexture({ ...texture, height: 4, texels: texture.texels.slice(0, 4 * 4 * 256) });
  };

  const cases: [what: string, bytes: () => Uint8Array, message: string | RegExp][] = [
    ['that is empty', () => new Uint8Array(), 'This is not a KTX2 file.'],
    ['of another kind', () => new TextEncoder().encode('{"version": 1}'), 'This is not a KTX2 file.'],
    ['cut within its header', () => good.slice(0, 60), /^The KTX2 file is truncated: it has 60 bytes, and its header/],
    [
      'cut within its texels',
      () => good.slice(0, -1),
      /^The KTX2 file is truncated: .* and its texels would end at byte/,
    ],
    [
      'of another format',
      () => changed(12, VK_FORMAT_R8G8B8A8_UNORM),
      /holds texels of Vulkan's format 37, not of RGBA32F/,
    ],
    ['with several levels', () => changed(40, 3), 'The KTX2 file holds 3 levels instead of one.'],
    ['with two billion levels', () => changed(40, 0x7fff_ffff), /holds 2147483647 levels/],
    ['that is compressed', () => changed(44, 2), 'The KTX2 file is compressed.'],
    ['with a cube map', () => changed(36, 6), 'The KTX2 file does not hold a single two-dimensional texture.'],
    ['that claims a larger texture', () => changed(24, 0xffff_ffff), /contradicts itself: 256 × 4294967295 texels/],
    ['whose descriptor is elsewhere', () => changed(48, 0xffff_fff0), /truncated: .* its format description/],
    ['whose texts are too long', () => changed(60, 0xffff_ffff), /truncated: .* its texts would end/],
    ['whose texts are torn', () => changed(60, 7), /^The KTX2 file is damaged|holds no model/],
    [
      'without a specification',
      () => withContainer((container) => delete container.keyValue['nca']),
      'The KTX2 file holds no model: its key–value data lack "nca".',
    ],
    [
      'whose specification is torn',
      () => fileWithText('{"version": 1,'),
      "The model's specification is not valid JSON: ",
    ],
    ['whose specification is empty', () => fileWithText('{}'), /^The model's specification has a fault in version: /],
    [
      'of a later version',
      () => fileWithText(JSON.stringify({ ...TINY_SPECIFICATION, version: 2 })),
      "The model's specification is version 2; this program reads up to version 1.",
    ],
    [
      'whose specification is of a larger model',
      () => fileWithText(JSON.stringify(CAX_SPECIFICATION)),
      /^The model file contradicts itself: its texture has 256 × 5 texels, and its specification's 22580 weights take 256 × 23/,
    ],
    ['whose texture is too small', taller, /^The model file contradicts itself: its texture has 256 × 4 texels/],
    ['that carries NaN', poisoned, 'The weights "perceive.kernel" hold NaN at index 7; all must be finite.'],
  ];
  test.each(cases)('%s', (_, bytes, message) => {
    expect(() => decodeModelFile(bytes())).toThrow(ModelError);
    expect(() => decodeModelFile(bytes())).toThrow(message);
  });

  test('whose text would replace the prototype of the table that holds it', () => {
    const bytes = encodeFloatTexture({
      width: 1,
      height: 1,
      texels: new Float32Array(4),
      texts: new Map([['__proto__', 'x']]),
    });
    expect(() => decodeModelFile(bytes)).toThrow(ModelError);
  });
});

test('mutated model files are read or refused with one sentence, quickly and without large allocations', () => {
  const small = fc.sample(arbitraryModel, { numRuns: 1, seed: 5 }).map(encodeModelFile);
  const before = process.memoryUsage().arrayBuffers;
  let refused = 0;
  const started = performance.now();
  for (const bytes of small) {
    fc.assert(
      fc.property(arbitraryMutation(bytes), (mutated) => {
        try {
          decodeModelFile(mutated);
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
          expect(error.message).toMatch(/^[A-Z][^\n]{10,400}\.$/);
          refused += 1;
        }
      }),
      { numRuns: 5000 },
    );
  }
  expect(refused).toBeGreaterThan(1000);
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(512 * 2 ** 20);
});
