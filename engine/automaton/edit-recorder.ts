/**
 * Writes down what an edit changes while it is made, enough to take it back:
 * the ink of every cell that it touches, and where the cell's state lay just
 * before. It knows the slot table's words, but no GPU; {@link StateKeeper}
 * stands for that.
 */
import { GrowableUint32 } from './growable.ts';

/** States of slots that were copied away; which of them are still there is the keeper's affair. */
export interface StateKeeper<States> {
  /** Copies the states of these slots, as they are now, to the end of `states`. */
  append(states: States, slots: Uint32Array, count: number): void;
}

/** What one edit changed, as it was before: the ink and the state of every cell it touched, and the tiles' classes. */
export interface Edit<States = unknown> {
  /** Step before which the edit began. */
  readonly step: number;
  readonly cells: Uint32Array;
  /** Ink byte of each of the cells. */
  readonly ink: Uint8Array;
  /** For each of the cells one more than the index of its state in {@link states}; 0 where that was zero or the cell dead. */
  readonly places: Uint32Array;
  readonly states: States;
  /** Class of each tile, −1 where it was not known. */
  readonly labels: Int16Array;
}

export class EditRecorder<States> {
  readonly #cells = new GrowableUint32();
  readonly #ink = new GrowableUint32();
  readonly #places = new GrowableUint32();
  /** Slots whose states are still to be copied away. */
  readonly #sources = new GrowableUint32();
  readonly #isTouched: Uint8Array;
  readonly #step: number;
  readonly #labels: Int16Array;
  readonly #states: States;
  #kept = 0;

  /**
   * @param isTouched a byte for each cell of the canvas, all zero, as {@link finish} leaves it; as large as the canvas,
   * it is made once and not for every stroke
   * @param labels the tiles' classes before the edit; copied
   * @param states where the states of this edit are to be kept
   */
  constructor(isTouched: Uint8Array, step: number, labels: Int16Array, states: States) {
    this.#isTouched = isTouched;
    this.#step = step;
    this.#labels = labels.slice();
    this.#states = states;
  }

  /**
   * A cell's ink, life or state is about to change; only the first time counts.
   * @param source the slot that holds its state on the GPU now, 0 if that is zero or the cell is dead
   */
  touch(cell: number, source: number, ink: number): void {
    if (this.#isTouched[cell]) return;
    this.#isTouched[cell] = 1;
    this.#cells.push(cell);
    this.#ink.push(ink);
    if (source === 0) {
      this.#places.push(0);
      return;
    }
    this.#kept += 1;
    this.#places.push(this.#kept);
    this.#sources.push(source);
  }

  /** Has the states of the cells that were touched since the last time copied away; call before the changes reach the GPU. */
  keepStates(keeper: StateKeeper<States>): void {
    if (this.#sources.length === 0) return;
    keeper.append(this.#states, this.#sources.values, this.#sources.length);
    this.#sources.clear();
  }

  /** What was recorded, or null if nothing was touched. */
  finish(): Edit<States> | null {
    if (this.#cells.length === 0) return null;
    const cells = this.#cells.toArray();
    for (const cell of cells) this.#isTouched[cell] = 0;
    return {
      step: this.#step,
      cells,
      ink: Uint8Array.from(this.#ink.toArray()),
      places: this.#places.toArray(),
      states: this.#states,
      labels: this.#labels,
    };
  }
}
