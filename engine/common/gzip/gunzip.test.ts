import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Gunzip, gunzip, GunzipError } from './gunzip.ts';

const MOST = 2 ** 20;
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

test('a file is unpacked, whatever its members, the zeros after them and the pieces that it arrives in', () => {
  const members = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(members, fc.nat(700), fc.integer({ min: 1, max: 300 }), (contents, zeros, pieceBytes) => {
      const packed = join(...contents.map((content) => gzipSync(content)), new Uint8Array(zeros));
      const unpacked: Uint8Array[] = [];
      const unpacking = new Gunzip(MOST, (piece) => unpacked.push(piece));
      for (let at = 0; at < packed.length; at += pieceBytes) unpacking.push(packed.subarray(at, at + pieceBytes));
      expect(unpacking.end()).toBe(contents.reduce((sum, { length }) => sum + length, 0));
      expect(join(...unpacked)).toEqual(join(...contents));
    }),
  );
});

test('a file that is cut off anywhere inside a member is refused', () => {
  const packed = join(gzipSync(new Uint8Array(300).fill(7)), gzipSync(Uint8Array.of(1, 2, 3)));
  const first = gzipSync(new Uint8Array(300).fill(7)).length;
  for (let length = 0; length < packed.length; length += 1) {
    const read = (): Uint8Array => gunzip(packed.subarray(0, length), MOST);
    if (length === first) expect(read()).toHaveLength(300);
    else expect(read).toThrow(GunzipError);
  }
});

test('any bytes are unpacked or refused', () => {
  const packed = gzipSync(Uint8Array.from({ length: 500 }, (_, index) => (index * index) % 251));
  fc.assert(
    fc.property(fc.nat(packed.length - 1), fc.nat(255), (at, value) => {
      const changed = new Uint8Array(packed);
      changed[at] = value;
      try {
        gunzip(changed, MOST);
      } catch (error) {
        expect(error).toBeInstanceOf(GunzipError);
      }
    }),
  );
});

test('the checksum detects damage, the length a bomb, and anything but a member after a member is damage', () => {
  const packed = new Uint8Array(gzipSync(new Uint8Array(1000)));
  const wrong = packed.slice();
  wrong[packed.length - 6] ^= 1;
  expect(() => gunzip(wrong, MOST)).toThrow(/damaged/);
  expect(() => gunzip(packed, 999)).toThrow(/more than 999 bytes/);
  expect(() => gunzip(join(packed, Uint8Array.of(5, 5, 5, 5)), MOST)).toThrow(GunzipError);
});
