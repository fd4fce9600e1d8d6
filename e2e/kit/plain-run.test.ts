import { describe, expect, test } from 'vitest';
import { initialState, referenceStep } from '../../engine/automaton/reference.ts';
import { drawDigit } from '../../engine/common/handwriting/draw-digit.ts';
import { CAX_SPECIFICATION, TINY_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { encodeModelFile } from '../../engine/common/model/file.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Random } from '../../engine/common/random/random.ts';
import { randomModel } from '../harness/random-model.ts';
import { inkOfDigits, type PlainRun, type PlainRunOptions, runPlainly } from './plain-run.ts';
import { precisionOf } from './rounding.ts';

const layout = { columns: 1, rows: 1, tile: 28 };
const ink = inkOfDigits(layout, drawDigit(new Random(4), 5));
const tiny = randomModel(TINY_SPECIFICATION, 1);

function run(options: Partial<PlainRunOptions> = {}): PlainRun {
  return runPlainly({ model: tiny, layout, ink, seed: 7, steps: 3, ...options });
}

test('digits lie in their tiles in reading order, each in the middle', () => {
  const images = new Uint8Array(2 * 784);
  images[0] = 1;
  images[784 + 783] = 2;
  const canvas = inkOfDigits({ columns: 2, rows: 1, tile: 30 }, images);
  expect(canvas).toHaveLength(60 * 30);
  expect([...canvas.entries()].filter(([, value]) => value > 0)).toEqual([
    [60 + 1, 1],
    [60 * 28 + 30 + 28, 2],
  ]);
});

test('ink of another size is refused', () => {
  expect(() => run({ ink: new Uint8Array(783) })).toThrow(
    'The ink is 783 bytes; a canvas of 28 × 28 cells needs a byte each.',
  );
});

test('without chance it is the reference, step by step', () => {
  let expected = initialState(
    tiny,
    28,
    28,
    Array.from(ink, (byte) => byte / 255),
  );
  const states = [expected];
  for (let step = 0; step < 3; step += 1) states.push((expected = referenceStep(tiny, expected)));
  const { now, before, lives } = run({ dropout: 0, noise: 0 });
  expect(now.state.data).toEqual(states[3].data);
  expect(before.state.data).toEqual(states[2].data);
  expect(lives.reduce((sum, value) => sum + value, 0)).toBe(ink.filter((byte) => byte >= 26).length);
});

test('a model may be the bytes of its file', () => {
  expect(run({ model: encodeModelFile(tiny) }).now.state.data).toEqual(run().now.state.data);
});

test('the seed decides which cells fire, and the share of them is what dropout says', () => {
  const changed = (seed: number): string => {
    const { now, ink: given } = run({ seed, steps: 1, dropout: 0.5, noise: 0 });
    return Array.from(given, (_, cell) =>
      Number(now.state.data.subarray(cell * 14 + 1, (cell + 1) * 14).some(Boolean)),
    ).join('');
  };
  expect(changed(1)).toBe(changed(1));
  expect(changed(1)).not.toBe(changed(2));
  const live = ink.filter((byte) => byte >= 26).length;
  const fired = changed(1).replaceAll('0', '').length;
  expect(fired / live).toBeGreaterThan(0.3);
  expect(fired / live).toBeLessThan(0.7);
});

test('with a halo, cells beside ink live as well', () => {
  const halo = run({ model: randomModel(CAX_SPECIFICATION, 1), steps: 0 });
  const own = run({ steps: 0 });
  const count = ({ lives }: PlainRun): number => lives.reduce((sum, value) => sum + value, 0);
  expect(count(halo)).toBeGreaterThan(1.3 * count(own));
});

describe('the error', () => {
  /** The same model with weights that are wrong in their last bits, as products and sums in float32 are. */
  function nudged(model: Model, share: number): Model {
    const random = new Random(9);
    const weights = [...model.weights].map(([name, { shape, data }]) => {
      const wrong = data.map((value) => Math.fround(value * (1 + share * (2 * random.unit() - 1))));
      return [name, { shape, data: wrong }] as const;
    });
    return { ...model, weights: new Map(weights) };
  }

  /** The greatest difference of two runs, as a share of the error of the first. */
  function shareOf(one: PlainRun, other: PlainRun): number {
    const { channels, data } = one.now.state;
    return data.reduce((most, value, index) => {
      const difference = Math.abs(value - other.now.state.data[index]);
      const error = one.now.error[Math.floor(index / channels)];
      return Math.max(most, difference === 0 ? 0 : difference / error);
    }, 0);
  }

  test('covers what the last bit of every product changes, and not a hundred times as much', () => {
    const exact = run({ steps: 8 });
    const share = shareOf(exact, run({ steps: 8, model: nudged(tiny, 2 ** -23) }));
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    expect(shareOf(exact, run({ steps: 8, model: nudged(tiny, 2 ** -12) }))).toBeGreaterThan(1);
  });

  test('is small, and larger where half floats are kept', () => {
    const greatest = (strategy: Parameters<typeof precisionOf>[0], hasFloatTargets?: boolean): number =>
      Math.max(...run({ precision: precisionOf(strategy, hasFloatTargets) }).now.error);
    const single = greatest({ program: 'texture', half: false });
    expect(single).toBeGreaterThan(1e-8);
    expect(single).toBeLessThan(1e-4);
    for (const large of [
      greatest({ program: 'layered-2', half: false }),
      greatest({ program: 'texture', half: true }),
      greatest({ program: 'texture', half: false }, false),
    ]) {
      expect(large).toBeGreaterThan(100 * single);
      expect(large).toBeLessThan(0.1);
    }
  });

  test('is nothing before the first step', () => {
    expect(run({ steps: 0 }).now.error.every((error) => error === 0)).toBe(true);
  });
});
