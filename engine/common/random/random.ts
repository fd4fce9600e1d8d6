import { hash2, seedOfRound, unitFromHash } from './hash.ts';

/** Seeds are whole numbers of 32 bits. */
export const LARGEST_SEED = 0xffff_ffff;

/** The whole state of a {@link Random}. */
export interface RandomState {
  /** 32 bits. */
  seed: number;
  /** The number of words drawn so far. It never wraps around. */
  counter: number;
}

/**
 * Random numbers as a hash of a seed and a counter. The state consists of two numbers, so it can be saved, restored and
 * split without any hidden history.
 */
export class Random {
  #seed: number;
  #counter: number;

  constructor(seed: number, counter = 0) {
    this.#seed = seed >>> 0;
    this.#counter = counter;
  }

  get state(): RandomState {
    return { seed: this.#seed, counter: this.#counter };
  }

  set state({ seed, counter }: RandomState) {
    this.#seed = seed >>> 0;
    this.#counter = counter;
  }

  /** Returns an independent stream. `stream` distinguishes it from its siblings. */
  split(stream: number): Random {
    return new Random(hash2(this.#seed ^ 0x9e3779b9, stream));
  }

  /** 32 random bits. */
  word(): number {
    const word = hash2(seedOfRound(this.#seed, this.#counter), this.#counter);
    this.#counter += 1;
    return word;
  }

  /** Uniform in [0, 1), a multiple of 2⁻²⁴. */
  unit(): number {
    return unitFromHash(this.word());
  }

  /** Uniform in [low, high). */
  range(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** A whole number in [0, count). `count` is at most 2³². */
  below(count: number): number {
    return Math.floor((this.word() / 2 ** 32) * count);
  }

  /** An index into `weights`, each as often as its weight. None is negative, and one is positive. */
  weighted(weights: readonly number[]): number {
    const place = (this.word() / 2 ** 32) * weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    return weights.findIndex((weight) => place < (sum += weight));
  }

  /** Normal with mean 0 and the given standard deviation (Box and Muller 1958). */
  normal(deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return deviation * radius * Math.cos(2 * Math.PI * this.unit());
  }

  /** Shuffles `items` in place (Fisher and Yates). */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      const held = items[last];
      items[last] = items[other];
      items[other] = held;
    }
    return items;
  }
}
