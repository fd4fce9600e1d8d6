/**
 * The changes to a slot table since they were last brought to the GPU: where the states of slots come from, and which
 * slots' links and which cells must be rewritten.
 */
import { GrowableUint32 } from './growable.ts';

export const NULL_SLOT = 0;
const UNMOVED = 0xffff_ffff;
/** The origin of a state that is zero. */
export const FRESH = NULL_SLOT;

export const DIRTY_STATE = 1;
export const DIRTY_LINKS = 2;

/**
 * The number of words that {@link SlotEdits.state} holds for one slot: the slot, the slot that its state comes from (0
 * for zero), and the ink byte.
 */
export const STATE_EDIT_WORDS = 3;
/**
 * The number of words that {@link SlotEdits.links} holds for one slot: the slot, then the slot and ink of its eight
 * neighbours in reading order.
 */
export const LINK_EDIT_WORDS = 9;
/** The number of words that {@link SlotEdits.cells} holds for one cell: the cell's index, then its slot and ink. */
export const CELL_EDIT_WORDS = 2;

/** Receives what has changed since the last time. Each call passes at most a few thousand entries. */
export interface SlotEdits {
  state(words: Uint32Array, entries: number): void;
  links(words: Uint32Array, entries: number): void;
  cells(words: Uint32Array, entries: number): void;
}

/** The table at the time when its changes are passed on. */
interface Slots {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
  readonly slotOfCell: Uint32Array;
  /** One past the last slot in use. */
  readonly end: number;
  cellOf(slot: number): number;
}

/** A slot and the ink of its cell in one word, in the format that the shaders read. */
export function packLink(slot: number, ink: number): number {
  return (slot | (ink << 24)) >>> 0;
}

export class SlotChanges {
  /** The slot that each slot's state comes from when the edits are applied. */
  #origin: Uint32Array;
  #dirty: Uint8Array;
  readonly #dirtySlots = new GrowableUint32();
  readonly #dirtyCells = new GrowableUint32();
  readonly #cellIsDirty: Uint8Array;

  constructor(cells: number, slots: number) {
    this.#origin = new Uint32Array(slots).fill(UNMOVED);
    this.#dirty = new Uint8Array(slots);
    this.#cellIsDirty = new Uint8Array(cells);
  }

  get isEmpty(): boolean {
    return this.#dirtySlots.length === 0 && this.#dirtyCells.length === 0;
  }

  /** Makes room for this number of slots. */
  grow(slots: number): void {
    this.#origin = grown(this.#origin, new Uint32Array(slots).fill(UNMOVED));
    this.#dirty = grown(this.#dirty, new Uint8Array(slots));
  }

  /** The slot that now holds the state of `slot` on the GPU, or 0 if the state is zero. */
  originOf(slot: number): number {
    return this.#origin[slot] === UNMOVED ? slot : this.#origin[slot];
  }

  setOrigin(slot: number, origin: number): void {
    this.#origin[slot] = origin;
  }

  /** Called when the slot is no longer in use. */
  dropOrigin(slot: number): void {
    this.#origin[slot] = UNMOVED;
  }

  mark(slot: number, what: number): void {
    if (this.#dirty[slot] === 0) this.#dirtySlots.push(slot);
    this.#dirty[slot] |= what;
  }

  markCell(cell: number): void {
    if (this.#cellIsDirty[cell]) return;
    this.#cellIsDirty[cell] = 1;
    this.#dirtyCells.push(cell);
  }

  /** Forgets all changes of slots. Changed cells stay marked. */
  forgetSlots(): void {
    for (let index = 0; index < this.#dirtySlots.length; index += 1) {
      const slot = this.#dirtySlots.values[index];
      this.#dirty[slot] = 0;
      this.#origin[slot] = UNMOVED;
    }
    this.#dirtySlots.clear();
  }

  /** See {@link SlotTable.drain}. */
  drain(slots: Slots, edits: SlotEdits, buffer: Uint32Array): void {
    this.#drainStates(slots, edits, buffer);
    this.#drainLinks(slots, edits, buffer);
    this.#drainCells(slots, edits, buffer);
  }

  #drainStates(slots: Slots, edits: SlotEdits, buffer: Uint32Array): void {
    const limit = buffer.length - STATE_EDIT_WORDS;
    let words = 0;
    for (let index = 0; index < this.#dirtySlots.length; index += 1) {
      const slot = this.#dirtySlots.values[index];
      if (!(this.#dirty[slot] & DIRTY_STATE)) continue;
      const origin = this.#origin[slot];
      this.#origin[slot] = UNMOVED;
      if (slot >= slots.end) continue;
      buffer[words] = slot;
      buffer[words + 1] = origin === UNMOVED ? slot : origin;
      buffer[words + 2] = slots.ink[slots.cellOf(slot)];
      words += STATE_EDIT_WORDS;
      if (words > limit) {
        edits.state(buffer, words / STATE_EDIT_WORDS);
        words = 0;
      }
    }
    if (words > 0) edits.state(buffer, words / STATE_EDIT_WORDS);
  }

  #drainLinks(slots: Slots, edits: SlotEdits, buffer: Uint32Array): void {
    const limit = buffer.length - LINK_EDIT_WORDS;
    let words = 0;
    for (let index = 0; index < this.#dirtySlots.length; index += 1) {
      const slot = this.#dirtySlots.values[index];
      const dirty = this.#dirty[slot];
      this.#dirty[slot] = 0;
      if (!(dirty & DIRTY_LINKS) || slot >= slots.end) continue;
      writeLinks(slots, slot, buffer, words);
      words += LINK_EDIT_WORDS;
      if (words > limit) {
        edits.links(buffer, words / LINK_EDIT_WORDS);
        words = 0;
      }
    }
    this.#dirtySlots.clear();
    if (words > 0) edits.links(buffer, words / LINK_EDIT_WORDS);
  }

  #drainCells(slots: Slots, edits: SlotEdits, buffer: Uint32Array): void {
    const limit = buffer.length - CELL_EDIT_WORDS;
    let words = 0;
    for (let index = 0; index < this.#dirtyCells.length; index += 1) {
      const cell = this.#dirtyCells.values[index];
      this.#cellIsDirty[cell] = 0;
      buffer[words] = cell;
      buffer[words + 1] = packLink(slots.slotOfCell[cell], slots.ink[cell]);
      words += CELL_EDIT_WORDS;
      if (words > limit) {
        edits.cells(buffer, words / CELL_EDIT_WORDS);
        words = 0;
      }
    }
    this.#dirtyCells.clear();
    if (words > 0) edits.cells(buffer, words / CELL_EDIT_WORDS);
  }
}

/** The slot and ink of the eight neighbours in reading order. Outside the canvas, both are zero. */
function writeLinks(slots: Slots, slot: number, buffer: Uint32Array, offset: number): void {
  const { width, height, slotOfCell, ink } = slots;
  const cell = slots.cellOf(slot);
  const x = cell % width;
  const y = (cell - x) / width;
  buffer[offset] = slot;
  let next = offset + 1;
  for (let ny = y - 1; ny <= y + 1; ny += 1) {
    for (let nx = x - 1; nx <= x + 1; nx += 1) {
      if (nx === x && ny === y) continue;
      const outside = nx < 0 || ny < 0 || nx >= width || ny >= height;
      const neighbour = ny * width + nx;
      buffer[next] = outside ? 0 : packLink(slotOfCell[neighbour], ink[neighbour]);
      next += 1;
    }
  }
}

/** Copies an array into a larger one. */
export function grown<T extends Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
