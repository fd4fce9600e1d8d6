/** What an editor tells whoever listens. */
import type { StrokePoint } from '../automaton/types.ts';
import type { Point } from '../view/camera.ts';

export interface EditorEvents {
  /** Ink or state was changed, and the simulation has still to take it in. */
  edited: void;
  /** There is more or less to undo. */
  history: void;
  /** A cell that the user points at. */
  touched: Point;
  /** A piece of a stroke was made. */
  stroked: StrokePiece;
}

export interface StrokePiece {
  readonly points: readonly StrokePoint[];
  /** Whether it leaves ink, rather than taking some away or disturbing cells. */
  readonly draws: boolean;
}
