import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CELLS } from '../../engine/learning/rollout/live-cells.ts';
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
    expect(readImages(IMAGES, 'x')).toEqual({ count: 3, images: IMAGES.slice(16) });
    expect([...readLabels(unpack(gzipSync(LABELS), 'x'), 'x')]).toEqual([4, 0, 9]);
    expect(unpack(LABELS, 'x')).toBe(LABELS);
  });

  it.each([
    [
      'another magic number',
      changed(IMAGES, 0, 0x0801),
      /file.idx is no IDX file of images: it begins with 0x00000801/,
    ],
    ['images that are too large', changed(IMAGES, 8, 65), /images of 28 × 65 cells; from 1 to 64 a side are read/],
    ['fewer digits than claimed', IMAGES.subarray(0, 2000), /is cut short: its header asks for 2368 bytes/],
    ['more digits than claimed', changed(IMAGES, 4, 2), /has bytes left over/],
    ['a claim of two thousand million digits', changed(IMAGES, 4, 0x7fff_ffff), /is cut short/],
    ['no bytes', new Uint8Array(0), /too short/],
  ])('with %s are refused by name', (_fault, bytes, message) => {
    expect(() => readImages(bytes, 'file.idx')).toThrow(message);
  });

  it('of any size give images in the middle of a square', () => {
    const small = new Uint8Array(16 + 2 * 6).fill(7);
    const header = new DataView(small.buffer);
    [0x0803, 2, 3, 2].forEach((word, index) => header.setUint32(4 * index, word));
    const { count, images } = readImages(small, 'x');
    expect([count, images.length]).toEqual([2, 2 * CELLS]);
    const inked = [...images.keys()].filter((cell) => images[cell] > 0);
    expect(inked.slice(0, 6)).toEqual([12, 13, 14].flatMap((row) => [row * 28 + 13, row * 28 + 14]));
    header.setUint32(8, 3000);
    expect(() => readImages(small, 'x')).toThrow(/images of 2 × 3000 cells; from 1 to 64 a side are read/);
  });

  it('that are gzipped in several members, or have zeros after them, are read as on the page', () => {
    const packed = [IMAGES.subarray(0, 1000), IMAGES.subarray(1000)].map((part) => gzipSync(part));
    expect(unpack(Buffer.concat([...packed, Buffer.alloc(300)]), 'x')).toEqual(IMAGES);
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
