/** The path of a pen, and functions to move it. */

/** A point of a pen's path; x to the right, y down. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  /** 0…1. */
  readonly pressure: number;
}

/** What a pen writes between touching the paper and leaving it. */
export type Stroke = readonly PenPoint[];

/** The destination of a path that was written in the unit square. */
export interface Placement {
  /** The centre of the square. */
  readonly x: number;
  readonly y: number;
  /** The side of the square. */
  readonly size: number;
  /** The rotation about the centre in radians, clockwise as seen with y down; 0 by default. */
  readonly turn?: number;
}

/** The rectangle around a path. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Returns the rectangle around all points of `strokes`, which must have at least one. */
export function boundsOf(strokes: readonly Stroke[]): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (const { x, y } of stroke) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, right, bottom };
}

/** Scales, turns and moves strokes of the unit square to their place. */
export function placeStrokes(strokes: readonly Stroke[], { x, y, size, turn = 0 }: Placement): Stroke[] {
  const along = size * Math.cos(turn);
  const across = size * Math.sin(turn);
  return mapStrokes(strokes, (point) => ({
    x: x + along * (point.x - 0.5) - across * (point.y - 0.5),
    y: y + across * (point.x - 0.5) + along * (point.y - 0.5),
  }));
}

/** Moves every point of the strokes and keeps the pressure. */
export function mapStrokes(
  strokes: readonly Stroke[],
  move: (point: PenPoint) => { readonly x: number; readonly y: number },
): Stroke[] {
  return strokes.map((stroke) =>
    stroke.map((point) => {
      // The object is written out, because a spread would cost more here than the rest of a digit.
      const { x, y } = move(point);
      return { x, y, pressure: point.pressure };
    }),
  );
}
