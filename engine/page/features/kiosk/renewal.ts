/** Sees to it that no digit stands still long enough to burn in: says which tiles have had theirs for too long. */
import type { Random } from '../../../common/random/random.ts';

/** A tile's turn comes after this share of the longest time at the earliest, so that turns do not come all at once. */
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
    // At the start, how old the digits are is not known: their turns are spread over the whole time.
    for (let tile = 0; tile < tiles; tile += 1) this.#dueSeconds[tile] = random.range(0, longestSeconds);
    this.#latestSeconds.set(this.#dueSeconds);
  }

  /** A tile has changed. */
  touch(tile: number, nowSeconds: number): void {
    const share = this.#random.range(EARLIEST_SHARE, 1);
    this.#dueSeconds[tile] = nowSeconds + this.#longestSeconds * share;
    this.#latestSeconds[tile] = nowSeconds + this.#longestSeconds;
  }

  /** A tile is needed as it is, for as long as it may stay at all. */
  keep(tile: number): void {
    this.#dueSeconds[tile] = this.#latestSeconds[tile];
  }

  /** Tiles whose turn has come, `most` of them at most. */
  due(nowSeconds: number, most: number): number[] {
    const tiles: number[] = [];
    for (let tile = 0; tile < this.#dueSeconds.length && tiles.length < most; tile += 1) {
      if (this.#dueSeconds[tile] <= nowSeconds) tiles.push(tile);
    }
    return tiles;
  }
}
