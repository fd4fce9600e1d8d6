/** The drawings of a sign on their tiles, with undo and redo. It knows no elements. */
import type { Drawing, DrawnPoint, DrawnStroke } from '../../../learning/teach/sign.ts';

/** The side of a tile, in cells, as of a digit. */
export const TILE_CELLS = 28;

/** The number of tiles. */
export const TILES = 12;

/** More than any hand draws. A drawing from storage that has more is not taken. */
const MOST_POINTS = 5000;

const MOST_UNDO = 200;

type State = readonly Drawing[];

const EMPTY: State = Array.from({ length: TILES }, () => []);

export class DrawingSheet {
  #present: State = EMPTY;
  #past: State[] = [];
  #future: State[] = [];
  readonly #changed: () => void;

  /** @param changed called after every change */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The drawing of each tile; empty where nothing is drawn. */
  get tiles(): State {
    return this.#present;
  }

  /** The drawings that are there. */
  get drawings(): Drawing[] {
    return this.#present.filter(({ length }) => length > 0);
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  addStroke(tile: number, stroke: DrawnStroke): void {
    if (stroke.length > 0) this.#change(tile, [...this.#present[tile], stroke]);
  }

  put(tile: number, drawing: Drawing): void {
    this.#change(tile, drawing);
  }

  clear(tile: number): void {
    if (this.#present[tile].length > 0) this.#change(tile, []);
  }

  clearAll(): void {
    if (this.drawings.length > 0) this.#go(EMPTY);
  }

  undo(): void {
    const before = this.#past.pop();
    if (!before) return;
    this.#future.push(this.#present);
    this.#present = before;
    this.#changed();
  }

  redo(): void {
    const after = this.#future.pop();
    if (!after) return;
    this.#past.push(this.#present);
    this.#present = after;
    this.#changed();
  }

  /** Replaces everything, without undo. Drawings that have no tile are left out. */
  open(drawings: readonly Drawing[]): void {
    this.#present = EMPTY.map((empty, tile) => drawings[tile] ?? empty);
    this.#past = [];
    this.#future = [];
    this.#changed();
  }

  #change(tile: number, drawing: Drawing): void {
    this.#go(this.#present.map((before, index) => (index === tile ? drawing : before)));
  }

  #go(state: State): void {
    this.#past.push(this.#present);
    if (this.#past.length > MOST_UNDO) this.#past.shift();
    this.#future = [];
    this.#present = state;
    this.#changed();
  }
}

/** The drawings in a value from a file, a script or storage, or null if it is none. */
export function drawingsIn(value: unknown): Drawing[] | null {
  if (!Array.isArray(value)) return null;
  const drawings = value.map(drawingIn);
  return drawings.every((drawing) => drawing !== null) ? drawings : null;
}

function drawingIn(value: unknown): Drawing | null {
  if (!Array.isArray(value)) return null;
  const strokes = value.map((stroke: unknown) => (Array.isArray(stroke) && stroke.every(isPoint) ? stroke : null));
  const points = strokes.reduce((sum, stroke) => sum + (stroke?.length ?? 0), 0);
  return points <= MOST_POINTS && strokes.every((stroke) => stroke !== null) ? strokes : null;
}

function isPoint(value: unknown): value is DrawnPoint {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y } = value as { x?: unknown; y?: unknown };
  return Number.isFinite(x) && Number.isFinite(y);
}
