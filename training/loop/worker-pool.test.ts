import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareStarts } from './worker-pool.ts';

describe('the shares of a batch', () => {
  it.each([
    ['equal images', [1, 1, 1, 1], 2, [0, 2, 4]],
    ['equal images that are no multiple', [1, 1, 1, 1, 1], 2, [0, 3, 5]],
    ['a large image first', [9, 1, 1, 1], 2, [0, 1, 4]],
    ['a large image last', [1, 1, 1, 9], 2, [0, 3, 4]],
    ['a large image in the middle', [1, 9, 1], 2, [0, 2, 3]],
    ['one image each', [5, 0, 0], 3, [0, 1, 2, 3]],
    ['images without ink', [0, 0, 0, 0], 2, [0, 3, 4]],
    ['one part', [3, 2, 1], 1, [0, 3]],
  ])('%s', (_, costs, parts, starts) => {
    expect(shareStarts(costs, parts)).toEqual(starts);
  });

  it('are never empty, and no share costs more than an even one and the largest image', () => {
    const batches = fc
      .array(fc.nat(1000), { minLength: 1, maxLength: 40 })
      .chain((costs) => fc.tuple(fc.constant(costs), fc.integer({ min: 1, max: costs.length })));
    fc.assert(
      fc.property(batches, ([costs, parts]) => {
        const starts = shareStarts(costs, parts);
        expect(starts).toHaveLength(parts + 1);
        expect([starts[0], starts[parts]]).toEqual([0, costs.length]);
        const total = costs.reduce((sum, cost) => sum + cost, 0);
        starts.slice(1).forEach((end, part) => {
          expect(end).toBeGreaterThan(starts[part]);
          const share = costs.slice(starts[part], end).reduce((sum, cost) => sum + cost, 0);
          expect(share).toBeLessThanOrEqual(total / parts + Math.max(...costs));
        });
      }),
    );
  });
});
