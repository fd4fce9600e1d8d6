import { describe, expect, it } from 'vitest';
import { Random } from '../../engine/common/random/random.ts';
import type { Sample } from '../../engine/learning/rollout/batch.ts';
import { CELLS } from '../../engine/learning/rollout/live-cells.ts';
import { findPreset } from '../presets/index.ts';
import { overrideFields, parseRecipe } from '../presets/recipe.ts';
import { withStrokes } from '../presets/strokes.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import type { DigitKind } from './pool-sections.ts';
import { drawBatch } from './train-step.ts';

/** A pool of eight digits of one cell each that says its digit or another one; all are drawn. */
const SIZE = 8;
const PHASE = { fresh: 2, mutated: 1 };
const { channels } = findPreset('tiny').model;

function makePool(): Sample[] {
  return Array.from({ length: SIZE }, (_, index): Sample => {
    const state = new Float32Array(channels.count);
    state[channels.ink] = 1;
    // Every other one is wrong.
    state[channels.firstLogit + (index % 2 === 0 ? 4 : 3)] = 1;
    return { pixels: inked(), label: 3, state };
  });
}

function inked(): Uint8Array {
  return new Uint8Array(CELLS).fill(255, 100, 101);
}

const drawNine = (): Digit => ({ pixels: inked(), label: 9 });

/** The batches of a recipe half of whose digits are drawn from strokes; those are labelled 5, images 9. */
function drawsOfBoth(times: number): ReturnType<typeof drawBatch>[] {
  const base = withStrokes(findPreset('tiny'));
  const fields = { batch: 4, 'pool.size': SIZE, 'pool.keepHardest': 0.9, fresh: 2, mutated: 2, tail: null };
  const recipe = parseRecipe(overrideFields(base, new Map<string, unknown>(Object.entries(fields))));
  const random = new Random(1);
  const draw = (_: Random, kind: DigitKind): Digit => ({ pixels: inked(), label: kind === 'strokes' ? 5 : 9 });
  const phase = { fresh: 2, mutated: 0 };
  return Array.from({ length: times }, () => drawBatch(recipe, phase, { pool: makePool(), random }, draw));
}

function draws(keepHardest: number, times: number): ReturnType<typeof drawBatch>[] {
  const fields = new Map<string, unknown>(
    Object.entries({ batch: SIZE, 'pool.size': SIZE, 'pool.keepHardest': keepHardest, ...PHASE }),
  );
  fields.set('tail', null);
  const recipe = parseRecipe(overrideFields(findPreset('tiny'), fields));
  const random = new Random(1);
  return Array.from({ length: times }, () => drawBatch(recipe, PHASE, { pool: makePool(), random }, drawNine));
}

describe('the digits of a step', () => {
  it('are fresh ones, then those that go on, then mutated ones with the state of the one before', () => {
    const [{ indices, samples }] = draws(0, 1);
    const pool = makePool();
    expect(samples.map(({ label }) => label)).toEqual([9, 9, 3, 3, 3, 3, 3, 9]);
    expect(samples.slice(0, PHASE.fresh).map(({ state }) => state)).toEqual([null, null]);
    expect(samples.slice(PHASE.fresh, -PHASE.mutated)).toEqual(indices.slice(2, -1).map((index) => pool[index]));
    expect(samples.at(-1)?.state).toEqual(pool[indices[SIZE - 1]].state);
  });

  it('are of both kinds in equal shares, each in its own section of the pool, whatever the pool prefers to keep', () => {
    for (const { indices, samples } of drawsOfBoth(20)) {
      expect(samples.map(({ label }) => label)).toEqual([9, 3, 5, 3]);
      expect(indices.map((index) => index < SIZE / 2)).toEqual([true, true, false, false]);
    }
  });

  it.each([
    ['take over the states of another digit', { 'strokes.takeOver': 1, 'strokes.erased': 0 }, 5],
    [
      'are another one, with the state of cells that have ink in both',
      { 'strokes.takeOver': 0, 'strokes.erased': 0 },
      5,
    ],
    ['lose a side', { 'strokes.takeOver': 0, 'strokes.erased': 1 }, 0],
  ])('%s, if they are mutated ones from strokes and the rule says so', (_, shares, label) => {
    const fields = { batch: 4, 'pool.size': SIZE, fresh: 0, mutated: 4, tail: null, 'strokes.share': 1, ...shares };
    const recipe = parseRecipe(
      overrideFields(withStrokes(findPreset('tiny')), new Map<string, unknown>(Object.entries(fields))),
    );
    // The new digit has no ink where the old ones have theirs.
    const pixels = new Uint8Array(CELLS).fill(255, 300, 301);
    // Nines without their lower half are zeros.
    const pool = makePool().map((sample) => ({ ...sample, label: 9 }));
    const phase = { fresh: 0, mutated: 4 };
    const { samples } = drawBatch(recipe, phase, { pool, random: new Random(1) }, () => ({ pixels, label: 5 }));
    expect(samples.map((sample) => sample.label)).toEqual([label, label, label, label]);
    const isKept = samples.map(({ state }) => state?.some((value) => value === 1));
    if (label === 5) expect(isKept).toEqual(new Array(4).fill(shares['strokes.takeOver'] === 1));
  });

  it('go on if they are wrong, more often than not, where the recipe keeps the hardest', () => {
    /** Of all wrong digits drawn, the share that goes on. */
    const keptShare = (keepHardest: number): number => {
      const times = 200;
      const kept = draws(keepHardest, times).flatMap(({ indices }) =>
        indices.slice(PHASE.fresh, -PHASE.mutated).filter((index) => index % 2 === 0),
      );
      return kept.length / (times * (SIZE / 2));
    };
    // Five of eight go on.
    expect(keptShare(0)).toBeCloseTo(5 / 8, 1);
    expect(keptShare(0.8)).toBeGreaterThan(0.85);
  });
});
