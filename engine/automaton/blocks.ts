/**
 * The shape of the slot textures. They are a power of two wide, and a block,
 * which fires or does not as a whole, is two of their rows: whole rows can be
 * drawn as one clipped triangle, and a fragment quad is two rows high. So the
 * width says how large a block is; it grows with the number of slots, since a
 * few blocks fire too much together, and many thin ones make too tall a texture.
 */

/** Rows of a block. */
export const BLOCK_ROWS = 2;

/** Widths of slot textures as powers of two, and up to how many slots each is used. */
const SHAPES = [
  { slotShift: 7, slots: 1 << 16 },
  { slotShift: 9, slots: 1 << 20 },
  { slotShift: 11, slots: 1 << 24 },
] as const;

/** The first slot that a cell may have. Those before it are always zero and stand for every dead neighbour; whole blocks at any width. */
export const FIRST_SLOT = 4096;

/** A slot index has 24 bits, beside 8 bits of ink. */
export const SLOT_LIMIT = 1 << 24;

/** Base-2 logarithm of the slot textures' width when the slots before `end` are in use. */
export function slotShiftFor(end: number): number {
  return (SHAPES.find(({ slots }) => end <= slots) ?? SHAPES[SHAPES.length - 1]).slotShift;
}

/** Whether slot textures are ever so wide. */
export function isSlotShift(slotShift: number): boolean {
  return SHAPES.some((shape) => shape.slotShift === slotShift);
}

/** Rows of slots that hold the slots before `end`, whole blocks. */
export function rowsOf(end: number, slotShift: number): number {
  return blocksOf(end, slotShift) * BLOCK_ROWS;
}

/** Blocks that hold the slots before `end`, the null blocks among them. */
export function blocksOf(end: number, slotShift: number): number {
  return Math.ceil(end / (BLOCK_ROWS << slotShift));
}

/** The block that a slot belongs to. */
export function blockOf(slot: number, slotShift: number): number {
  return Math.floor(slot / (BLOCK_ROWS << slotShift));
}
