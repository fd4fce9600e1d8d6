import type { CanvasLayout } from './types.ts';

/** Counts the cells of each tile that have ink or a slot. Tiles without any are neither drawn nor counted. */
export class Occupancy {
  readonly #layout: CanvasLayout;
  /** One bit per cell. */
  readonly #isOccupied: Uint8Array;
  /** The number of occupied cells of each tile. */
  readonly #cells: Uint32Array;
  #tiles = 0;
  #version = 0;

  constructor(layout: CanvasLayout) {
    const { columns, rows, tile } = layout;
    this.#layout = layout;
    this.#isOccupied = new Uint8Array(Math.ceil((columns * rows * tile * tile) / 8));
    this.#cells = new Uint32Array(columns * rows);
  }

  /** The number of tiles with occupied cells. */
  get tiles(): number {
    return this.#tiles;
  }

  /** Increases whenever the results of {@link listTiles} and {@link markTiles} change. */
  get version(): number {
    return this.#version;
  }

  /** Records whether a cell has ink or a slot. */
  set(cell: number, isOccupied: boolean): void {
    const bit = 1 << (cell & 7);
    const byte = this.#isOccupied[cell >> 3];
    if (((byte & bit) !== 0) === isOccupied) return;
    this.#isOccupied[cell >> 3] = byte ^ bit;
    const tile = this.#tileOf(cell);
    this.#cells[tile] += isOccupied ? 1 : -1;
    if (this.#cells[tile] !== Number(isOccupied)) return;
    this.#tiles += isOccupied ? 1 : -1;
    this.#version += 1;
  }

  /** Writes the indices of the tiles with occupied cells to `into`, in reading order. */
  listTiles(into: Uint32Array): void {
    let next = 0;
    for (let tile = 0; tile < this.#cells.length; tile += 1) {
      if (this.#cells[tile] === 0) continue;
      into[next] = tile;
      next += 1;
    }
  }

  /** Writes 255 to the first byte of each texel of four bytes whose tile is occupied, and 0 to that of the others. */
  markTiles(texels: Uint8Array): void {
    for (let tile = 0; tile < this.#cells.length; tile += 1) texels[4 * tile] = this.#cells[tile] > 0 ? 255 : 0;
  }

  #tileOf(cell: number): number {
    const { columns, tile } = this.#layout;
    const width = columns * tile;
    const x = cell % width;
    const y = (cell - x) / width;
    return Math.floor(y / tile) * columns + Math.floor(x / tile);
  }
}
