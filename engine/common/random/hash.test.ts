import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hash2, hash3, mix32, unitFromHash } from './hash.ts';
import { HASH2_VECTORS, HASH3_VECTORS, MIX32_VECTORS } from './vectors.ts';

const word = fc.integer({ min: 0, max: 0xffff_ffff });

describe('the hashes', () => {
  test('agree with the table that the shaders are tested against', () => {
    for (const [x, expected] of MIX32_VECTORS) expect(mix32(x)).toBe(expected);
    for (const [a, b, expected] of HASH2_VECTORS) expect(hash2(a, b)).toBe(expected);
    for (const [a, b, c, expected] of HASH3_VECTORS) expect(hash3(a, b, c)).toBe(expected);
  });

  test('treat signed words like the unsigned ones with the same bits', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(hash3(a | 0, b | 0, c | 0)).toBe(hash3(a, b, c));
      }),
    );
  });

  test('change half of their bits when one bit of any word changes', () => {
    const bitCount = (value: number) => value.toString(2).replaceAll('0', '').length;
    for (let position = 0; position < 3; position += 1) {
      for (let bit = 0; bit < 32; bit += 1) {
        let changed = 0;
        for (let sample = 0; sample < 400; sample += 1) {
          const words: [number, number, number] = [sample, 7 * sample, sample + 3];
          const before = hash3(...words);
          words[position] = (words[position] ^ (1 << bit)) >>> 0;
          changed += bitCount((before ^ hash3(...words)) >>> 0);
        }
        // Binomial: 400 · 32 bits at one half have a standard error of 0.14 bits a word.
        expect(Math.abs(changed / 400 - 16)).toBeLessThan(1);
      }
    }
  });

  test('are even and independent from cell to cell and from step to step', () => {
    const cells = 256;
    const steps = 64;
    const fires = (cell: number, step: number) => (unitFromHash(hash3(11, step, cell)) < 0.5 ? 1 : 0);
    let [alone, withNextCell, withNextStep] = [0, 0, 0];
    for (let step = 0; step < steps; step += 1) {
      for (let cell = 0; cell < cells; cell += 1) {
        alone += fires(cell, step);
        withNextCell += fires(cell, step) * fires(cell + 1, step);
        withNextStep += fires(cell, step) * fires(cell, step + 1);
      }
    }
    const count = cells * steps;
    // Four standard errors each: √(p (1 − p) / count).
    expect(Math.abs(alone / count - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / count));
    expect(Math.abs(withNextCell / count - 0.25)).toBeLessThan(5 * Math.sqrt(0.1875 / count));
    expect(Math.abs(withNextStep / count - 0.25)).toBeLessThan(5 * Math.sqrt(0.1875 / count));
  });

  test('become numbers in [0, 1) that float32 holds exactly', () => {
    expect(unitFromHash(0)).toBe(0);
    expect(unitFromHash(0xffff_ffff)).toBe(1 - 2 ** -24);
    fc.assert(fc.property(word, (hash) => Math.fround(unitFromHash(hash)) === unitFromHash(hash)));
  });
});
