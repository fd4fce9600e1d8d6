/** The path of a hand that writes or draws: pen down along the strokes, and up between them. */
import { boundsOf, placeStrokes, type Stroke } from '../../../common/handwriting/stroke.ts';

/** A point on the path; the hand reaches it with the pen down or up. */
export interface PenStep {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly down: boolean;
}

/** Side of the box that MNIST's digits fill, in cells, less the width of the pen. */
const BOX_CELLS = 17.5;

/**
 * Returns the path to draw strokes around a point of the canvas, as large as a digit.
 * @param unitStrokes in a square whose side is 1
 */
export function penPath(unitStrokes: readonly Stroke[], centre: { readonly x: number; readonly y: number }): PenStep[] {
  const strokes = placeStrokes(unitStrokes, { ...centre, size: BOX_CELLS });
  const { left, top, right, bottom } = boundsOf(strokes);
  const shift = { x: centre.x - (left + right) / 2, y: centre.y - (top + bottom) / 2 };
  return strokes.flatMap((stroke: Stroke) =>
    stroke.map(({ x, y, pressure }, index) => ({ x: x + shift.x, y: y + shift.y, pressure, down: index > 0 })),
  );
}

/** A hand that moves along such a path. */
export class Pen {
  readonly #path: readonly PenStep[];
  #next = 0;
  #position: PenStep;

  /** @param start where the hand is before it begins */
  constructor(path: readonly PenStep[], start: { readonly x: number; readonly y: number }) {
    this.#path = path;
    this.#position = { ...start, pressure: 1, down: false };
  }

  get position(): PenStep {
    return this.#position;
  }

  get done(): boolean {
    return this.#next >= this.#path.length;
  }

  /**
   * Advances by a distance in cells. Calls `draw` for every piece with the pen down.
   * @param upSpeed how much faster the hand is in the air
   */
  advance(cells: number, upSpeed: number, draw: (from: PenStep, to: PenStep) => void): void {
    let left = cells;
    while (left > 0 && !this.done) {
      const goal = this.#path[this.#next];
      const from = this.#position;
      const ratio = goal.down ? 1 : upSpeed;
      const distance = Math.hypot(goal.x - from.x, goal.y - from.y) / ratio;
      const share = distance > left ? left / distance : 1;
      const to = {
        x: from.x + share * (goal.x - from.x),
        y: from.y + share * (goal.y - from.y),
        pressure: from.down ? from.pressure + share * (goal.pressure - from.pressure) : goal.pressure,
        down: goal.down,
      };
      if (goal.down) draw(from, to);
      this.#position = to;
      left -= distance;
      if (share === 1) this.#next += 1;
    }
  }
}
