import type { CanvasLayout } from './types.ts';

/** A tile's edges in {@link Occupancy.listTiles}: left, top, right and bottom, in cells of the canvas. */
export const TILE_EDGES = 4;

/**
 * Counts the cells of each tile that have ink or a slot, and keeps a rectangle that holds them all. What is outside these
 * rectangles is neither drawn nor counted.
 */
export class Occupancy {
  readonly #layout: CanvasLayout;
  /** One bit per cell. */
  readonly #isOccupied: Uint8Array;
  /** The number of occupied cells of each tile. */
  readonly #cells: Uint32Array;
  /** The rectangle of each occupied tile, {@link TILE_EDGES} numbers each. It grows until the tile is empty. */
  readonly #edges: Uint16Array;
  #tiles = 0;
  #version = 0;
  #blankVersion = 0;

  constructor(layout: CanvasLayout) {
    const { columns, rows, tile } = layout;
    this.#layout = layout;
    this.#isOccupied = new Uint8Array(Math.ceil((columns * rows * tile * tile) / 8));
    this.#cells = new Uint32Array(columns * rows);
    this.#edges = new Uint16Array(TILE_EDGES * columns * rows);
  }

  /** The number of tiles with occupied cells. */
  get tiles(): number {
    return this.#tiles;
  }

  /** Increases whenever the results of {@link listTiles} and {@link writeBounds} change. */
  get version(): number {
    return this.#version;
  }

  /** Increases whenever cells that were in a listed rectangle no longer are. */
  get blankVersion(): number {
    return this.#blankVersion;
  }

  /** Records whether a cell has ink or a slot. */
  set(cell: number, isOccupied: boolean): void {
    const bit = 1 << (cell & 7);
    const byte = this.#isOccupied[cell >> 3];
    if (((byte & bit) !== 0) === isOccupied) return;
    this.#isOccupied[cell >> 3] = byte ^ bit;
    const { columns, tile } = this.#layout;
    const width = columns * tile;
    const x = cell % width;
    const y = (cell - x) / width;
    const index = Math.floor(y / tile) * columns + Math.floor(x / tile);
    this.#cells[index] += isOccupied ? 1 : -1;
    if (isOccupied) this.#hold(index, x, y);
    if (this.#cells[index] !== Number(isOccupied)) return;
    this.#tiles += isOccupied ? 1 : -1;
    this.#version += 1;
    if (!isOccupied) this.#blankVersion += 1;
  }

  /** Writes the rectangles of the tiles with occupied cells to `into`, {@link TILE_EDGES} numbers each, in reading order. */
  listTiles(into: Uint16Array): void {
    let next = 0;
    for (let tile = 0; tile < this.#cells.length; tile += 1) {
      if (this.#cells[tile] === 0) continue;
      for (let edge = 0; edge < TILE_EDGES; edge += 1) into[next + edge] = this.#edges[TILE_EDGES * tile + edge];
      next += TILE_EDGES;
    }
  }

  /**
   * Writes the rectangle of each tile to a texel of four bytes: left, top, and the last column and row that it contains,
   * in cells of the tile. The left column of a tile without occupied cells is 1, and its last one 0.
   */
  writeBounds(texels: Uint8Array): void {
    const { columns, tile: side } = this.#layout;
    texels.fill(0);
    for (let tile = 0; tile < this.#cells.length; tile += 1) {
      const at = TILE_EDGES * tile;
      if (this.#cells[tile] === 0) {
        texels[at] = 1;
        continue;
      }
      const left = (tile % columns) * side;
      const top = Math.floor(tile / columns) * side;
      texels[at] = this.#edges[at] - left;
      texels[at + 1] = this.#edges[at + 1] - top;
      texels[at + 2] = this.#edges[at + 2] - 1 - left;
      texels[at + 3] = this.#edges[at + 3] - 1 - top;
    }
  }

  /** Extends a tile's rectangle to a cell that has become occupied. */
  #hold(tile: number, x: number, y: number): void {
    const edges = this.#edges;
    const left = TILE_EDGES * tile;
    const [top, right, bottom] = [left + 1, left + 2, left + 3];
    if (this.#cells[tile] === 1) {
      edges[left] = x;
      edges[top] = y;
      edges[right] = x + 1;
      edges[bottom] = y + 1;
      return;
    }
    if (x >= edges[left] && x < edges[right] && y >= edges[top] && y < edges[bottom]) return;
    edges[left] = Math.min(edges[left], x);
    edges[top] = Math.min(edges[top], y);
    edges[right] = Math.max(edges[right], x + 1);
    edges[bottom] = Math.max(edges[bottom], y + 1);
    this.#version += 1;
  }
}
