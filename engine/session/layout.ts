/** The default arrangement of the tiles, and the limits of what can be requested. */
import type { CanvasLayout } from '../automaton/types.ts';
import type { Extent } from '../view/camera.ts';

export const LAYOUT_LIMITS = {
  columns: { low: 1, high: 128 },
  rows: { low: 1, high: 128 },
  /** A digit is 28 cells wide. */
  tile: { low: 28, high: 256 },
} as const;

/** Four cells between the squares of two digits, which is more than any published life rule can cross. */
export const DEFAULT_TILE = 32;

/** The minimum number of digits if neither columns nor rows are requested. */
export const LEAST_DIGITS = 400;

/** The maximum number of digits if only columns or only rows are requested. */
const MOST_DIGITS = 1600;

/** The digits that may be added to the minimum so that the tiles fill the window better, as a share of the minimum. */
const SPARE_SHARE = 0.15;

/** A stage whose shorter side is below this, in CSS pixels, belongs to a phone or to a very small window. */
const SMALL_STAGE = 450;

/** On a small stage, a tile takes at most about this many CSS pixels along a side: a fingertip's width. */
const SMALL_STAGE_TILE = 64;

/** The number of digits that even the smallest stage gets. */
const FEWEST_DIGITS = 12;

/**
 * Returns the canvas for a window of this shape. If both `columns` and `rows` are given, they are used. If one is
 * given, the other follows the window's shape, up to 1,600 tiles. If neither is given, the result is the arrangement of
 * 400 to 460 tiles (fewer on a small stage) that is closest to the window's shape; of equally close ones, the one with
 * the fewest tiles. A phone held upright therefore gets fewer columns.
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
 * Whether a tile is one of those in the middle of a canvas that a small stage leaves empty at first, so that there is
 * room to write with a finger. There are two or three each way, so that they are centred, or one if there are few
 * tiles.
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

/** Returns the number of tiles in the other direction, `ratio` times as many as in this one. */
function follow(count: number, ratio: number): number {
  const most = Math.min(LAYOUT_LIMITS.rows.high, Math.floor(MOST_DIGITS / count));
  return Math.min(most, Math.max(1, Math.round(count * ratio)));
}
