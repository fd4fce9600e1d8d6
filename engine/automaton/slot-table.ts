/**
 * Which cells live, and in which slot each of them keeps its state.
 *
 * Only live cells have a slot, so the cost of a step depends on the ink and not on the canvas. The slots in use are
 * dense, [first, end), and their assignment to cells is always a uniformly random permutation: a new cell swaps places
 * with a random one, and a dying cell's slot is filled by the last one. A block of slots is therefore scattered over
 * the canvas, and can be dropped as a whole.
 *
 * The table is on the CPU and independent of the GPU. It records what has changed in a {@link SlotChanges}, and {@link
 * SlotTable.drain} passes that on.
 */
import { hash2, seedOfRound } from '../common/random/hash.ts';
import { FIRST_SLOT, SLOT_LIMIT } from './blocks.ts';
import { DIRTY_LINKS, DIRTY_STATE, FRESH, grown, NULL_SLOT, SlotChanges, type SlotEdits } from './slot-changes.ts';

/** The initial capacity, in slots. */
const FIRST_CAPACITY = FIRST_SLOT * 2;

/** Is notified of a cell before its ink, life or state changes. */
export interface TouchRecorder {
  /**
   * @param source the slot that now holds the cell's state on the GPU, or 0 if the state is zero or the cell is dead
   */
  touch(cell: number, source: number, ink: number): void;
}

/** Which cells live in which slots, and everything that determines the slots of later cells. */
export interface SlotAssignment {
  /** One byte per cell, row by row. */
  readonly ink: Uint8Array;
  /** The cell of each slot in use, starting with the first slot. */
  readonly cells: Uint32Array;
  /** How many slots have been assigned at random. */
  readonly draws: number;
}

export interface LifeRule {
  readonly rule: 'own-ink' | 'ink-halo';
  /** The ink above which a cell counts as inked, 0…1. */
  readonly inkThreshold: number;
}

export class SlotTable {
  readonly width: number;
  readonly height: number;
  /** The ink of each cell, row by row, one byte per cell. */
  readonly ink: Uint8Array;
  /** The slot of each cell, row by row; 0 for cells without one. */
  readonly slotOfCell: Uint32Array;
  /** The recorder of the present edit, if one is being recorded. */
  recorder: TouchRecorder | null = null;
  #cellOfSlot = new Uint32Array(FIRST_CAPACITY);
  readonly #changes: SlotChanges;
  #end = FIRST_SLOT;
  #peak = FIRST_SLOT;
  #inkCells = 0;
  #seed: number;
  #draws = 0;
  #version = 0;
  /** The smallest byte that counts as ink. */
  #inkByte: number;
  #halo: boolean;

  constructor(width: number, height: number, life: LifeRule, seed: number) {
    this.width = width;
    this.height = height;
    this.ink = new Uint8Array(width * height);
    this.slotOfCell = new Uint32Array(width * height);
    this.#changes = new SlotChanges(width * height, FIRST_CAPACITY);
    this.#inkByte = smallestInkByte(life.inkThreshold);
    this.#halo = life.rule === 'ink-halo';
    this.#seed = seed;
  }

  /** One past the last slot in use. */
  get end(): number {
    return this.#end;
  }

  /**
   * The highest {@link end} since the slots were last reassigned. The slots' memory depends on it and not on the
   * present end, so that its shape depends only on what was done, and not on when that was brought to the GPU.
   */
  get peak(): number {
    return this.#peak;
  }

  get liveCells(): number {
    return this.#end - FIRST_SLOT;
  }

  /** The number of cells with more ink than the threshold. */
  get inkCells(): number {
    return this.#inkCells;
  }

  /** Increases whenever the result of {@link deal} may have changed. */
  get version(): number {
    return this.#version;
  }

  get hasEdits(): boolean {
    return !this.#changes.isEmpty;
  }

  /** The cell of `slot`. */
  cellOf(slot: number): number {
    return this.#cellOfSlot[slot];
  }

  isInk(cell: number): boolean {
    return this.ink[cell] >= this.#inkByte;
  }

