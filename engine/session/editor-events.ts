/** The events of an editor. */
import type { StrokePoint } from '../automaton/types.ts';
import type { Point } from '../view/camera.ts';

export interface EditorEvents {
  /** The ink or the state was changed, and the simulation has yet to apply the change. */
  edited: void;
  /** There is more or less to undo or redo. */
  history: void;
  /** The user points at a cell. */
  touched: Point;
  /** A piece of a stroke was made. */
  stroked: StrokePiece;
}

export interface StrokePiece {
  readonly points: readonly StrokePoint[];
  /** Whether it leaves ink, rather than erasing some or disturbing cells. */
  readonly draws: boolean;
}
