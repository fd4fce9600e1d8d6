import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawDigit } from '../handwriting/draw-digit.ts';
import { Random } from '../random/random.ts';
import { mendImages, odditiesOf, type Oddity } from './oddities.ts';

/** Images of digits 0 to 9, repeated. */
function write(count: number, seed: number): Uint8Array {
  const random = new Random(seed);
  const images = new Uint8Array(count * 784);
  for (let index = 0; index < count; index += 1) images.set(drawDigit(random, index % 10), index * 784);
  return images;
}

/** The inverse of the corrections. */
function spoil(images: Uint8Array, oddities: readonly Oddity[], most: number): Uint8Array {
  const turned = oddities.includes('turned') ? mendImages(images, ['turned']) : images;
  const inverted = oddities.includes('inverted') ? turned.map((value) => 255 - value) : turned;
  return oddities.includes('dim') ? inverted.map((value) => Math.round((value * most) / 255)) : inverted;
}

test('images like those of MNIST, and empty ones, have no oddities', () => {
  for (let seed = 0; seed < 6; seed += 1) expect(odditiesOf(write(40, seed))).toEqual([]);
  expect(odditiesOf(new Uint8Array(7840))).toEqual([]);
  expect(odditiesOf(new Uint8Array(0))).toEqual([]);
});

test('every oddity of images is found and corrected', () => {
  const some = fc.subarray<Oddity>(['dim', 'inverted', 'turned'], { minLength: 1 });
  fc.assert(
    fc.property(some, fc.constantFrom(1, 15, 16, 63), fc.nat(1000), (oddities, most, seed) => {
      const images = write(40, seed);
      const odd = spoil(images, oddities, most);
      expect(odditiesOf(odd)).toEqual(oddities);
      const mended = mendImages(odd, oddities);
      expect(odditiesOf(mended)).toEqual([]);
      if (!oddities.includes('dim')) expect(mended).toEqual(images);
    }),
    { numRuns: 12 },
  );
});
