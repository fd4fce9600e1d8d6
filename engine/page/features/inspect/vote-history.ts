/** How the votes of the digits went over the last measurements. */
import type { Statistics } from '../../../automaton/types.ts';

/** Measurements that are kept: about half a minute. */
export const MOST_MEASUREMENTS = 60;

/** A digit's cells at one measurement, as shares that sum to 1. */
export interface VoteShares {
  /** One a class. */
  readonly classes: readonly number[];
  readonly undecided: number;
}

export class VoteHistory {
  readonly #measurements: Statistics[] = [];

  /** Takes a measurement; one that belongs to a time before the last, as after a reset, starts anew. */
  add(statistics: Statistics): void {
    const last = this.#measurements[this.#measurements.length - 1] as Statistics | undefined;
    if (last && statistics.step < last.step) this.clear();
    this.#measurements.push(statistics);
    if (this.#measurements.length > MOST_MEASUREMENTS) this.#measurements.shift();
  }

  clear(): void {
    this.#measurements.length = 0;
  }

  /** What was measured last, or undefined. */
  get latest(): Statistics | undefined {
    return this.#measurements[this.#measurements.length - 1];
  }

  /** The votes in a tile, the oldest first; null where it was empty. */
  of(column: number, row: number): (VoteShares | null)[] {
    return this.#measurements.map(({ digits }) => {
      const digit = digits.find((one) => one.column === column && one.row === row);
      if (!digit) return null;
      const classes = digit.votes.map((count) => count / digit.inkCells);
      return { classes, undecided: Math.max(0, 1 - classes.reduce((sum, share) => sum + share, 0)) };
    });
  }
}