  /**
   * Changes the ink of a cell. Cells that come to life get a slot with zero state, cells that die lose theirs, and all
   * others keep their state.
   */
  setInk(cell: number, ink: number): void {
    const before = this.ink[cell];
    if (before === ink) return;
    this.#version += 1;
    const wasInk = before >= this.#inkByte;
    const isInk = ink >= this.#inkByte;
    this.touch(cell);
    this.ink[cell] = ink;
    this.#changes.markCell(cell);
    const slot = this.slotOfCell[cell];
    if (slot !== NULL_SLOT) this.#changes.mark(slot, DIRTY_STATE);
    this.#markLinksAround(cell);
    if (wasInk === isInk) return;
    this.#inkCells += isInk ? 1 : -1;
    if (this.#halo) this.#updateLifeAround(cell);
    else if (isInk) this.#add(cell);
    else this.#remove(cell);
  }

  /** Clears the state of a cell. Its ink stays. */
  wipe(cell: number): void {
    const slot = this.slotOfCell[cell];
    if (slot === NULL_SLOT) return;
    this.touch(cell);
    this.#changes.setOrigin(slot, FRESH);
    this.#changes.mark(slot, DIRTY_STATE);
  }

  /** Notifies the recorder, if there is one, of a cell as it is now. */
  touch(cell: number): void {
    if (!this.recorder) return;
    const slot = this.slotOfCell[cell];
    this.recorder.touch(cell, slot === NULL_SLOT ? NULL_SLOT : this.#changes.originOf(slot), this.ink[cell]);
  }

  /** Clears the state of all cells and reassigns the slots, as if the ink had just been put there. */
  reassign(seed: number): void {
    this.#version += 1;
    this.#seed = seed;
    this.#draws = 0;
    const live = this.liveCells;
    for (let slot = FIRST_SLOT; slot < this.#end; slot += 1) this.slotOfCell[this.#cellOfSlot[slot]] = NULL_SLOT;
    this.#end = FIRST_SLOT;
    this.#peak = FIRST_SLOT;
    let found = 0;
    for (let cell = 0; found < live; cell += 1) {
      if (!this.#shouldLive(cell)) continue;
      this.#add(cell);
      found += 1;
    }
  }

  /** Returns a copy of the table's content, without the seed. */
  deal(): SlotAssignment {
    return { ink: this.ink.slice(), cells: this.liveCellsInOrder(), draws: this.#draws };
  }

  /** The cell of each slot in use, starting with the first slot; a copy. */
  liveCellsInOrder(): Uint32Array {
    return this.#cellOfSlot.slice(FIRST_SLOT, this.#end);
  }

  /**
   * Replaces the assignment. All states are lost, and the caller must set new ones.
   *
   * @throws RangeError if the assignment is not valid for this canvas and life rule; the table is unchanged
   */
  takeAssignment({ ink, cells, draws }: SlotAssignment): void {
    const slotOfCell = new Uint32Array(this.slotOfCell.length);
    cells.forEach((cell, index) => {
      if (cell >= slotOfCell.length || slotOfCell[cell] !== NULL_SLOT) {
        throw new RangeError(`Slot ${index} holds cell ${cell}, which is not on the canvas or has a slot already.`);
      }
      slotOfCell[cell] = FIRST_SLOT + index;
    });
    this.#checkLife(ink, slotOfCell);
    this.#version += 1;
    this.#changes.forgetSlots();
    this.#reserve(FIRST_SLOT + cells.length);
    this.#cellOfSlot.set(cells, FIRST_SLOT);
    this.#end = FIRST_SLOT + cells.length;
    this.#peak = this.#end;
    this.#draws = draws;
    this.#inkCells = 0;
    for (let cell = 0; cell < ink.length; cell += 1) {
      if (ink[cell] >= this.#inkByte) this.#inkCells += 1;
      if (this.ink[cell] === ink[cell] && this.slotOfCell[cell] === slotOfCell[cell]) continue;
      this.ink[cell] = ink[cell];
      this.slotOfCell[cell] = slotOfCell[cell];
      this.#changes.markCell(cell);
    }
    this.markLinks();
  }

  /** Marks all links as changed, for a GPU that has lost them. */
  markLinks(): void {
    for (let slot = FIRST_SLOT; slot < this.#end; slot += 1) this.#changes.mark(slot, DIRTY_LINKS);
  }

  /**
   * Marks everything as changed, so that the next {@link drain} describes the whole table to a GPU without any of it.
   */
  markAll(): void {
    for (let slot = FIRST_SLOT; slot < this.#end; slot += 1) {
      this.#changes.setOrigin(slot, FRESH);
      this.#changes.mark(slot, DIRTY_STATE | DIRTY_LINKS);
    }
    for (let cell = 0; cell < this.ink.length; cell += 1) {
      if (this.ink[cell] !== 0 || this.slotOfCell[cell] !== NULL_SLOT) this.#changes.markCell(cell);
    }
  }

  /**
   * Passes all changes to `edits` and forgets them: states, then links, then cells. The origins of states are slots as
   * they were before all the changes. `buffer` is scratch space of at least {@link LINK_EDIT_WORDS} words.
   */
  drain(edits: SlotEdits, buffer: Uint32Array): void {
    this.#changes.drain(this, edits, buffer);
  }

  #updateLifeAround(cell: number): void {
    this.#forEachAround(cell, (near) => {
      const lives = this.slotOfCell[near] !== NULL_SLOT;
      if (lives === this.#shouldLive(near)) return;
      if (lives) this.#remove(near);
      else this.#add(near);
    });
  }

  #shouldLive(cell: number, ink = this.ink): boolean {
    if (!this.#halo) return ink[cell] >= this.#inkByte;
    let found = false;
    this.#forEachAround(cell, (near) => {
      found ||= ink[near] >= this.#inkByte;
    });
    return found;
  }

  #checkLife(ink: Uint8Array, slotOfCell: Uint32Array): void {
    if (ink.length !== slotOfCell.length) {
      throw new RangeError(`A canvas of ${slotOfCell.length} cells cannot take the ink of ${ink.length}.`);
    }
    for (let cell = 0; cell < ink.length; cell += 1) {
      if (this.#shouldLive(cell, ink) !== (slotOfCell[cell] !== NULL_SLOT)) {
        throw new RangeError(
          `Cell ${cell} has ${slotOfCell[cell] === NULL_SLOT ? 'no' : 'a'} slot, which contradicts the life rule.`,
        );
      }
    }
  }

  #forEachAround(cell: number, visit: (near: number) => void): void {
    const { width, height } = this;
    const x = cell % width;
    const y = (cell - x) / width;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny += 1) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx += 1) visit(ny * width + nx);
    }
  }

  #add(cell: number): void {
    this.touch(cell);
    const last = this.#end;
    if (last >= SLOT_LIMIT) throw new RangeError(`The canvas has more than ${SLOT_LIMIT - FIRST_SLOT} live cells.`);
    this.#reserve(last + 1);
    this.#end = last + 1;
    this.#peak = Math.max(this.#peak, this.#end);
    const slot = FIRST_SLOT + this.#draw(last + 1 - FIRST_SLOT);
    if (slot !== last) this.#place(this.#cellOfSlot[slot], last, this.#changes.originOf(slot));
    this.#place(cell, slot, FRESH);
  }

  #remove(cell: number): void {
    this.touch(cell);
    const slot = this.slotOfCell[cell];
    const last = this.#end - 1;
    this.#end = last;
    this.slotOfCell[cell] = NULL_SLOT;
    this.#changes.markCell(cell);
    this.#markLinksAround(cell);
    if (slot !== last) this.#place(this.#cellOfSlot[last], slot, this.#changes.originOf(last));
    this.#changes.dropOrigin(last);
  }

  /** Puts `cell` into `slot`, with the state that `origin` had before the edits. */
  #place(cell: number, slot: number, origin: number): void {
    this.#cellOfSlot[slot] = cell;
    this.slotOfCell[cell] = slot;
    this.#changes.setOrigin(slot, origin);
    this.#changes.mark(slot, DIRTY_STATE | DIRTY_LINKS);
    this.#changes.markCell(cell);
    this.#markLinksAround(cell);
  }

  #markLinksAround(cell: number): void {
    const { width, height, slotOfCell } = this;
    const changes = this.#changes;
    const x = cell % width;
    const left = x > 0 ? -1 : 0;
    const right = x < width - 1 ? 1 : 0;
    const top = cell >= width ? -width : 0;
    const bottom = cell < width * (height - 1) ? width : 0;
    for (let row = top; row <= bottom; row += width) {
      for (let column = left; column <= right; column += 1) {
        const slot = slotOfCell[cell + row + column];
        if (slot !== NULL_SLOT) changes.mark(slot, DIRTY_LINKS);
      }
    }
  }

  #draw(count: number): number {
    const word = hash2(seedOfRound(this.#seed, this.#draws), this.#draws);
    this.#draws += 1;
    return Math.floor((word / 2 ** 32) * count);
  }

  #reserve(slots: number): void {
    if (slots <= this.#cellOfSlot.length) return;
    const capacity = Math.min(SLOT_LIMIT, Math.max(slots, this.#cellOfSlot.length * 2));
    this.#cellOfSlot = grown(this.#cellOfSlot, new Uint32Array(capacity));
    this.#changes.grow(capacity);
  }
}

/** The smallest byte whose value divided by 255 exceeds the threshold. */
export function smallestInkByte(inkThreshold: number): number {
  return Math.floor(inkThreshold * 255) + 1;
}
