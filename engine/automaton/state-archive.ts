import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import type { StateKeeper } from './edit-recorder.ts';
import type { EditPasses } from './edit-passes.ts';
import { STATE_EDIT_WORDS } from './slot-changes.ts';
import type { GroupRange } from './state-pair.ts';

/** The states of one edit, in the order in which they were appended. */
export class ArchivedStates {
  /** The rows of the archive that hold them, {@link ROW_STATES} per row. */
  readonly rows: number[] = [];
  count = 0;
  /** Whether they had to make room for others, or were lost with the GPU's context. */
  lost = false;
}

/** The GPU memory budget for the states that undo would restore. */
const BUDGET_BYTES = 96 * 2 ** 20;

/** The archive consists of slabs. These are the states per row and the rows per slab, as powers of two. */
const ROW_SHIFT = 8;
const SLAB_SHIFT = 8;
const ROW_STATES = 1 << ROW_SHIFT;
const SLAB_ROWS = 1 << SLAB_SHIFT;

interface Slab {
  readonly textures: readonly Texture[];
  readonly targets: readonly Target[];
}

/**
 * Keeps copies of individual slots' states on the GPU, so that undo can restore them immediately and exactly, without
 * reading anything back. The memory is bounded: the oldest states make room for new ones. Owns its textures.
 */
export class StateArchive implements StateKeeper<ArchivedStates> {
  readonly #device: Device;
  readonly #passes: EditPasses;
  readonly #ranges: readonly GroupRange[];
  readonly #groups: number;
  readonly #now: () => { textures: readonly Texture[] };
  readonly #slabs: Slab[] = [];
  readonly #freeRows: number[] = [];
  /** Oldest first. */
  readonly #held = new Set<ArchivedStates>();
  readonly #words = new Uint32Array(STATE_EDIT_WORDS * 4096);
  #mostSlabs: number;

  /** @param now returns the state textures that hold the present state */
  constructor(
    device: Device,
    passes: EditPasses,
    ranges: readonly GroupRange[],
    now: () => { textures: readonly Texture[] },
    budgetBytes = BUDGET_BYTES,
  ) {
    this.#device = device;
    this.#passes = passes;
    this.#ranges = ranges;
    this.#groups = ranges.reduce((sum, { count }) => sum + count, 0);
    this.#now = now;
    this.#mostSlabs = Math.max(1, Math.floor(budgetBytes / (this.#groups * 16 * SLAB_ROWS * ROW_STATES)));
  }

  /** Appends copies of the states of slots to `states`, or marks `states` as lost if there is no room. */
  append(states: ArchivedStates, slots: Uint32Array, count: number): void {
    if (states.lost) return;
    this.#held.add(states);
    let entries = 0;
    let slab = -1;
    const flush = (): void => {
      if (entries > 0) this.#passes.move(this.#words, entries, this.#now().textures, this.#slabs[slab].targets);
      entries = 0;
    };
    for (let index = 0; index < count; index += 1) {
      const column = states.count & (ROW_STATES - 1);
      if (column === 0 && !this.#addRow(states)) return;
      const row = states.rows[states.rows.length - 1];
      if (row >> SLAB_SHIFT !== slab || entries * STATE_EDIT_WORDS === this.#words.length) flush();
      slab = row >> SLAB_SHIFT;
      this.#words[entries * STATE_EDIT_WORDS] = textureIndex(row, column);
      this.#words[entries * STATE_EDIT_WORDS + 1] = slots[index];
      this.#words[entries * STATE_EDIT_WORDS + 2] = 0;
      entries += 1;
      states.count += 1;
    }
    flush();
  }

  /**
   * Restores the states of slots.
   *
   * @param slots the slot for each of the states, or 0 to skip it
   * @param inks the ink byte of each of these slots' cells
   */
  putBack(states: ArchivedStates, slots: Uint32Array, inks: Uint8Array, into: readonly Target[]): void {
    if (states.lost) return;
    let entries = 0;
    let slab = -1;
    const flush = (): void => {
      if (entries > 0) this.#passes.move(this.#words, entries, this.#slabs[slab].textures, into);
      entries = 0;
    };
    for (let index = 0; index < states.count; index += 1) {
      if (slots[index] === 0) continue;
      const row = states.rows[index >> ROW_SHIFT];
      if (row >> SLAB_SHIFT !== slab || entries * STATE_EDIT_WORDS === this.#words.length) flush();
      slab = row >> SLAB_SHIFT;
      this.#words[entries * STATE_EDIT_WORDS] = slots[index];
      this.#words[entries * STATE_EDIT_WORDS + 1] = textureIndex(row, index & (ROW_STATES - 1));
      this.#words[entries * STATE_EDIT_WORDS + 2] = inks[index];
      entries += 1;
    }
    flush();
  }

  /** Releases states that are no longer needed. */
  release(states: ArchivedStates): void {
    states.lost = true;
    this.#held.delete(states);
    this.#freeRows.push(...states.rows.splice(0));
  }

  /** Frees everything. All states are lost. */
  dispose(): void {
    this.abandon();
    for (const { targets, textures } of this.#slabs.splice(0)) {
      for (const target of targets) this.#device.freeTarget(target);
      for (const texture of textures) this.#device.freeTexture(texture);
    }
    this.#freeRows.length = 0;
    this.#mostSlabs = 0;
  }

  /** Marks all states as lost, for example after a context loss. */
  abandon(): void {
    for (const states of this.#held) this.release(states);
  }

  #addRow(states: ArchivedStates): boolean {
    for (;;) {
      const row = this.#freeRows.pop();
      if (row !== undefined) {
        states.rows.push(row);
        return true;
      }
      if (this.#addSlab()) continue;
      const [oldest] = this.#held;
      this.release(oldest);
      if (oldest === states) return false;
    }
  }

  #addSlab(): boolean {
    if (this.#slabs.length >= this.#mostSlabs) return false;
    const device = this.#device;
    const textures: Texture[] = [];
    const targets: Target[] = [];
    try {
      for (let group = 0; group < this.#groups; group += 1) {
        textures.push(device.createTexture(device.floatFormat, ROW_STATES, SLAB_ROWS));
      }
      for (const { first, count } of this.#ranges)
        targets.push(device.createTarget(textures.slice(first, first + count)));
    } catch {
      // There is no more memory, or no context: undo has to manage with what there is.
      for (const target of targets) device.freeTarget(target);
      for (const texture of textures) device.freeTexture(texture);
      this.#mostSlabs = this.#slabs.length;
      return false;
    }
    const first = this.#slabs.length << SLAB_SHIFT;
    this.#slabs.push({ textures, targets });
    // The first row is never used, because a source of 0 stands for a zero state.
    for (let row = SLAB_ROWS - 1; row > 0; row -= 1) this.#freeRows.push(first + row);
    return true;
  }
}

/** The index of a state in its slab's textures, counted in the same way as slots. */
function textureIndex(row: number, column: number): number {
  return ((row & (SLAB_ROWS - 1)) << ROW_SHIFT) | column;
}
