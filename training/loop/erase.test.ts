import { describe, expect, it } from 'vitest';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS, type Sample } from '../../engine/learning/rollout/batch.ts';
import { CELLS, findLiveCells, SIDE } from '../../engine/learning/rollout/live-cells.ts';
import { findPreset } from '../presets/index.ts';
import { eraseSide } from './erase.ts';

const { model } = findPreset('tiny');
const { count, ink } = model.channels;

/** A filled box from 4 to 23 across and from 8 to 19 down whose cells all have their own number in a hidden channel. */
function boxOf(label: number): Sample {
  const pixels = Uint8Array.from({ length: CELLS }, (_, cell) => {
    const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
    return x >= 4 && x < 24 && y >= 8 && y < 20 ? 255 : 0;
  });
  const { live } = findLiveCells(pixels, model.life);
  const state = new Float32Array(live.length * count);
  live.forEach((cell, index) => {
    state[index * count + ink] = 1;
    state[index * count + 1] = cell;
  });
  return { pixels, label, state };
}

/** The share of the box's ink that is left on each side of its middle. */
function leftOver({ pixels }: Sample): Record<'left' | 'right' | 'upper' | 'lower', number> {
  const share = (isInside: (x: number, y: number) => boolean): number =>
    [...pixels.keys()].filter((cell) => pixels[cell] > 0 && isInside(cell % SIDE, Math.floor(cell / SIDE))).length /
    120;
  return {
    left: share((x) => x < 14),
    right: share((x) => x >= 14),
    upper: share((_, y) => y < 14),
    lower: share((_, y) => y >= 14),
  };
}

describe('a digit of the pool that loses a side', () => {
  it('is what its other half is: an 8 becomes a 3 without its left side, a 0 without its upper or lower one', () => {
    const random = new Random(1);
    const seen = new Set<string>();
    for (let time = 0; time < 80; time += 1) {
      const erased = eraseSide(boxOf(8), model, random);
      if (!erased) throw new Error('An 8 has halves.');
      const left = leftOver(erased);
      const sides = (['left', 'right', 'upper', 'lower'] as const).filter((side) => left[side] < 0.2);
      expect(sides).toHaveLength(1);
      seen.add(`${sides[0]} ${erased.label}`);
    }
    expect([...seen].sort()).toEqual(['left 3', 'lower 0', `right ${NO_CLASS}`, 'upper 0']);
  });

  it('keeps the state of the cells that are left', () => {
    const before = boxOf(9);
    const erased = eraseSide(before, model, new Random(2));
    const { live } = findLiveCells(erased?.pixels ?? new Uint8Array(CELLS), model.life);
    expect(erased?.label).toBe(0);
    expect(live.length).toBeGreaterThan(80);
    expect(Array.from(live, (_, index) => erased?.state?.[index * count + 1])).toEqual([...live]);
  });

  it.each([NO_CLASS, 1, 4, 7])('is left as it is if nobody can say what is left: %i', (label) => {
    expect(eraseSide(boxOf(label), model, new Random(3))).toBeNull();
  });

  it('never becomes a class that the model does not have', () => {
    const classes = model.classes.map((entry) => (entry.name === '0' ? { ...entry, name: 'O' } : entry));
    for (let seed = 0; seed < 20; seed += 1) {
      expect(eraseSide(boxOf(9), { ...model, classes }, new Random(seed))).toBeNull();
      expect(eraseSide(boxOf(8), { ...model, classes }, new Random(seed))?.label).not.toBe(0);
    }
  });
});
