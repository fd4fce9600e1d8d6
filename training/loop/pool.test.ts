import { describe, expect, it } from 'vitest';
import { CAX_SPECIFICATION, DISTILL_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { Random } from '../../engine/common/random/random.ts';
import { CELLS, findLiveCells } from '../automaton/live-cells.ts';
import { drawIndices, mutate } from './pool.ts';

const inked = (...cells: number[]): Uint8Array => {
  const pixels = new Uint8Array(CELLS);
  for (const cell of cells) pixels[cell] = 200;
  return pixels;
};

describe('a batch drawn from the pool', () => {
  it('holds no index twice without replacement, and every index sooner or later', () => {
    const random = new Random(1);
    const seen = new Set<number>();
    for (let draw = 0; draw < 200; draw += 1) {
      const indices = drawIndices(random, 20, 16, false);
      expect(new Set(indices).size).toBe(16);
      indices.forEach((index) => seen.add(index));
    }
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('may hold an index twice with replacement', () => {
    const random = new Random(1);
    const draws = Array.from({ length: 50 }, () => drawIndices(random, 20, 16, true));
    expect(draws.some((indices) => new Set(indices).size < 16)).toBe(true);
  });
});

describe('a mutation', () => {
  it('keeps the state of cells that have ink in the new image, and starts the others at zero', () => {
    const { count } = DISTILL_SPECIFICATION.channels;
    const old = { pixels: inked(100, 101), label: 1, state: Float32Array.from({ length: 2 * count }, (_, i) => i + 1) };
    const next = mutate(old, { pixels: inked(101, 102), label: 7 }, DISTILL_SPECIFICATION);
    expect(next.label).toBe(7);
    expect([...(next.state ?? [])]).toEqual([...old.state.slice(count), ...new Float32Array(count)]);
  });

  it('clears the halo, which has no ink of its own', () => {
    const { count } = CAX_SPECIFICATION.channels;
    const pixels = inked(100);
    const { live } = findLiveCells(pixels, CAX_SPECIFICATION.life);
    const old = { pixels, label: 1, state: new Float32Array(live.length * count).fill(1) };
    const { state } = mutate(old, { pixels, label: 2 }, CAX_SPECIFICATION);
    live.forEach((cell, index) => expect(state?.[index * count]).toBe(cell === 100 ? 1 : 0));
  });
});
