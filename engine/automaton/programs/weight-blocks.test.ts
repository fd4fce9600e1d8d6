import { expect, it } from 'vitest';
import { randomModel } from '../../../e2e/harness/random-model.ts';
import { ACCURATE_SPECIFICATION } from '../../common/model/architectures.ts';
import { CapabilityError } from '../../gpu/device-error.ts';
import { blockNetwork } from './block-network.ts';
import { WeightBlocks } from './weight-blocks.ts';

const row = (vectors: number, value: number): Float32Array => new Float32Array(vectors * 4).fill(value);

it('puts rows of two lengths into one block while there is room', () => {
  const weights = new WeightBlocks(10 * 16);
  expect(weights.place([row(2, 1), row(2, 2)])).toEqual([{ block: 0, first: 0, rows: 2 }]);
  expect(weights.place([row(3, 3), row(3, 4)])).toEqual([{ block: 0, first: 4, rows: 2 }]);
  expect(weights.blocks).toHaveLength(1);
  expect(weights.blocks[0][4 * 4]).toBe(3);
  expect(weights.blocks[0][7 * 4]).toBe(4);
});

it('spreads rows evenly where one block is too small, and no row over two', () => {
  const weights = new WeightBlocks(10 * 16);
  const rows = Array.from({ length: 7 }, (_, index) => row(3, index));
  const segments = weights.place(rows);
  expect(segments.map(({ block, rows: count }) => [block, count])).toEqual([
    [0, 2],
    [1, 2],
    [2, 3],
  ]);
  expect([...weights.blocks].flatMap((block) => [...block.filter((_, index) => index % 12 === 0)])).toEqual([
    0, 1, 2, 3, 4, 5, 6,
  ]);
  expect(weights.declarations).toContain('highp vec4 weights2[9];');
});

it('refuses a row that no block holds', () => {
  expect(() => new WeightBlocks(16).place([row(2, 0)])).toThrow(CapabilityError);
});

it('needs no block larger than WebGL2 promises for the largest shipped architecture', () => {
  const { blocks } = blockNetwork(randomModel(ACCURATE_SPECIFICATION, 1), 16_384);
  expect(blocks.length).toBeLessThanOrEqual(12);
  for (const block of blocks) expect(block.byteLength).toBeLessThanOrEqual(16_384);
});
