import { describe, expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';
import { fuzzTargets } from './targets.ts';

const targets = await fuzzTargets();

describe('every mutated input is quickly accepted or refused with a sentence', () => {
  test.each(targets)('$name', async (target) => {
    const { faults, accepted, refused } = await fuzz(target, 600, 20_261_122);
    expect(faults).toEqual([]);
    expect(accepted + refused).toBe(600);
  });

  test.each(targets)('$name: the good inputs themselves are accepted', async ({ read, seeds }) => {
    for (const seed of seeds) expect(await read(seed)).toBeTruthy();
  });
});

test('a parser that fails otherwise, retains memory or gives an unclear message is found', async () => {
  const seeds = [Uint8Array.from({ length: 40 }, (_, index) => index)];
  const broken = { name: 'broken', seeds, refuses: (error: unknown) => error instanceof RangeError };
  const read = (bytes: Uint8Array) => {
    if (bytes.length % 3 === 0) throw new TypeError('undefined is not a function');
    if (bytes.length % 3 === 1) throw new RangeError('no');
  };
  const { faults } = await fuzz({ ...broken, read }, 200, 1);
  expect(faults.some((fault) => fault.includes('unexpected error'))).toBe(true);
  expect(faults.some((fault) => fault.includes('unclear'))).toBe(true);
});
