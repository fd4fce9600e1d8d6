/**
 * Which cells of an image take part in a step, and who their neighbours are.
 * Everything else of the training package works on lists of cells: a digit has
 * 784 of them, of which 137 (own ink) or 238 (with a halo) live.
 */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { TAPS } from '../backend/kernels.ts';

/** Width and height of a digit's image, cells. */
export const SIDE = 28;
/** Cells of a digit's image. */
export const CELLS = SIDE * SIDE;

export type LifeRule = ModelSpecification['life'];

/** The cells of one digit that matter, as positions y · 28 + x in ascending order. */
export interface LiveCells {
  /** Cells that are updated. */
  readonly live: Uint16Array;
  /** Dead cells with faint ink beside a live one: they are perceived and never change. */
  readonly inert: Uint16Array;
  /** [live, 9] in the order of the kernel's taps: index among live then inert cells, −1 for an empty neighbour. */
  readonly neighbours: Int16Array;
}

/** Offsets of the nine taps, row by row, as a 3×3 cross-correlation reads them. */
const TAP_OFFSETS = Array.from({ length: TAPS }, (_, tap) => ({ dx: (tap % 3) - 1, dy: Math.floor(tap / 3) - 1 }));

function markLive(pixels: Uint8Array, life: LifeRule): Uint8Array {
  const inked = Uint8Array.from(pixels, (value) => (value / 255 > life.inkThreshold ? 1 : 0));
  if (life.rule === 'own-ink') return inked;
  const live = new Uint8Array(CELLS);
  forEachNeighbour(inked, (_cell, _tap, neighbour) => (live[neighbour] = 1));
  return live;
}

function forEachNeighbour(marked: Uint8Array, visit: (cell: number, tap: number, neighbour: number) => void): void {
  for (let cell = 0; cell < CELLS; cell += 1) {
    if (!marked[cell]) continue;
    const x = cell % SIDE;
    const y = (cell - x) / SIDE;
    for (let tap = 0; tap < TAPS; tap += 1) {
      const { dx, dy } = TAP_OFFSETS[tap];
      const inside = x + dx >= 0 && x + dx < SIDE && y + dy >= 0 && y + dy < SIDE;
      if (inside) visit(cell, tap, cell + dy * SIDE + dx);
    }
  }
}

/** Finds the live cells of an image of 28 · 28 ink bytes and their neighbours. */
export function findLiveCells(pixels: Uint8Array, life: LifeRule): LiveCells {
  const marked = markLive(pixels, life);
  const live: number[] = [];
  const inert: number[] = [];
  const index = new Int16Array(CELLS).fill(-1);
  for (let cell = 0; cell < CELLS; cell += 1) {
    if (marked[cell]) index[cell] = live.push(cell) - 1;
  }
  forEachNeighbour(marked, (_cell, _tap, neighbour) => {
    if (index[neighbour] < 0 && pixels[neighbour] > 0) index[neighbour] = live.length + inert.push(neighbour) - 1;
  });
  const neighbours = new Int16Array(live.length * TAPS).fill(-1);
  forEachNeighbour(marked, (cell, tap, neighbour) => (neighbours[index[cell] * TAPS + tap] = index[neighbour]));
  return { live: Uint16Array.from(live), inert: Uint16Array.from(inert), neighbours };
}
