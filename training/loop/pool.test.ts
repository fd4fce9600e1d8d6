import { describe, expect, it } from 'vitest';
import { CAX_SPECIFICATION, DISTILL_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { CELLS, findLiveCells } from '../../engine/learning/rollout/live-cells.ts';
import { findPreset } from '../presets/index.ts';
import { parseRecipe } from '../presets/recipe.ts';
import { withStrokes } from '../presets/strokes.ts';
import { drawIndices, mutate, sortByError, takeOver } from '../../engine/learning/loop/pool.ts';
import { poolSections } from './pool-sections.ts';

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

describe('an image of another side', () => {
  it('lies on the one before with its middle', () => {
    const { count } = DISTILL_SPECIFICATION.channels;
    const old = { pixels: inked(14 * 28 + 13), label: 1, state: new Float32Array(count).fill(5) };
    const pixels = new Uint8Array(40 * 40);
    // The middle of 28 cells is 6 cells further in one of 40; the second has nothing under it.
    pixels[20 * 40 + 19] = 200;
    pixels[20 * 40 + 20] = 200;
    const { state } = mutate(old, { pixels, label: 2 }, DISTILL_SPECIFICATION);
    expect([...(state ?? [])]).toEqual([...new Array<number>(count).fill(5), ...new Array<number>(count).fill(0)]);
  });
});

describe('a digit that is taken over', () => {
  it('has in every cell the state of the nearest cell before', () => {
    const { count } = DISTILL_SPECIFICATION.channels;
    const state = Float32Array.from({ length: 2 * count }, (_, index) => (index < count ? 1 : 2));
    const old = { pixels: inked(100, 120), label: 8, state };
    const next = takeOver(old, { pixels: inked(101, 102, 118), label: 3 }, DISTILL_SPECIFICATION);
    expect(next.label).toBe(3);
    expect([0, 1, 2].map((cell) => next.state?.[cell * count])).toEqual([1, 1, 2]);
    expect(takeOver({ ...old, state: null }, { pixels: inked(3), label: 3 }, DISTILL_SPECIFICATION).state).toBeNull();
  });
});

describe('the sections of a pool', () => {
  it('are one without strokes, and two that share batch and pool with them', () => {
    const accurate = parseRecipe(findPreset('accurate'));
    expect(poolSections(accurate)).toEqual([{ kind: 'image', start: 0, size: 160, batch: 16 }]);
    const recipe = withStrokes(accurate);
    const strokes = recipe.strokes && { ...recipe.strokes, share: 0.25 };
    expect(poolSections({ ...recipe, strokes })).toEqual([
      { kind: 'image', start: 0, size: 120, batch: 12 },
      { kind: 'strokes', start: 120, size: 40, batch: 4 },
    ]);
  });
});

describe('the digits of a pool', () => {
  it('are sorted from those that are right to those that are sure of something else', () => {
    const { channels } = DISTILL_SPECIFICATION;
    const digit = (label: number, ...logits: Record<number, number>[]) => {
      const state = new Float32Array(logits.length * channels.count);
      logits.forEach((cell, index) => {
        state[index * channels.count + channels.ink] = 0.8;
        for (const [logit, value] of Object.entries(cell)) {
          state[index * channels.count + channels.firstLogit + Number(logit)] = value;
        }
      });
      return { pixels: new Uint8Array(CELLS), label, state };
    };
    const pool = [
      digit(3, { 5: 1 }, { 5: 1 }),
      { pixels: new Uint8Array(CELLS), label: 1, state: null },
      digit(3, { 3: 1 }, { 5: 1 }, { 3: 1 }, { 3: 1 }),
      digit(3, { 3: 0.9 }),
      // Many cells are no fault.
      digit(7, ...Array.from({ length: 60 }, () => ({ 7: 0.95 }))),
    ];
    const indices = [0, 1, 2, 3, 4];
    sortByError(indices, pool, DISTILL_SPECIFICATION, 0);
    expect(indices).toEqual([4, 3, 2, 1, 0]);
    // Where the ink is no class, it is right to say nothing, and wrong to be sure.
    const silent = digit(NO_CLASS, Object.fromEntries(Array.from({ length: 10 }, (_, logit) => [logit, -0.2])));
    const sure = digit(NO_CLASS, { 3: 1 });
    const others = [0, 1];
    sortByError(others, [sure, silent], DISTILL_SPECIFICATION, -0.2);
    expect(others).toEqual([1, 0]);
  });
});
