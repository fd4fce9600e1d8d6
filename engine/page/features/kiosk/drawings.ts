/** What guests have drawn, grouped by position: strokes that come near each other are one drawing. */
import type { CanvasLayout, StrokePoint } from '../../../automaton/types.ts';

/** Strokes of one digit come this near to each other, in cells; strokes of neighbouring digits do not. */
const NEAR_CELLS = 5;

/** The most drawings to remember; the oldest are forgotten first. */
const MOST_DRAWINGS = 40;

/** How far ink reaches beside the pointer's path, in cells. */
const MARGIN_CELLS = 2;

/** The spacing of sample points along a stroke, in cells, so that no tile is missed. */
const SPACING_CELLS = 4;

export class Drawing {
  /** The tiles that its strokes go through, as numbers in reading order. */
  readonly tiles = new Set<number>();
  /** Those tiles and the neighbouring ones that its ink may reach. */
  readonly reach = new Set<number>();
  /** Whether the cells have agreed on what it is. */
  isNamed = false;
  left = Infinity;
  top = Infinity;
  right = -Infinity;
  bottom = -Infinity;

  /** The length of its longer side, in cells. */
  get size(): number {
    return Math.max(0, this.right - this.left, this.bottom - this.top);
  }

  isNear({ x, y }: StrokePoint): boolean {
    return (
      x > this.left - NEAR_CELLS &&
      x < this.right + NEAR_CELLS &&
      y > this.top - NEAR_CELLS &&
      y < this.bottom + NEAR_CELLS
    );
  }

  add({ x, y }: StrokePoint, layout: CanvasLayout): void {
    this.left = Math.min(this.left, x);
    this.right = Math.max(this.right, x);
    this.top = Math.min(this.top, y);
    this.bottom = Math.max(this.bottom, y);
    addTile(this.tiles, { x, y }, layout);
    for (const beside of [-MARGIN_CELLS, MARGIN_CELLS]) {
      for (const below of [-MARGIN_CELLS, MARGIN_CELLS]) addTile(this.reach, { x: x + beside, y: y + below }, layout);
    }
  }
}

function addTile(tiles: Set<number>, { x, y }: StrokePoint, { columns, rows, tile }: CanvasLayout): void {
  const column = Math.floor(x / tile);
  const row = Math.floor(y / tile);
  if (column >= 0 && row >= 0 && column < columns && row < rows) tiles.add(row * columns + column);
}

export class Drawings {
  #drawings: Drawing[] = [];

  /** Adds a piece of a stroke, and returns the drawing that it belongs to. */
  add(points: readonly StrokePoint[], layout: CanvasLayout): Drawing | null {
    const [first] = points;
    if (!first) return null;
    const drawing = this.at(first) ?? this.#begin();
    let before = first;
    for (const point of points) {
      const pieces = Math.max(1, Math.ceil(Math.hypot(point.x - before.x, point.y - before.y) / SPACING_CELLS));
      for (let piece = 1; piece <= pieces; piece += 1) {
        const share = piece / pieces;
        const x = before.x + share * (point.x - before.x);
        drawing.add({ x, y: before.y + share * (point.y - before.y) }, layout);
      }
      before = point;
    }
    return drawing;
  }

  /** The latest drawing near a point, or null. */
  at(point: StrokePoint): Drawing | null {
    return this.#drawings.findLast((drawing) => drawing.isNear(point)) ?? null;
  }

  forget(): void {
    this.#drawings = [];
  }

  #begin(): Drawing {
    const drawing = new Drawing();
    this.#drawings = [...this.#drawings.slice(1 - MOST_DRAWINGS), drawing];
    return drawing;
  }
}
