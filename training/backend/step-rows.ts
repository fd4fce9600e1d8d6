/**
 * Which rows of a state a step reads and writes. The rows are those of a batch:
 * the live cells, then the empty row, which is zero and stands for everything
 * outside, then cells that only are perceived.
 */
import type { Batch } from '../../engine/learning/rollout/batch.ts';
import { TAPS } from '../../engine/learning/rollout/live-cells.ts';

export class StepRows {
  /**
   * Rows of the cells that fire, ascending. The last one is the empty row: what
   * it would become is thrown away, and on the way back it is the row of zeros
   * that cells without a firing neighbour read.
   */
  readonly fired: Int32Array;
  /** Rows of live cells, which come before all others; also the number of the empty row. */
  readonly liveCount: number;
  readonly rowCount: number;
  readonly #table: Int32Array;
  #neighbours: Int32Array | null = null;

  /** `table` [live + 1, 9] has the rows of every cell's neighbours. */
  constructor(fired: Int32Array, table: Int32Array, liveCount: number, rowCount: number) {
    this.fired = fired;
    this.liveCount = liveCount;
    this.rowCount = rowCount;
    this.#table = table;
  }

  /** The rows of the neighbours of the cells that fire, [fired, 9]. */
  get neighbours(): Int32Array {
    this.#neighbours ??= this.#findNeighbours();
    return this.#neighbours;
  }

  #findNeighbours(): Int32Array {
    const { fired } = this;
    const neighbours = new Int32Array(fired.length * TAPS);
    for (let index = 0, to = 0; index < fired.length; index += 1) {
      for (let from = fired[index] * TAPS, end = from + TAPS; from < end; from += 1, to += 1) {
        neighbours[to] = this.#table[from];
      }
    }
    return neighbours;
  }

  /** For every row its place among those that fire, or `fired.length` if it does not. */
  places(): Int32Array {
    const { fired, liveCount } = this;
    const places = new Int32Array(this.rowCount).fill(fired.length);
    for (let index = 0; index < fired.length; index += 1) if (fired[index] < liveCount) places[fired[index]] = index;
    return places;
  }

  /**
   * The transpose of {@link neighbours}, [live + 1, 9]: as its neighbour k, a
   * cell is seen by the one that is its own neighbour 8 − k, so part k of that
   * one's place is for it. Where that one does not fire, it is a part of the
   * empty row's.
   */
  receivers(): Int32Array {
    const places = this.places();
    const none = this.fired.length - 1;
    const receivers = new Int32Array((this.liveCount + 1) * TAPS);
    for (let at = 0, start = 0; start < receivers.length; start += TAPS) {
      for (let tap = 0; tap < TAPS; tap += 1, at += 1) {
        const place = Math.min(none, places[this.#table[start + TAPS - 1 - tap]]);
        receivers[at] = place * TAPS + tap;
      }
    }
    return receivers;
  }
}

/** The rows of a step of a batch: those fire that `Batch.fire` names. */
export function rowsOfStep(batch: Batch, seed: number, step: number, dropout: number, firstSlot: number): StepRows {
  const { liveCount, neighbours, rowCount } = batch;
  const fired = new Int32Array(liveCount + 1);
  const count = batch.fire(seed, step, dropout, firstSlot, fired);
  fired[count] = liveCount;
  return new StepRows(fired.subarray(0, count + 1), neighbours, liveCount, rowCount);
}
