/** The votes of the digits over the last measurements. */
import type { Statistics } from '../../../automaton/types.ts';

/** The number of measurements that are kept: about half a minute. */
export const MOST_MEASUREMENTS = 60;

/** The votes of a digit's cells at one measurement, as shares that sum to 1. */
export interface VoteShares {
  /** One share per class. */
  readonly classes: readonly number[];
  readonly undecided: number;
}

export class VoteHistory {
  readonly #measurements: Statistics[] = [];

  /**
   * Adds a measurement. If it is from an earlier step than the last one, for example after a reset, the history starts
   * again.
   */
  add(statistics: Statistics): void {
    const last = this.#measurements[this.#measurements.length - 1] as Statistics | undefined;
    if (last && statistics.step < last.step) this.clear();
    this.#measurements.push(statistics);
    if (this.#measurements.length > MOST_MEASUREMENTS) this.#measurements.shift();
  }

  clear(): void {
    this.#measurements.length = 0;
  }

  /** The last measurement, or undefined. */
  get latest(): Statistics | undefined {
    return this.#measurements[this.#measurements.length - 1];
  }

  /** Returns the votes in a tile, the oldest first; null where the tile was empty. */
  of(column: number, row: number): (VoteShares | null)[] {
    return this.#measurements.map(({ digits }) => {
      const digit = digits.find((one) => one.column === column && one.row === row);
      if (!digit) return null;
      const classes = digit.votes.map((count) => count / digit.inkCells);
      return { classes, undecided: Math.max(0, 1 - classes.reduce((sum, share) => sum + share, 0)) };
    });
  }
}
