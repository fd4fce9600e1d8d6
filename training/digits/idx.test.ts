import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError, readImages, readLabels, unpack } from './idx.ts';
import { imagesFile, labelsFile } from './made-up-digits.ts';

const IMAGES = imagesFile(3);
const LABELS = labelsFile([4, 0, 9]);

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value);
  return copy;
}

describe('IDX files', () => {
  it('give their images and labels, gzipped or not', () => {
    expect(readImages(IMAGES, 'x')).toEqual(IMAGES.slice(16));
    expect([...readLabels(unpack(gzipSync(LABELS), 'x'), 'x')]).toEqual([4, 0, 9]);
    expect(unpack(LABELS, 'x')).toBe(LABELS);
  });

  it.each([
    [
      'another magic number',
      changed(IMAGES, 0, 0x0801),
      /file.idx is no IDX file of images: it begins with 0x00000801/,
    ],
    ['images of another size', changed(IMAGES, 8, 32), /images of 28 × 32 cells/],
    ['fewer digits than claimed', IMAGES.subarray(0, 2000), /is cut short: its header asks for 2368 bytes/],
    ['more digits than claimed', changed(IMAGES, 4, 2), /has bytes left over/],
    ['a claim of two thousand million digits', changed(IMAGES, 4, 0x7fff_ffff), /is cut short/],
    ['no bytes', new Uint8Array(0), /too short/],
  ])('with %s are refused by name', (_fault, bytes, message) => {
    expect(() => readImages(bytes, 'file.idx')).toThrow(message);
  });

  it('with a label above 9 are refused', () => {
    expect(() => readLabels(labelsFile([3, 12]), 'labels')).toThrow(/label 12 at place 1/);
  });

  it('that are cut short inside their gzip are refused', () => {
    const packed = gzipSync(IMAGES);
    expect(() => unpack(packed.subarray(0, packed.length - 20), 'x.gz')).toThrow(/x.gz is a gzip file that is damaged/);
  });

  it('of random bytes are refused with a sentence, never with anything else', () => {
    const damaged = fc.tuple(fc.nat(IMAGES.length - 1), fc.nat(255), fc.nat(IMAGES.length)).map(([at, value, end]) => {
      const copy = IMAGES.slice(0, end);
      if (at < end) copy[at] = value;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), damaged), (bytes) => {
        for (const read of [readImages, readLabels]) {
          try {
            read(unpack(bytes, 'x'), 'x');
          } catch (fault) {
            expect(fault).toBeInstanceOf(DataError);
          }
        }
      }),
    );
  });
});
