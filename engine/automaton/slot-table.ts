/**
 * Which cells live, and in which slot each keeps its state.
 *
 * Only live cells have a slot, so the cost of a step follows the ink and not
 * the canvas. The slots in use are dense, [first, end), and their assignment to
 * cells is at every moment a uniformly random permutation: a new cell swaps
 * places with a random one, a dying cell's slot is filled by the last. So a
 * block of slots is scattered over the canvas, and can be dropped as a whole.
 *
 * The table lives on the CPU and knows nothing of the GPU. It records what has
 * changed; {@link SlotTable.drain} hands that on.
 */
import { hash2, seedOfRound } from '../common/random/hash.ts';
import { FIRST_SLOT, SLOT_LIMIT } from './blocks.ts';
import { GrowableUint32 } from './growable.ts';

const NULL_SLOT = 0;
const UNMOVED = 0xffff_ffff;
const FRESH = NULL_SLOT;

const DIRTY_STATE = 1;
const DIRTY_LINKS = 2;

/** Words that {@link SlotEdits.state} holds for one slot: slot, the slot its state comes from (0: zero), ink byte. */
export const STATE_EDIT_WORDS = 3;
/** Words that {@link SlotEdits.links} holds for one slot: slot, then slot and ink of its eight neighbours in reading order. */
export const LINK_EDIT_WORDS = 9;
/** Words that {@link SlotEdits.cells} holds for one cell: cell index, then its slot and ink. */
export const CELL_EDIT_WORDS = 2;

/** Takes what has changed since the last time; each call hands over at most a few thousand entries at once. */
export interface SlotEdits {
  state(words: Uint32Array, entries: number): void;
  links(words: Uint32Array, entries: number): void;
  cells(words: Uint32Array, entries: number): void;
}

/** Is told of a cell before its ink, life or state changes. */
export interface TouchRecorder {
  /** @param source the slot that holds the cell's state on the GPU now, 0 if that is zero or the cell is dead */
  touch(cell: number, source: number, ink: number): void;
}

/** Which cells live in which slots, and all that decides where the next come to lie. */
export interface SlotAssignment {
  /** One byte a cell, row by row. */
  readonly ink: Uint8Array;
  /** Cell of each slot in use, from the first on. */
  readonly cells: Uint32Array;
  /** How often chance has dealt out a slot. */
  readonly draws: number;
}

export interface LifeRule {
  readonly rule: 'own-ink' | 'ink-halo';
  /** The ink above which a cell counts as inked, 0…1. */
  readonly inkThreshold: number;
}

/** A slot and the ink of its cell in one word, as the shaders read them. */
export function packLink(slot: number, ink: number): number {
  return (slot | (ink << 24)) >>> 0;
}

export class SlotTable {
  readonly width: number;
  readonly height: number;
  /** Ink of each cell, row by row, one byte a cell. */
  readonly ink: Uint8Array;
  /** Slot of each cell, row by row; 0 for cells without one. */
  readonly slotOfCell: Uint32Array;
  /** While an edit is recorded, whoever records it. */
  recorder: TouchRecorder | null = null;
  #cellOfSlot = new Uint32Array(FIRST_SLOT * 2);
  /** Where each slot's state comes from when the edits are applied. */
  #origin = new Uint32Array(FIRST_SLOT * 2).fill(UNMOVED);
  #dirty = new Uint8Array(FIRST_SLOT * 2);
  #dirtySlots = new GrowableUint32();
  #dirtyCells = new GrowableUint32();
  #cellIsDirty: Uint8Array;
  #end = FIRST_SLOT;
  #peak = FIRST_SLOT;
  #inkCells = 0;
  #seed: number;
  #draws = 0;
  #version = 0;
  /** Smallest ink byte that counts as ink. */
  #inkByte: number;
  #halo: boolean;

  constructor(width: number, height: number, life: LifeRule, seed: number) {
    this.width = width;
    this.height = height;
    this.ink = new Uint8Array(width * height);
    this.slotOfCell = new Uint32Array(width * height);
    this.#cellIsDirty = new Uint8Array(width * height);
    this.#inkByte = smallestInkByte(life.inkThreshold);
    this.#halo = life.rule === 'ink-halo';
    this.#seed = seed;
  }

  /** One past the last slot in use. */
  get end(): number {
    return this.#end;
  }

  /**
   * The highest {@link end} since the slots were last dealt out. The slots' memory follows it and not the present end,
   * so that its shape depends on what was done alone, and not on when that was brought to the GPU.
   */
  get peak(): number {
    return this.#peak;
  }

  get liveCells(): number {
    return this.#end - FIRST_SLOT;
  }

  /** Cells with more ink than the threshold. */
  get inkCells(): number {
    return this.#inkCells;
  }

  /** Grows whenever {@link deal} may have changed. */
  get version(): number {
    return this.#version;
  }

  get hasEdits(): boolean {
    return this.#dirtySlots.length > 0 || this.#dirtyCells.length > 0;
  }

