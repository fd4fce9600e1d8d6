/** The state of a moment ago, kept on the CPU in case the GPU takes its context back. */
import type { Device } from '../gpu/device.ts';
import { FIRST_SLOT } from './blocks.ts';
import { INK_UNIT, readGroups } from './records.ts';
import type { SlotStore } from './slot-store.ts';
import type { SlotTable } from './slot-table.ts';

/** A state that takes more is not kept: its cells decide anew. */
const MOST_BYTES = 128 * 2 ** 20;

interface Kept {
  /** Cell of each slot, from the first on. */
  readonly cells: Uint32Array;
  /** For each of the state's textures four values a slot, the slots of no cell included. */
  readonly groups: readonly Float32Array[];
}

/** Holds the latest state that was taken; what is there before stays until a newer one has arrived. */
export class StateSnapshot {
  readonly #mostBytes: number;
  #kept: Kept | null = null;
  /** Tells states of before from those of after {@link forget}. */
  #era = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /**
   * Takes the state as it is now; settled when the GPU has copied it, and nothing waits for that.
   * @throws DeviceError if the context is lost meanwhile; the state that was kept before stays
   */
  async take(device: Device, store: SlotStore, table: SlotTable): Promise<void> {
    const era = this.#era;
    const rows = store.rowsOf(table.end);
    const isTooLarge = store.groups * rows * store.width * 16 > this.#mostBytes;
    if (isTooLarge || table.liveCells === 0) {
      this.forget();
      return;
    }
    const cells = table.liveCellsInOrder();
    const groups = await readGroups(device, store, rows);
    if (era === this.#era) this.#kept = { cells, groups };
  }

  /** Keeps nothing: the state has been cleared, or belongs to another canvas. */
  forget(): void {
    this.#kept = null;
    this.#era += 1;
  }

  /**
   * What {@link SlotStore.upload} takes: the states that were kept, for the cells that live now, whatever slots they
   * have. Cells that did not live then have none but their ink. Null where nothing is kept.
   * @param width slots in a row of the textures that it is meant for
   */
  statesFor(table: SlotTable, inkChannel: number, width: number): Float32Array[] | null {
    if (!this.#kept) return null;
    const { cells, groups } = this.#kept;
    const slotThen = new Uint32Array(table.ink.length);
    cells.forEach((cell, index) => {
      slotThen[cell] = FIRST_SLOT + index;
    });
    const values = Math.ceil(table.liveCells / width) * width * 4;
    return groups.map((then, group) => {
      const data = new Float32Array(values);
      const isInkGroup = inkChannel >> 2 === group;
      for (let index = 0; index < table.liveCells; index += 1) {
        const cell = table.cellOf(FIRST_SLOT + index);
        const slot = slotThen[cell];
        if (slot > 0) data.set(then.subarray(slot * 4, slot * 4 + 4), index * 4);
        if (isInkGroup) data[index * 4 + (inkChannel & 3)] = INK_UNIT * table.ink[cell];
      }
      return data;
    });
  }
}
