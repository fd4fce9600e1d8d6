/**
 * Finds the cells of an image that take part in a step, and their neighbours.
 * The rest of the training works on lists of cells: of the 784 cells of a digit,
 * 137 (own ink) or 238 (with a halo) are alive.
 */
import type { ModelSpecification } from '../../common/model/specification.ts';

/** Neighbours of a cell, itself included. */
export const TAPS = 9;

/** Width and height of an image of MNIST's, cells. */
export const SIDE = 28;
/** Cells of an image of MNIST's. */
export const CELLS = SIDE * SIDE;

/** The side of a square image, which is 28 cells for MNIST's and any number for a drawn one. */
export function sideOf(pixels: Uint8Array): number {
  return Math.round(Math.sqrt(pixels.length));
}

export type LifeRule = ModelSpecification['life'];

/** The cells of one digit that matter, as positions y · side + x in ascending order. */
export interface LiveCells {
  /** Cells that are updated. */
  readonly live: Uint16Array;
  /** Dead cells with faint ink beside a live one: they are perceived and never change. */
  readonly inert: Uint16Array;
  /** [live, 9] in the order of the kernel's taps: index among live then inert cells, −1 for an empty neighbour. */
  readonly neighbours: Int16Array;
}

/** By side: [cells, 9] in the order of a 3×3 cross-correlation's taps, row by row: the cell there, or −1 outside. */
const neighbourTables = new Map<number, Int16Array>();

function neighboursOf(side: number): Int16Array {
  const known = neighbourTables.get(side);
  if (known) return known;
  const table = Int16Array.from({ length: side * side * TAPS }, (_, index) => {
    const tap = index % TAPS;
    const cell = (index - tap) / TAPS;
    const x = (cell % side) + (tap % 3) - 1;
    const y = Math.floor(cell / side) + Math.floor(tap / 3) - 1;
    return x >= 0 && x < side && y >= 0 && y < side ? y * side + x : -1;
  });
  neighbourTables.set(side, table);
  return table;
}

/** 1 for every cell of an image that lives. */
function markLive(pixels: Uint8Array, table: Int16Array, { rule, inkThreshold }: LifeRule): Uint8Array {
  const live = new Uint8Array(pixels.length);
  for (let cell = 0; cell < pixels.length; cell += 1) {
    if (pixels[cell] / 255 <= inkThreshold) continue;
    live[cell] = 1;
    if (rule === 'own-ink') continue;
    for (let at = cell * TAPS; at < (cell + 1) * TAPS; at += 1) if (table[at] >= 0) live[table[at]] = 1;
  }
  return live;
}

/** Finds the live cells of a square image of ink bytes and their neighbours. */
export function findLiveCells(pixels: Uint8Array, life: LifeRule): LiveCells {
  const cells = pixels.length;
  const table = neighboursOf(sideOf(pixels));
  const marked = markLive(pixels, table, life);
  const live = new Uint16Array(cells);
  const inert = new Uint16Array(cells);
  const index = new Int16Array(cells).fill(-1);
  let liveCount = 0;
  let inertCount = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    if (!marked[cell]) continue;
    index[cell] = liveCount;
    live[liveCount] = cell;
    liveCount += 1;
  }
  const neighbours = new Int16Array(liveCount * TAPS).fill(-1);
  for (let place = 0, to = 0; place < liveCount; place += 1) {
    for (let at = live[place] * TAPS, end = at + TAPS; at < end; at += 1, to += 1) {
      const neighbour = table[at];
      if (neighbour < 0) continue;
      if (index[neighbour] < 0 && pixels[neighbour] > 0) {
        index[neighbour] = liveCount + inertCount;
        inert[inertCount] = neighbour;
        inertCount += 1;
      }
      neighbours[to] = index[neighbour];
    }
  }
  return { live: live.slice(0, liveCount), inert: inert.slice(0, inertCount), neighbours };
}
