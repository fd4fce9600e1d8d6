/** A recent copy of the state, kept on the CPU in case the GPU's context is lost. */
import type { Device } from '../gpu/device.ts';
import { FIRST_SLOT } from './blocks.ts';
import { INK_UNIT, readGroups } from './records.ts';
import type { SlotStore } from './slot-store.ts';
import type { SlotTable } from './slot-table.ts';

/** A larger state is not kept; its cells then decide again from scratch. */
const MOST_BYTES = 128 * 2 ** 20;

interface Kept {
  /** The cell of each slot, starting with the first slot. */
  readonly cells: Uint32Array;
  /** For each of the state's textures, four values per slot, including the slots without a cell. */
  readonly groups: readonly Float32Array[];
}

/** Holds the latest state that was taken. The previous one stays until the newer one has arrived. */
export class StateSnapshot {
  readonly #mostBytes: number;
  #kept: Kept | null = null;
  /** Distinguishes states taken before a call of {@link forget} from later ones. */
  #era = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /**
   * Copies the present state. Resolves when the GPU has copied it, without blocking anything.
   *
   * @throws DeviceError if the context is lost in the meantime; the previous state stays
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

  /** Forgets the state, because it has been cleared or belongs to another canvas. */
  forget(): void {
    this.#kept = null;
    this.#era += 1;
  }

  /**
   * Returns the kept states for {@link SlotStore.upload}, arranged for the cells that are alive now, whatever their
   * slots. Cells that were not alive then have no state except their ink. Returns null if nothing is kept.
   *
   * @param width the number of slots in a row of the destination textures
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
