import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';

/** Pearson's statistic of counts that should all be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Far in the tail of χ²: its mean plus six standard deviations. */
function chiSquareLimit(classes: number): number {
  const freedom = classes - 1;
  return freedom + 6 * Math.sqrt(2 * freedom);
}

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('random numbers', () => {
  test('are the same for the same seed, and different for another', () => {
    const words = (seed: number) => {
      const random = new Random(seed);
      return draw(8, () => random.word());
    };
    expect(words(7)).toEqual(words(7));
    expect(words(7)).not.toEqual(words(8));
  });

  test('continue from a saved state', () => {
    const random = new Random(3);
    draw(10, () => random.word());
    const { state } = random;
    const expected = draw(5, () => random.unit());
    const resumed = new Random(0);
    resumed.state = structuredClone(state);
    expect(draw(5, () => resumed.unit())).toEqual(expected);
  });

  test('do not repeat when the counter has used up 32 bits', () => {
    const late = new Random(3, 2 ** 32 - 3);
    const words = draw(8, () => late.word());
    expect(late.state.counter).toBe(2 ** 32 + 5);
    const first = new Random(3);
    const [early, again] = [draw(5, () => first.word()), words.slice(3)];
    expect(early.filter((word, index) => word === again[index])).toEqual([]);
    // The second round is not the shifted stream of a nearby seed either.
    expect(new Set([...words, ...early]).size).toBe(13);
  });

  test('are uniform in [0, 1), in their high bits and in their low bits', () => {
    const random = new Random(1);
    const high = new Array<number>(256).fill(0);
    const low = new Array<number>(256).fill(0);
    for (const value of draw(100_000, () => random.unit())) {
      high[Math.floor(value * 256)] += 1;
      low[(value * 2 ** 24) % 256] += 1;
    }
    expect([high.length, low.length]).toEqual([256, 256]);
    expect(chiSquare(high)).toBeLessThan(chiSquareLimit(256));
    expect(chiSquare(low)).toBeLessThan(chiSquareLimit(256));
  });

  test('do not depend on the one before', () => {
    const random = new Random(2);
    const pairs = new Array<number>(256).fill(0);
    let before = random.below(16);
    for (let index = 0; index < 100_000; index += 1) {
      const next = random.below(16);
      pairs[before * 16 + next] += 1;
      before = next;
    }
    expect(chiSquare(pairs)).toBeLessThan(chiSquareLimit(256));
  });

  test('are normal when asked to be', () => {
    const random = new Random(4);
    const values = draw(100_000, () => random.normal(2));
    const average = mean(values);
    const variance = mean(values.map((value) => (value - average) ** 2));
    const kurtosis = mean(values.map((value) => (value - average) ** 4)) / variance ** 2;
    expect(Math.abs(average)).toBeLessThan(0.03);
    expect(Math.abs(variance - 4)).toBeLessThan(0.1);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.1);
    const beyondTwoDeviations = values.filter((value) => Math.abs(value) > 4).length / values.length;
    expect(Math.abs(beyondTwoDeviations - 0.0455)).toBeLessThan(0.003);
  });

  test('reach every whole number below a bound equally often', () => {
    const random = new Random(5);
    const counts = new Array<number>(7).fill(0);
    for (const value of draw(70_000, () => random.below(7))) counts[value] += 1;
    expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(7));
    expect(draw(20, () => random.below(1))).toEqual(new Array<number>(20).fill(0));
    expect(draw(1000, () => random.below(2 ** 32)).some((value) => value > 2 ** 31)).toBe(true);
  });

  test('stay within a range', () => {
    const random = new Random(6);
    const values = draw(10_000, () => random.range(-3, 5));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...values)).toBeLessThan(5);
    expect(Math.abs(mean(values) - 1)).toBeLessThan(0.1);
  });

  test('shuffle into every order equally often', () => {
    const random = new Random(8);
    const counts = new Map<string, number>();
    for (let round = 0; round < 24_000; round += 1) {
      const order = random.shuffle([1, 2, 3, 4]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareLimit(24));
  });

  test('shuffle typed arrays in place', () => {
    const items = Uint8Array.from({ length: 100 }, (_, index) => index);
    const shuffled = new Random(9).shuffle(items);
    expect(shuffled).toBe(items);
    expect([...shuffled]).not.toEqual([...shuffled].sort((a, b) => a - b));
    expect(new Set(shuffled).size).toBe(100);
  });

  test('split into streams that do not resemble each other', () => {
    const parent = new Random(10);
    const streams = draw(64, () => 0).map((_, index) => parent.split(index));
    const bits = streams.map((stream) => draw(200, () => stream.unit() - 0.5));
    for (let index = 1; index < bits.length; index += 1) {
      const correlation = 12 * mean(bits[index].map((value, at) => value * bits[index - 1][at]));
      expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(200));
    }
  });

  test('are not used up by a split', () => {
    const [split, alone] = [new Random(11), new Random(11)];
    split.split(3).word();
    expect(split.word()).toBe(alone.word());
  });

  test('choose an index as often as its weight', () => {
    const random = new Random(6);
    const counts = [0, 0, 0, 0];
    for (let round = 0; round < 4_000; round += 1) counts[random.weighted([1, 0, 0.5, 2.5])] += 1;
    expect(counts[1]).toBe(0);
    expect(Math.abs(counts[0] - 1000)).toBeLessThan(150);
    expect(Math.abs(counts[2] - 500)).toBeLessThan(120);
    const [even, below] = [new Random(6), new Random(6)];
    expect(draw(50, () => even.weighted([3, 3]))).toEqual(draw(50, () => (below.below(6) < 3 ? 0 : 1)));
  });
});
