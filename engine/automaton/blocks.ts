/**
 * The shape of the slot textures. Their width is a power of two. A block, which fires or stays idle as a whole,
 * consists of two of their rows: whole rows can be drawn as one clipped triangle, and a fragment quad is two rows high.
 * The width therefore determines the size of a block. It grows with the number of slots: too few blocks fire too much
 * in step, and many thin blocks make the texture too tall.
 */

/** The number of rows in a block. */
export const BLOCK_ROWS = 2;

/** The widths of slot textures as powers of two, and the number of slots up to which each is used. */
const SHAPES = [
  { slotShift: 7, slots: 1 << 16 },
  { slotShift: 9, slots: 1 << 20 },
  { slotShift: 11, slots: 1 << 24 },
] as const;

/**
 * The first slot that a cell may have. The slots before it are always zero and stand for every dead neighbour. They
 * fill whole blocks at any width.
 */
export const FIRST_SLOT = 4096;

/** A slot index has 24 bits, next to 8 bits of ink. */
export const SLOT_LIMIT = 1 << 24;

/** Returns the base-2 logarithm of the slot textures' width when the slots before `end` are in use. */
export function slotShiftFor(end: number): number {
  return (SHAPES.find(({ slots }) => end <= slots) ?? SHAPES[SHAPES.length - 1]).slotShift;
}

/** Whether slot textures can have this width. */
export function isSlotShift(slotShift: number): boolean {
  return SHAPES.some((shape) => shape.slotShift === slotShift);
}

/** The number of rows that hold the slots before `end`, rounded up to whole blocks. */
export function rowsOf(end: number, slotShift: number): number {
  return blocksOf(end, slotShift) * BLOCK_ROWS;
}

/** The number of blocks that hold the slots before `end`, including the null blocks. */
export function blocksOf(end: number, slotShift: number): number {
  return Math.ceil(end / (BLOCK_ROWS << slotShift));
}

/** The block that a slot belongs to. */
export function blockOf(slot: number, slotShift: number): number {
  return Math.floor(slot / (BLOCK_ROWS << slotShift));
}
