/** Smooth curves through control points, as a hand draws them. */

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** A point that the pen passes. At a corner it turns without rounding. */
export interface ControlPoint extends Position {
  readonly corner: boolean;
}

/**
 * Returns points at even distances along the smooth curve through `controls`, including the first and the last one.
 * Between corners, the curve is a centripetal Catmull–Rom spline, which adds neither cusps nor loops (Yuksel, Schaefer
 * and Keyser 2011).
 */
export function tracePath(controls: readonly ControlPoint[], spacing: number): Position[] {
  const dense: Position[] = [controls[0]];
  let start = 0;
  for (let index = 1; index < controls.length; index += 1) {
    if (controls[index].corner || index === controls.length - 1) {
      appendSpline(dense, controls.slice(start, index + 1));
      start = index;
    }
  }
  return spaceEvenly(dense, spacing);
}

const SAMPLES_PER_SPAN = 10;

function appendSpline(path: Position[], points: readonly Position[]): void {
  const last = points.length - 1;
  for (let index = 0; index < last; index += 1) {
    const [from, to] = [points[index], points[index + 1]];
    // The spline needs a neighbour beyond each end. It is the inner neighbour, mirrored.
    const before = index > 0 ? points[index - 1] : mirrored(to, from);
    const after = index + 2 <= last ? points[index + 2] : mirrored(from, to);
    for (let sample = 1; sample <= SAMPLES_PER_SPAN; sample += 1) {
      path.push(catmullRom(before, from, to, after, sample / SAMPLES_PER_SPAN));
    }
  }
}

function mirrored(point: Position, centre: Position): Position {
  return { x: 2 * centre.x - point.x, y: 2 * centre.y - point.y };
}

/** A point between p1 (share 0) and p2 (share 1), by the pyramid of Barry and Goldman (1988). */
function catmullRom(p0: Position, p1: Position, p2: Position, p3: Position, share: number): Position {
  const t1 = knotStep(p0, p1);
  const t2 = t1 + knotStep(p1, p2);
  const t3 = t2 + knotStep(p2, p3);
  const t = t1 + share * (t2 - t1);
  const a1 = mix(p0, p1, t / t1);
  const a2 = mix(p1, p2, (t - t1) / (t2 - t1));
  const a3 = mix(p2, p3, (t - t2) / (t3 - t2));
  const b1 = mix(a1, a2, t / t2);
  const b2 = mix(a2, a3, (t - t1) / (t3 - t1));
  return mix(b1, b2, (t - t1) / (t2 - t1));
}

function knotStep(from: Position, to: Position): number {
  // Two control points in the same place would make an interval of length zero.
  return Math.max(1e-3, Math.sqrt(Math.hypot(to.x - from.x, to.y - from.y)));
}

function mix(from: Position, to: Position, share: number): Position {
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

function spaceEvenly(path: readonly Position[], spacing: number): Position[] {
  const spaced = [path[0]];
  let travelled = 0;
  for (let index = 1; index < path.length; index += 1) {
    const [from, to] = [path[index - 1], path[index]];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    let due = spacing - travelled;
    for (; due <= length; due += spacing) spaced.push(mix(from, to, due / length));
    travelled = length - (due - spacing);
  }
  spaced.push(path[path.length - 1]);
  return spaced;
}

/**
 * Rounds the bends of a path, as a hasty hand does. Each pass moves every point except the ends half way to the middle
 * of its neighbours.
 */
export function roundPath(path: readonly Position[], passes: number): Position[] {
  let rounded = [...path];
  for (let pass = 0; pass < passes; pass += 1) {
    rounded = rounded.map((point, index) => {
      if (index === 0 || index === rounded.length - 1) return point;
      const [before, after] = [rounded[index - 1], rounded[index + 1]];
      return { x: (before.x + 2 * point.x + after.x) / 4, y: (before.y + 2 * point.y + after.y) / 4 };
    });
  }
  return rounded;
}
