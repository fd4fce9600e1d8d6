/**
 * The map that phones show: what each cell of a tile is, in runs. A digit takes about 100 to 250 bytes instead of 1024,
 * and an empty tile 16.
 *
 * A packet has one or more tiles, each with its number (uint16), the length of its runs in bytes (uint32), and the runs:
 * a value (uint8) and how many cells it lasts (uint8, 1…255), in reading order.
 */

/** The values of cells: no ink, ink without a class, and 2 + class. */
export const NO_INK = 0;
export const UNDECIDED = 1;
export const FIRST_CLASS = 2;

const HEADER_BYTES = 6;
const LONGEST_RUN = 255;

/** Writes the cells of a tile as runs, behind its header. */
export function encodeTile(tile: number, cells: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + 2 * cells.length);
  let end = HEADER_BYTES;
  for (let at = 0; at < cells.length;) {
    let length = 1;
    while (length < LONGEST_RUN && cells[at + length] === cells[at]) length += 1;
    bytes[end] = cells[at];
    bytes[end + 1] = length;
    end += 2;
    at += length;
  }
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tile, true);
  view.setUint32(2, end - HEADER_BYTES, true);
  return bytes.slice(0, end);
}

/**
 * Visits the tiles of a packet, and returns whether it was sound. What comes before a fault has been visited.
 * @param cellsOfTile how many cells a tile has
 * @param visit receives the number of each tile, its cells, which the next call overwrites, and where it ends
 */
export function decodeTiles(
  packet: Uint8Array,
  cellsOfTile: number,
  visit: (tile: number, cells: Uint8Array, end: number) => void,
): boolean {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const cells = new Uint8Array(cellsOfTile);
  let at = 0;
  while (at < packet.length) {
    if (at + HEADER_BYTES > packet.length) return false;
    const tile = view.getUint16(at, true);
    const end = at + HEADER_BYTES + view.getUint32(at + 2, true);
    if (end > packet.length) return false;
    let cell = 0;
    for (at += HEADER_BYTES; at + 1 < end; at += 2) {
      const next = cell + packet[at + 1];
      if (next > cellsOfTile) return false;
      cells.fill(packet[at], cell, next);
      cell = next;
    }
    if (at !== end || cell !== cellsOfTile) return false;
    visit(tile, cells, end);
  }
  return true;
}
