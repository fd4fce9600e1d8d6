/** Remembers how long the cells of each tile have been undecided about the same ink. */
import type { CanvasLayout, Statistics } from '../../../automaton/types.ts';

interface Undecided {
  readonly inkCells: number;
  /** The step at which they were first seen undecided about this ink. */
  readonly step: number;
}

export class UndecidedTiles {
  #tiles = new Map<number, Undecided>();

  /** Takes note of new figures. Ink that has changed is new, and so is a state from before the last figures. */
  note({ step, digits }: Pick<Statistics, 'step' | 'digits'>, { columns }: Pick<CanvasLayout, 'columns'>): void {
    const before = this.#tiles;
    this.#tiles = new Map();
    for (const { column, row, inkCells, vote } of digits) {
      if (vote !== null) continue;
      const tile = row * columns + column;
      const known = before.get(tile);
      const isKnown = known !== undefined && known.inkCells === inkCells && known.step <= step;
      this.#tiles.set(tile, isKnown ? known : { inkCells, step });
    }
  }

  /**
   * Returns the step at which the latest of some tiles became undecided about its present ink, or null if none of them
   * is undecided.
   *
   * @param tiles their numbers, in reading order
   */
  since(tiles: ReadonlySet<number>): number | null {
    let latest: number | null = null;
    for (const tile of tiles) {
      const known = this.#tiles.get(tile);
      if (known) latest = Math.max(latest ?? 0, known.step);
    }
    return latest;
  }

  /** Call this when other cells decide, or other tiles are meant. */
  forget(): void {
    this.#tiles.clear();
  }
}
