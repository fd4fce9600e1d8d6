/** Random specifications and models for property tests. */
import fc from 'fast-check';
import { ACTIVATIONS } from './activations.ts';
import { DISTILL_SPECIFICATION } from './architectures.ts';
import { type ModelSpecification } from './specification.ts';
import { type Model, sizeOf, weightShapes } from './weights.ts';

const activation = fc.constantFrom(...ACTIVATIONS);
const share = fc.double({ min: 0, max: 1, noNaN: true }).map(withoutMinusZero);
const words = fc.string({ unit: 'grapheme', maxLength: 40 });
// A record that is read from a file has no keys with these names.
const settings = fc.dictionary(
  words.filter((word) => !['__proto__', 'prototype', 'constructor'].includes(word)),
  words,
);
const seed = fc.integer({ min: 0, max: 0xffff_ffff });

/** JSON has no −0. */
function withoutMinusZero(value: number): number {
  return value + 0;
}

const perceive: fc.Arbitrary<ModelSpecification['perceive']> = fc.oneof(
  fc.record({ kind: fc.constant('conv3x3' as const), features: fc.integer({ min: 1, max: 12 }), activation }),
  fc.record({ kind: fc.constant('depthwise3x3' as const), filters: fc.integer({ min: 1, max: 5 }), activation }),
);

const training: fc.Arbitrary<ModelSpecification['training']> = fc.option(
  fc.record({
    preset: words,
    steps: fc.maxSafeNat(),
    seed,
    data: words,
    dataDigest: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
    commit: fc.option(fc.stringMatching(/^[0-9a-f]{7,40}(-dirty)?$/)),
    settings,
    changes: fc.array(fc.record({ step: fc.nat(1e6), settings: settings }), { maxLength: 2 }),
    levels: fc.constantFrom(127, 255),
  }),
);

const accuracy: fc.Arbitrary<ModelSpecification['accuracy']> = fc.option(
  fc.record({
    split: words,
    digits: fc.integer({ min: 1, max: 10_000 }),
    seed,
    steps: fc.array(
      fc.record({
        step: fc.nat(),
        cellAccuracy: share,
        agreement: share,
        unanimousCorrect: share,
        majorityAccuracy: share,
      }),
      { maxLength: 3 },
    ),
  }),
);

/** Consistent specifications, small enough for a test to generate many. */
export const arbitrarySpecification: fc.Arbitrary<ModelSpecification> = fc
  .record({
    classCount: fc.integer({ min: 2, max: 6 }),
    hiddenChannels: fc.nat({ max: 4 }),
    inkFirst: fc.boolean(),
    fullUpdate: fc.boolean(),
    hiddenLayers: fc.array(
      fc.record({ kind: fc.constant('dense' as const), units: fc.integer({ min: 1, max: 9 }), activation }),
      { maxLength: 3 },
    ),
    name: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/),
    description: words,
    perceive,
    step: fc.record({
      size: fc.double({ min: -100, max: 100, noNaN: true }).map(withoutMinusZero),
      dropout: fc.double({ min: 0, max: 0.99, noNaN: true }).map(withoutMinusZero),
      dropoutScaling: fc.constantFrom('none' as const, 'inverted' as const),
      noise: fc.double({ min: 0, max: 10, noNaN: true }).map(withoutMinusZero),
    }),
    life: fc.record({
      rule: fc.constantFrom('own-ink' as const, 'ink-halo' as const),
      inkThreshold: share,
      dead: fc.constantFrom('zero' as const, 'freeze' as const),
    }),
    training,
    accuracy,
  })
  .map(({ classCount, hiddenChannels, inkFirst, fullUpdate, hiddenLayers, ...rest }) => {
    const count = 1 + hiddenChannels + classCount;
    const units = fullUpdate ? count : count - 1;
    return {
      ...DISTILL_SPECIFICATION,
      ...rest,
      classes: Array.from({ length: classCount }, (_, index) => ({
        name: `class ${index}`,
        color: [index, 2 * index, 255 - index] satisfies [number, number, number],
      })),
      channels: inkFirst
        ? { count, ink: 0, firstLogit: 1 + hiddenChannels }
        : { count, ink: count - 1, firstLogit: hiddenChannels },
      update: [...hiddenLayers, { kind: 'dense' as const, units, activation: 'none' as const }],
    };
  });

/** The finite float32 numbers, bit by bit, including −0 and denormals. */
const weightWord = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0x8000_0000, 0x0000_0001, 0x807f_ffff, 0x7f7f_ffff, 0xff7f_ffff),
);

/** Consistent models with any finite weights. */
export const arbitraryModel: fc.Arbitrary<Model> = arbitrarySpecification.chain((specification) => {
  const shapes = [...weightShapes(specification)];
  return fc.array(weightWord, { minLength: 8, maxLength: 64 }).map((words) => {
    // The weights repeat a short list of words, because fast-check is slow at generating long ones.
    let at = 0;
    const weights = shapes.map(([name, shape]) => {
      const bits = Uint32Array.from({ length: sizeOf(shape) }, () => {
        const word = words[at % words.length];
        at += 1;
        const infiniteOrNaN = (word & 0x7f80_0000) === 0x7f80_0000;
        return infiniteOrNaN ? word ^ 0x4000_0000 : word;
      });
      return [name, { shape, data: new Float32Array(bits.buffer) }] as const;
    });
    return { specification, weights: new Map(weights) };
  });
});

/**
 * `bytes` with a few faults: bytes overwritten, 32-bit words replaced by extreme ones, the end cut off, a block moved.
 */
export function arbitraryMutation(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const position = fc.oneof(fc.nat({ max: Math.min(bytes.length - 1, 160) }), fc.nat({ max: bytes.length - 1 }));
  const extreme = fc.constantFrom(0, 1, 2, 3, 4, 16, 255, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, bytes.length);
  const fault = fc.oneof(
    fc.record({ kind: fc.constant('byte' as const), at: position, value: fc.nat({ max: 255 }) }),
    fc.record({ kind: fc.constant('word' as const), at: position, value: extreme }),
    fc.record({ kind: fc.constant('cut' as const), at: position, value: fc.constant(0) }),
    fc.record({ kind: fc.constant('move' as const), at: position, value: position }),
  );
  return fc.array(fault, { minLength: 1, maxLength: 4 }).map((faults) => {
    let mutated = Uint8Array.from(bytes);
    for (const { kind, at, value } of faults) {
      if (at >= mutated.length) continue;
      if (kind === 'byte') mutated[at] = value;
      else if (kind === 'cut') mutated = mutated.slice(0, at);
      else if (kind === 'move') mutated.copyWithin(at, value, value + 64);
      else if (at + 4 <= mutated.length) new DataView(mutated.buffer).setUint32(at, value, true);
    }
    return mutated;
  });
}
