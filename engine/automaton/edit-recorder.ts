/**
 * Records what an edit changes while it is made, in enough detail to undo it: the ink of every cell that it touches,
 * and the slot that held the cell's state just before. It knows the slot table's words, but not the GPU, which is
 * hidden behind {@link StateKeeper}.
 */
import { GrowableUint32 } from './growable.ts';

/** Keeps copies of the states of slots. The keeper decides which of them are still available. */
export interface StateKeeper<States> {
  /** Appends copies of the present states of these slots to `states`. */
  append(states: States, slots: Uint32Array, count: number): void;
}

/**
 * What one edit changed, as it was before: the ink and the state of every cell it touched, and the classes of the
 * tiles.
 */
export interface Edit<States = unknown> {
  /** The step before which the edit began. */
  readonly step: number;
  readonly cells: Uint32Array;
  /** The ink byte of each of the cells. */
  readonly ink: Uint8Array;
  /**
   * For each of the cells, the index of its state in {@link states} plus one; 0 if the state was zero or the cell was
   * dead.
   */
  readonly places: Uint32Array;
  readonly states: States;
  /** The class of each tile, −1 where it was unknown. */
  readonly labels: Int16Array;
}

export class EditRecorder<States> {
  readonly #cells = new GrowableUint32();
  readonly #ink = new GrowableUint32();
  readonly #places = new GrowableUint32();
  /** Slots whose states have yet to be copied. */
  readonly #sources = new GrowableUint32();
  readonly #isTouched: Uint8Array;
  readonly #step: number;
  readonly #labels: Int16Array;
  readonly #states: States;
  #kept = 0;

  /**
   * @param isTouched one byte for each cell of the canvas, all zero; {@link finish} resets it. It is as large as the
   * canvas, so the caller creates it once and not for every stroke.
   * @param labels the tiles' classes before the edit; copied
   * @param states where to keep the states of this edit
   */
  constructor(isTouched: Uint8Array, step: number, labels: Int16Array, states: States) {
    this.#isTouched = isTouched;
    this.#step = step;
    this.#labels = labels.slice();
    this.#states = states;
  }

  /**
   * Records that a cell's ink, life or state is about to change. Only the first call for a cell has an effect.
   *
   * @param source the slot that now holds its state on the GPU, or 0 if the state is zero or the cell is dead
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

  /**
   * Copies the states of the cells that were touched since the last call. Call this before the changes reach the GPU.
   */
  keepStates(keeper: StateKeeper<States>): void {
    if (this.#sources.length === 0) return;
    keeper.append(this.#states, this.#sources.values, this.#sources.length);
    this.#sources.clear();
  }

  /** Returns what was recorded, or null if nothing was touched. */
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
