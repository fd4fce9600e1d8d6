import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { TEXTS } from './texts.ts';
import { idxBytes, readIdx } from './idx.ts';
import { readStart } from './unpack.ts';

const texts = TEXTS.en;

function idx(magic: number, extents: readonly number[], body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * extents.length + body.length);
  const view = new DataView(bytes.buffer);
  [magic, ...extents].forEach((word, index) => view.setUint32(4 * index, word));
  bytes.set(body, 4 + 4 * extents.length);
  return bytes;
}

const images = (count: number): Uint8Array =>
  idx(
    0x0803,
    [count, 28, 28],
    Uint8Array.from({ length: count * 784 }, (_, index) => (index * 7) % 256),
  );
const labels = (...given: number[]): Uint8Array => idx(0x0801, [given.length], Uint8Array.from(given));

const read = (bytes: Uint8Array, most = 10) => readIdx(bytes.subarray(0, idxBytes(most)), bytes.length, most, texts);

test('images and labels are read, no more of them than are wanted', () => {
  expect(read(images(3))).toMatchObject({ kind: 'images', count: 3 });
  expect(read(images(30), 4).data).toEqual(images(30).subarray(16, 16 + 4 * 784));
  expect(read(images(30), 4).count).toBe(30);
  expect([...read(labels(3, 1, 4)).data]).toEqual([3, 1, 4]);
});

test('a file that is none, cut short, too long, empty or of other images is refused with its reason', () => {
  expect(() => read(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]))).toThrow(texts.noIdx('0x01020304'));
  expect(() => read(images(2).subarray(0, 900))).toThrow(texts.cutShort);
  expect(() => read(images(2).subarray(0, 10))).toThrow(texts.cutShort);
  expect(() => read(idx(0x0801, [1], new Uint8Array(4)))).toThrow(texts.leftOver(3));
  expect(() => read(images(0))).toThrow(texts.noDigits);
  expect(() => read(idx(0x0803, [1, 65, 30], new Uint8Array(1950)))).toThrow(texts.otherSize(30, 65, 64));
  expect(() => read(idx(0x0803, [1, 28, 0], new Uint8Array(0)))).toThrow(texts.otherSize(0, 28, 64));
  expect(read(idx(0x0803, [1, 32, 30], new Uint8Array(960)))).toMatchObject({ width: 30, height: 32, count: 1 });
});

test('a header that claims two thousand million digits allocates nothing', () => {
  const before = process.memoryUsage().arrayBuffers;
  expect(() => read(idx(0x0803, [2 ** 31, 28, 28], new Uint8Array(784)))).toThrow(texts.cutShort);
  expect(() => read(idx(0x0801, [0xffff_ffff], new Uint8Array(10)))).toThrow(texts.cutShort);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
});

test('whatever the bytes, the answer is digits within the file or a sentence', () => {
  const begins = fc.constantFrom(images(1), labels(1, 2), new Uint8Array(0));
  fc.assert(
    fc.property(begins, fc.uint8Array({ maxLength: 40 }), fc.nat(30), (base, noise, at) => {
      const bytes = new Uint8Array(base);
      bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
      try {
        const { data, count, kind } = read(bytes);
        expect(count).toBeGreaterThan(0);
        expect(data.length).toBeLessThanOrEqual(bytes.length);
        expect(data.length).toBe(Math.min(count, 10) * (kind === 'images' ? 784 : 1));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).message).toMatch(/^\S.*\.$/);
      }
    }),
  );
});

test('a gzipped file is unpacked as far as it is wanted, and counted to its end', async () => {
  const bytes = images(50);
  const { start, totalBytes } = await readStart(new Blob([gzipSync(bytes)]), 2000, 2 ** 20, texts);
  expect(totalBytes).toBe(bytes.length);
  expect(start).toEqual(bytes.slice(0, 2000));
  const plain = await readStart(new Blob([bytes.slice()]), 2000, 2 ** 20, texts);
  expect(plain).toEqual({ start, totalBytes });
});

test('a file that was gzipped in parts, with zeros after them, is read as a whole', async () => {
  const bytes = images(50);
  const parts = [bytes.subarray(0, 1001), bytes.subarray(1001)].map((part) => gzipSync(part));
  const file = new Blob([...parts, new Uint8Array(300_000)]);
  const { start, totalBytes } = await readStart(file, 2000, 2 ** 20, texts);
  expect([totalBytes, start]).toEqual([bytes.length, bytes.slice(0, 2000)]);
});

test('a gzipped file that is damaged, cut short or a bomb is refused', async () => {
  const packed = gzipSync(images(50));
  await expect(readStart(new Blob([packed.subarray(0, 300)]), 2000, 2 ** 20, texts)).rejects.toThrow(texts.damagedGzip);
  const bomb = gzipSync(Buffer.alloc(4 * 2 ** 20));
  await expect(readStart(new Blob([bomb]), 2000, 2 ** 20, texts)).rejects.toThrow(texts.tooLong);
});