  /** The cell that holds `slot`. */
  cellOf(slot: number): number {
    return this.#cellOfSlot[slot];
  }

  isInk(cell: number): boolean {
    return this.ink[cell] >= this.#inkByte;
  }

  /**
   * Gives a cell other ink. Cells that come to life get a slot with zero state,
   * cells that die lose theirs, all others keep their state.
   */
  setInk(cell: number, ink: number): void {
    const before = this.ink[cell];
    if (before === ink) return;
    this.#version += 1;
    const wasInk = before >= this.#inkByte;
    const isInk = ink >= this.#inkByte;
    this.touch(cell);
    this.ink[cell] = ink;
    this.#markCell(cell);
    const slot = this.slotOfCell[cell];
    if (slot !== NULL_SLOT) this.#mark(slot, DIRTY_STATE);
    this.#markLinksAround(cell);
    if (wasInk === isInk) return;
    this.#inkCells += isInk ? 1 : -1;
    if (this.#halo) this.#updateLifeAround(cell);
    else if (isInk) this.#add(cell);
    else this.#remove(cell);
  }

  /** Clears the state of a cell; its ink stays. */
  wipe(cell: number): void {
    const slot = this.slotOfCell[cell];
    if (slot === NULL_SLOT) return;
    this.touch(cell);
    this.#origin[slot] = FRESH;
    this.#mark(slot, DIRTY_STATE);
  }

  /** Tells the recorder, if there is one, of a cell as it is now. */
  touch(cell: number): void {
    if (!this.recorder) return;
    const slot = this.slotOfCell[cell];
    this.recorder.touch(cell, slot === NULL_SLOT ? NULL_SLOT : this.#originOf(slot), this.ink[cell]);
  }

  /** Clears the state of all cells and deals the slots out anew, as if the ink had just been put there. */
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

  /** A copy of what the table holds; the seed is not part of it. */
  deal(): SlotAssignment {
    return { ink: this.ink.slice(), cells: this.liveCellsInOrder(), draws: this.#draws };
  }

  /** The cell of each slot in use, from the first on; a copy. */
  liveCellsInOrder(): Uint32Array {
    return this.#cellOfSlot.slice(FIRST_SLOT, this.#end);
  }

  /**
   * Takes a deal as its own. The states are not its affair: those of before are
   * nobody's, and whoever calls this brings others to the slots.
   * @throws RangeError if it is no deal of this canvas under this rule of life; the table is as before
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
    for (let index = 0; index < this.#dirtySlots.length; index += 1) {
      const slot = this.#dirtySlots.values[index];
      this.#dirty[slot] = 0;
      this.#origin[slot] = UNMOVED;
    }
    this.#dirtySlots.clear();
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
      this.#markCell(cell);
    }
    this.markLinks();
  }

  /** Marks all links as changed, for a GPU that has lost them. */
  markLinks(): void {
    for (let slot = FIRST_SLOT; slot < this.#end; slot += 1) this.#mark(slot, DIRTY_LINKS);
  }

  /** Marks everything as changed, so that the next {@link drain} describes the whole table to a GPU that knows nothing. */
  markAll(): void {
    for (let slot = FIRST_SLOT; slot < this.#end; slot += 1) {
      this.#origin[slot] = FRESH;
      this.#mark(slot, DIRTY_STATE | DIRTY_LINKS);
    }
    for (let cell = 0; cell < this.ink.length; cell += 1) {
      if (this.ink[cell] !== 0 || this.slotOfCell[cell] !== NULL_SLOT) this.#markCell(cell);
    }
  }

  /**
   * Hands all changes to `edits` and forgets them: states, then links, then
   * cells. The origins of states are slots of before all the changes.
   * `buffer` is scratch space of at least {@link LINK_EDIT_WORDS} words.
   */
  drain(edits: SlotEdits, buffer: Uint32Array): void {
    this.#drainStates(edits, buffer);
    this.#drainLinks(edits, buffer);
    this.#drainCells(edits, buffer);
  }

  #drainStates(edits: SlotEdits, buffer: Uint32Array): void {
    const limit = buffer.length - STATE_EDIT_WORDS;
    let words = 0;
    for (let index = 0; index < this.#dirtySlots.length; index += 1) {
      const slot = this.#dirtySlots.values[index];
      if (!(this.#dirty[slot] & DIRTY_STATE)) continue;
      const origin = this.#origin[slot];
      this.#origin[slot] = UNMOVED;
      if (slot >= this.#end) continue;
      buffer[words] = slot;
      buffer[words + 1] = origin === UNMOVED ? slot : origin;
      buffer[words + 2] = this.ink[this.#cellOfSlot[slot]];
      words += STATE_EDIT_WORDS;
      if (words > limit) {
        edits.state(buffer, words / STATE_EDIT_WORDS);
        words = 0;
      }
    }
    if (words > 0) edits.state(buffer, words / STATE_EDIT_WORDS);
  }

  #drainLinks(edits: SlotEdits, buffer: Uint32Array): void {
    const limit = buffer.length - LINK_EDIT_WORDS;
    let words = 0;
    for (let index = 0; index < this.#dirtySlots.length; index += 1) {
      const slot = this.#dirtySlots.values[index];
      const dirty = this.#dirty[slot];
      this.#dirty[slot] = 0;
      if (!(dirty & DIRTY_LINKS) || slot >= this.#end) continue;
      this.#writeLinks(slot, buffer, words);
      words += LINK_EDIT_WORDS;
      if (words > limit) {
        edits.links(buffer, words / LINK_EDIT_WORDS);
        words = 0;
      }
    }
    this.#dirtySlots.clear();
    if (words > 0) edits.links(buffer, words / LINK_EDIT_WORDS);
  }

  #drainCells(edits: SlotEdits, buffer: Uint32Array): void {
    const limit = buffer.length - CELL_EDIT_WORDS;
    let words = 0;
    for (let index = 0; index < this.#dirtyCells.length; index += 1) {
      const cell = this.#dirtyCells.values[index];
      this.#cellIsDirty[cell] = 0;
      buffer[words] = cell;
      buffer[words + 1] = packLink(this.slotOfCell[cell], this.ink[cell]);
      words += CELL_EDIT_WORDS;
      if (words > limit) {
        edits.cells(buffer, words / CELL_EDIT_WORDS);
        words = 0;
      }
    }
    this.#dirtyCells.clear();
    if (words > 0) edits.cells(buffer, words / CELL_EDIT_WORDS);
  }

  /** Slot and ink of the eight neighbours in reading order; outside the canvas there is neither. */
  #writeLinks(slot: number, buffer: Uint32Array, offset: number): void {
    const { width, height } = this;
    const cell = this.#cellOfSlot[slot];
    const x = cell % width;
    const y = (cell - x) / width;
    buffer[offset] = slot;
    let next = offset + 1;
    for (let ny = y - 1; ny <= y + 1; ny += 1) {
      for (let nx = x - 1; nx <= x + 1; nx += 1) {
        if (nx === x && ny === y) continue;
        const outside = nx < 0 || ny < 0 || nx >= width || ny >= height;
        const neighbour = ny * width + nx;
        buffer[next] = outside ? 0 : packLink(this.slotOfCell[neighbour], this.ink[neighbour]);
        next += 1;
      }
    }
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
          `Cell ${cell} has ${slotOfCell[cell] === NULL_SLOT ? 'no' : 'a'} slot against the rule of life.`,
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
    if (slot !== last) this.#place(this.#cellOfSlot[slot], last, this.#originOf(slot));
    this.#place(cell, slot, FRESH);
  }

  #remove(cell: number): void {
    this.touch(cell);
    const slot = this.slotOfCell[cell];
    const last = this.#end - 1;
    this.#end = last;
    this.slotOfCell[cell] = NULL_SLOT;
    this.#markCell(cell);
    this.#markLinksAround(cell);
    if (slot !== last) this.#place(this.#cellOfSlot[last], slot, this.#originOf(last));
    this.#origin[last] = UNMOVED;
  }

  #originOf(slot: number): number {
    return this.#origin[slot] === UNMOVED ? slot : this.#origin[slot];
  }

  /** Puts `cell` into `slot`, with the state that `origin` had before the edits. */
  #place(cell: number, slot: number, origin: number): void {
    this.#cellOfSlot[slot] = cell;
    this.slotOfCell[cell] = slot;
    this.#origin[slot] = origin;
    this.#mark(slot, DIRTY_STATE | DIRTY_LINKS);
    this.#markCell(cell);
    this.#markLinksAround(cell);
  }

  #markLinksAround(cell: number): void {
    const { width, height, slotOfCell } = this;
    const x = cell % width;
    const left = x > 0 ? -1 : 0;
    const right = x < width - 1 ? 1 : 0;
    const top = cell >= width ? -width : 0;
    const bottom = cell < width * (height - 1) ? width : 0;
    for (let row = top; row <= bottom; row += width) {
      for (let column = left; column <= right; column += 1) {
        const slot = slotOfCell[cell + row + column];
        if (slot !== NULL_SLOT) this.#mark(slot, DIRTY_LINKS);
      }
    }
  }

  #mark(slot: number, what: number): void {
    if (this.#dirty[slot] === 0) this.#dirtySlots.push(slot);
    this.#dirty[slot] |= what;
  }

  #markCell(cell: number): void {
    if (this.#cellIsDirty[cell]) return;
    this.#cellIsDirty[cell] = 1;
    this.#dirtyCells.push(cell);
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
    this.#origin = grown(this.#origin, new Uint32Array(capacity).fill(UNMOVED));
    this.#dirty = grown(this.#dirty, new Uint8Array(capacity));
  }
}

/** The smallest byte whose share of 255 exceeds the threshold. */
export function smallestInkByte(inkThreshold: number): number {
  return Math.floor(inkThreshold * 255) + 1;
}

function grown<T extends Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
