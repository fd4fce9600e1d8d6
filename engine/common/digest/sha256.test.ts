import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

test('the digest agrees with the standard, whatever the length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
  for (const length of [0, 55, 56, 63, 64, 65, 119, 120, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 131) & 255);
    expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

test('only the view into a larger buffer is digested', () => {
  const all = Uint8Array.from({ length: 100 }, (_, index) => index);
  expect(sha256(all.subarray(3, 80))).toBe(sha256(all.slice(3, 80)));
});
