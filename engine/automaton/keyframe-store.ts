import type { Device } from '../gpu/device.ts';
import { BLOCK_ROWS } from './blocks.ts';
import type { StateKeyframes } from './past.ts';
import type { SlotStore } from './slot-store.ts';
import { createSide, freeSide, type Side, type StateFormat } from './state-pair.ts';

/** Leaves room for cells that come to life, so that the next copies fit as well. */
const HEADROOM = 1.125;

/** A copy of the state of all slots in use, on the GPU. */
export interface StateCopy {
  readonly side: Side;
  readonly format: StateFormat;
  readonly width: number;
  readonly rows: number;
}

/**
 * Keeps copies of a store's whole state on the GPU. Released copies are reused, so that a series of copies soon stops
 * allocating textures. Owns the copies.
 */
export class KeyframeStore implements StateKeyframes<StateCopy> {
  readonly #device: Device;
  readonly #store: SlotStore;
  readonly #held = new Set<StateCopy>();
  #spare: StateCopy[] = [];

  constructor(device: Device, store: SlotStore) {
    this.#device = device;
    this.#store = store;
  }

  keep(end: number): StateCopy {
    const copy = this.#take(end);
    this.#held.add(copy);
    this.#store.keepIn(copy.side, end);
    return copy;
  }

  bytesOf(end: number): number {
    const { width, groups, format } = this.#store;
    return this.#rowsFor(end) * width * groups * (format === 'rgba32f' ? 16 : 8);
  }

  release(copy: StateCopy): void {
    if (!this.#held.delete(copy)) return;
    // When all copies have been released, there is no series left that would reuse the spare ones.
    if (this.#held.size === 0) this.#freeSpare();
    this.#spare.push(copy);
  }

  /** Frees everything. */
  dispose(): void {
    this.#freeSpare();
    for (const { side } of this.#held) freeSide(this.#device, side);
    this.#held.clear();
  }

  #take(end: number): StateCopy {
    const { width, format, ranges } = this.#store;
    const least = this.#store.rowsOf(end);
    const rows = this.#rowsFor(end);
    const found = this.#spare.findIndex(
      (copy) => copy.width === width && copy.format === format && copy.rows >= least && copy.rows <= 2 * rows,
    );
    if (found >= 0) return this.#spare.splice(found, 1)[0];
    this.#freeSpare();
    return { side: createSide(this.#device, format, ranges, { width, rows }), format, width, rows };
  }

  #rowsFor(end: number): number {
    const rows = Math.ceil((this.#store.rowsOf(end) * HEADROOM) / BLOCK_ROWS) * BLOCK_ROWS;
    return Math.min(rows, this.#device.capabilities.textureSize);
  }

  #freeSpare(): void {
    for (const { side } of this.#spare) freeSide(this.#device, side);
    this.#spare = [];
  }
}
