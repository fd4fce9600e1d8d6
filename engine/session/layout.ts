/** Where the tiles lie when nobody has said so, and what anybody may say. */
import type { CanvasLayout } from '../automaton/types.ts';
import type { Extent } from '../view/camera.ts';

export const LAYOUT_LIMITS = {
  columns: { low: 1, high: 128 },
  rows: { low: 1, high: 128 },
  /** A digit is 28 cells wide. */
  tile: { low: 28, high: 256 },
} as const;

/** Four cells between the squares of two digits: more than any published rule of life can cross. */
export const DEFAULT_TILE = 32;

/** Digits that a canvas holds when neither columns nor rows are asked for. */
export const LEAST_DIGITS = 400;

/** Digits that a canvas holds at most when only columns or only rows are asked for. */
const MOST_DIGITS = 1600;

/** Digits beyond the least that may be added so that the tiles fill the window better, as a share of them. */
const SPARE_SHARE = 0.15;

/** A stage whose shorter side is below this, in CSS pixels, is that of a phone or of a very small window. */
const SMALL_STAGE = 450;

/** There a tile takes so many CSS pixels along a side, or somewhat less: a fingertip's width. */
const SMALL_STAGE_TILE = 64;

/** Digits that even the smallest stage gets. */
const FEWEST_DIGITS = 12;

/**
 * The canvas for a window of this shape. Both `columns` and `rows` given: just
 * those. One given: the other follows the window's shape, up to 1,600 tiles. Neither: of all ways
 * to lay out 400 to 460 tiles, on a small stage fewer, the one closest to the window's shape, the fewest
 * tiles first. A phone held upright so gets fewer columns.
 */
export function chooseLayout(window: Extent, asked: Partial<CanvasLayout> = {}): CanvasLayout {
  const tile = asked.tile ?? DEFAULT_TILE;
  const aspect = window.width > 0 && window.height > 0 ? window.width / window.height : 1;
  if (asked.columns !== undefined && asked.rows !== undefined) {
    return { columns: asked.columns, rows: asked.rows, tile };
  }
  if (asked.columns !== undefined) {
    return { columns: asked.columns, rows: follow(asked.columns, 1 / aspect), tile };
  }
  if (asked.rows !== undefined) {
    return { columns: follow(asked.rows, aspect), rows: asked.rows, tile };
  }
  return { ...bestGrid(aspect, leastDigits(window)), tile };
}

/** Whether a stage is so small that it gets fewer and larger digits. */
export function isSmallStage({ width, height }: Extent): boolean {
  const shorter = Math.min(width, height);
  return shorter > 0 && shorter < SMALL_STAGE;
}

/**
 * The tiles in the middle of a canvas that a small stage leaves empty at first, so that a finger finds room to write:
 * two or three each way, so that they lie in the very middle, one where there are few.
 */
export function isWritingRoom({ columns, rows }: CanvasLayout, tile: number): boolean {
  return isInMiddle(tile % columns, columns) && isInMiddle(Math.floor(tile / columns), rows);
}

function isInMiddle(place: number, count: number): boolean {
  const room = count % 2 === 0 ? 2 : count < 7 ? 1 : 3;
  return Math.abs(place - (count - 1) / 2) < room / 2;
}

function leastDigits(stage: Extent): number {
  if (!isSmallStage(stage)) return LEAST_DIGITS;
  const fitting = Math.floor((stage.width * stage.height) / SMALL_STAGE_TILE ** 2);
  return Math.min(LEAST_DIGITS, Math.max(FEWEST_DIGITS, fitting));
}

function bestGrid(aspect: number, leastDigits: number): { columns: number; rows: number } {
  let best = { columns: leastDigits, rows: 1 };
  let bestMisfit = Infinity;
  const mostDigits = Math.floor(leastDigits * (1 + SPARE_SHARE));
  for (let count = leastDigits; count <= mostDigits; count += 1) {
    for (let rows = 1; rows <= count; rows += 1) {
      const columns = count / rows;
      if (!Number.isInteger(columns) || columns > LAYOUT_LIMITS.columns.high || rows > LAYOUT_LIMITS.rows.high)
        continue;
      const misfit = Math.abs(Math.log(columns / rows / aspect));
      if (misfit < bestMisfit - 1e-9) {
        best = { columns, rows };
        bestMisfit = misfit;
      }
    }
  }
  return best;
}

/** How many tiles the other way, `ratio` as many as there are this way. */
function follow(count: number, ratio: number): number {
  const most = Math.min(LAYOUT_LIMITS.rows.high, Math.floor(MOST_DIGITS / count));
  return Math.min(most, Math.max(1, Math.round(count * ratio)));
}
