/**
 * The shape of the slot textures. A block of slots is a rectangle of them that
 * fires, or does not, as a whole. Blocks of whole rows pairs rasterise best:
 * a fragment quad is two rows high.
 */

/** Slots of one row of the slot textures. */
export const SLOT_WIDTH = 512;

/** Slots of one row of a block. */
export const BLOCK_WIDTH = 512;

/** Rows of a block. */
export const BLOCK_ROWS = 2;

/** Blocks side by side. */
export const BLOCKS_ACROSS = SLOT_WIDTH / BLOCK_WIDTH;

/** The first slot that a cell may have. The blocks before it are always zero and stand for every dead neighbour. */
export const FIRST_SLOT = SLOT_WIDTH * BLOCK_ROWS;

/** A slot index has 24 bits, beside 8 bits of ink. */
export const SLOT_LIMIT = 1 << 24;

/** Rows of slots that hold the slots before `end`, whole blocks. */
export function rowsOf(end: number): number {
  return Math.ceil(end / FIRST_SLOT) * BLOCK_ROWS;
}
