/** Prevents burn-in: reports which tiles have kept their digit for too long. */
import type { Random } from '../../../common/random/random.ts';

/** A tile's turn comes after at least this share of the longest time, so that turns are spread out. */
const EARLIEST_SHARE = 0.6;

export class Renewal {
  readonly #dueSeconds: Float64Array;
  readonly #latestSeconds: Float64Array;
  readonly #longestSeconds: number;
  readonly #random: Random;

  constructor(tiles: number, longestSeconds: number, random: Random) {
    this.#dueSeconds = new Float64Array(tiles);
    this.#latestSeconds = new Float64Array(tiles);
    this.#longestSeconds = longestSeconds;
    this.#random = random;
    // At the start, the age of the digits is unknown, so their turns are spread over the whole time.
    for (let tile = 0; tile < tiles; tile += 1) this.#dueSeconds[tile] = random.range(0, longestSeconds);
    this.#latestSeconds.set(this.#dueSeconds);
  }

  /** Call when a tile has changed. */
  touch(tile: number, nowSeconds: number): void {
    const share = this.#random.range(EARLIEST_SHARE, 1);
    this.#dueSeconds[tile] = nowSeconds + this.#longestSeconds * share;
    this.#latestSeconds[tile] = nowSeconds + this.#longestSeconds;
  }

  /** Keeps a tile as it is, for as long as it may stay at all. */
  keep(tile: number): void {
    this.#dueSeconds[tile] = this.#latestSeconds[tile];
  }

  /** Returns tiles whose turn has come, but no more than `most`. */
  due(nowSeconds: number, most: number): number[] {
    const tiles: number[] = [];
    for (let tile = 0; tile < this.#dueSeconds.length && tiles.length < most; tile += 1) {
      if (this.#dueSeconds[tile] <= nowSeconds) tiles.push(tile);
    }
    return tiles;
  }
}
