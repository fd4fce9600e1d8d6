/** Tells strokes from bays of the paper and from the tips of something large. */
import type { Piece } from './pieces.ts';

/** How far around a piece it is looked for more of the same, in pixels: behind its soft edges. */
const REACH = 3;
/** How far inside it there is ink without soft edges. */
const CORE_REACH = 2;
/** More of the same has this share of the contrast of the stroke beside it. */
const SAME_SHARE = 0.85;
/** A stroke goes on in no more than this share of what is around it. */
const MOST_OPEN_SHARE = 0.1;

/**
 * Those pieces that end where their ink ends. What is narrow in one place and goes on, as bright or dark, into
 * something wide is no stroke: the space between two strokes, or the corner of a table beside the sheet.
 */
export function wholePieces(pieces: readonly Piece[]): Piece[] {
  if (pieces.length === 0) return [];
  const { map, labels } = pieces[0].layer;
  const { width, height, pixels, paper } = map;
  const around = new Uint32Array(pieces.length + 1);
  const same = new Uint32Array(pieces.length + 1);
  const taken = Uint8Array.from(labels, (label) => Number(label !== 0));
  // Pixels around the pieces, and the pixel of a piece from which each was reached.
  let front: number[] = [];
  let origins: number[] = [];
  for (let index = 0; index < labels.length; index += 1) {
    if (labels[index] === 0 || !isAtEdge(index)) continue;
    front.push(index);
    origins.push(index);
  }
  for (let step = 1; step <= REACH; step += 1) {
    const nextFront: number[] = [];
    const nextOrigins: number[] = [];
    const visit = (next: number, origin: number): void => {
      if (taken[next] === 1) return;
      taken[next] = 1;
      nextFront.push(next);
      nextOrigins.push(origin);
    };
    front.forEach((index, at) => {
      const x = index % width;
      if (x > 0) visit(index - 1, origins[at]);
      if (x < width - 1) visit(index + 1, origins[at]);
      if (index >= width) visit(index - width, origins[at]);
      if (index + width < labels.length) visit(index + width, origins[at]);
    });
    front = nextFront;
    origins = nextOrigins;
  }
  front.forEach((index, at) => {
    const origin = origins[at];
    const label = labels[origin];
    around[label] += 1;
    const grey = paper[origin] - SAME_SHARE * (paper[origin] - coreOf(origin, label));
    if (pixels[index] <= grey) same[label] += 1;
  });
  return pieces.filter(({ label }) => same[label] <= MOST_OPEN_SHARE * around[label]);

  function isAtEdge(index: number): boolean {
    const x = index % width;
    return (
      (x > 0 && labels[index - 1] === 0) ||
      (x < width - 1 && labels[index + 1] === 0) ||
      (index >= width && labels[index - width] === 0) ||
      (index + width < labels.length && labels[index + width] === 0)
    );
  }

  /** The darkest grey of a piece near one of its pixels. */
  function coreOf(index: number, label: number): number {
    const x = index % width;
    const y = Math.floor(index / width);
    let darkest = 255;
    for (let row = Math.max(0, y - CORE_REACH); row <= Math.min(height - 1, y + CORE_REACH); row += 1) {
      for (let column = Math.max(0, x - CORE_REACH); column <= Math.min(width - 1, x + CORE_REACH); column += 1) {
        const near = row * width + column;
        if (labels[near] === label && pixels[near] < darkest) darkest = pixels[near];
      }
    }
    return darkest;
  }
}
