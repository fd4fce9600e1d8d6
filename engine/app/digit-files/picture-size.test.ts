import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAsPicture, pictureSize } from './picture-size.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

test('the size of a PNG is read from its header', () => {
  expect(pictureSize(Uint8Array.from([...PNG, 0, 0, 4, 0, 0, 0, 3, 0]))).toEqual({ width: 1024, height: 768 });
  expect(pictureSize(Uint8Array.from(PNG))).toBeNull();
});

test('the size of a JPEG is read behind its other segments', () => {
  const exif = [0xff, 0xe1, 0, 6, 1, 2, 3, 4];
  const frame = [0xff, 0xc2, 0, 17, 8, 2, 0, 3, 0, 3];
  expect(pictureSize(Uint8Array.from([0xff, 0xd8, ...exif, ...frame]))).toEqual({ width: 768, height: 512 });
  expect(pictureSize(Uint8Array.from([0xff, 0xd8, ...exif]))).toBeNull();
});

test('whatever the bytes, there is an answer', () => {
  const begins = fc.constantFrom([0xff, 0xd8, 0xff], PNG, []);
  fc.assert(
    fc.property(begins, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
      const bytes = Uint8Array.from([...head, ...rest]);
      const size = pictureSize(bytes);
      if (size) expect(beginsAsPicture(bytes) && size.width >= 0 && size.height >= 0).toBe(true);
    }),
  );
});
