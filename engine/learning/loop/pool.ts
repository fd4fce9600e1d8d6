/**
 * The pool of digits. Their states grow older from batch to batch, which teaches
 * a model to keep a correct answer, and to find the new one when an image changes.
 */
import type { ModelSpecification } from '../../common/model/specification.ts';
import type { Random } from '../../common/random/random.ts';
import { NO_CLASS, type Sample } from '../rollout/batch.ts';
import { findLiveCells, sideOf } from '../rollout/live-cells.ts';

/** An image and its label, ready to start. */
export interface Digit {
  readonly pixels: Uint8Array;
  /** A class, or `NO_CLASS`. */
  readonly label: number;
}

/** Indices of a batch in a pool of `size`. */
export function drawIndices(random: Random, size: number, count: number, replacement: boolean): number[] {
  if (replacement) return Array.from({ length: count }, () => random.below(size));
  // The first steps of a shuffle, with the moved entries in a map instead of an array of the pool's size.
  const moved = new Map<number, number>();
  return Array.from({ length: count }, (_, index) => {
    const other = index + random.below(size - index);
    const drawn = moved.get(other) ?? other;
    moved.set(other, moved.get(index) ?? index);
    return drawn;
  });
}

/** The cells of a new image's live ink, and the live cell of the old image at the same place, or −1; both by index. */
function matchCells(before: Uint8Array, after: Uint8Array, life: ModelSpecification['life']): Int16Array {
  const oldSide = sideOf(before);
  const side = sideOf(after);
  // Images of different sizes are aligned at their centres.
  const shift = Math.floor((oldSide - side) / 2);
  const places = new Int16Array(before.length).fill(-1);
  findLiveCells(before, life).live.forEach((cell, index) => (places[cell] = index));
  return Int16Array.from(findLiveCells(after, life).live, (cell) => {
    const x = (cell % side) + shift;
    const y = Math.floor(cell / side) + shift;
    return x >= 0 && x < oldSide && y >= 0 && y < oldSide ? places[y * oldSide + x] : -1;
  });
}

/**
 * A true mutation: the new digit, with the state of the old one in every cell
 * that has live ink in the new image. Cells that were dead before start at zero.
 */
export function mutate(old: Sample, { pixels, label }: Digit, { channels, life }: ModelSpecification): Sample {
  if (!old.state) return { pixels, label, state: null };
  const { live } = findLiveCells(pixels, life);
  const state = new Float32Array(live.length * channels.count);
  matchCells(old.pixels, pixels, life).forEach((from, index) => {
    if (from < 0 || pixels[live[index]] / 255 <= life.inkThreshold) return;
    const start = from * channels.count;
    state.set(old.state?.subarray(start, start + channels.count) ?? [], index * channels.count);
  });
  return { pixels, label, state };
}

/**
 * The new digit with every cell in the state of the nearest live cell of the old one, as after an erasure. No cell
 * starts at zero: all are certain of the old label, and only their neighbourhood tells them that it is wrong.
 */
export function takeOver(old: Sample, { pixels, label }: Digit, { channels, life }: ModelSpecification): Sample {
  const before = findLiveCells(old.pixels, life).live;
  if (!old.state || before.length === 0) return { pixels, label, state: null };
  const oldSide = sideOf(old.pixels);
  const side = sideOf(pixels);
  const shift = (oldSide - side) / 2;
  const { live } = findLiveCells(pixels, life);
  const state = new Float32Array(live.length * channels.count);
  live.forEach((cell, index) => {
    const x = (cell % side) + shift;
    const y = Math.floor(cell / side) + shift;
    let nearest = 0;
    let shortest = Infinity;
    for (let candidate = 0; candidate < before.length; candidate += 1) {
      const dx = (before[candidate] % oldSide) - x;
      const dy = Math.floor(before[candidate] / oldSide) - y;
      const distance = dx * dx + dy * dy;
      if (distance >= shortest) continue;
      shortest = distance;
      nearest = candidate;
    }
    const start = nearest * channels.count;
    state.set(old.state?.subarray(start, start + channels.count) ?? [], index * channels.count);
  });
  return { pixels, label, state };
}

/** Mean squared distance of the logits of a digit's inked cells from their target; 1 at the start (zero logits). */
function errorOf(
  { label, state }: Sample,
  { channels, classes, classification }: ModelSpecification,
  undecided: number,
): number {
  if (!state) return 1;
  const other = label === NO_CLASS ? undecided : 0;
  let squares = 0;
  let cells = 0;
  for (let base = 0; base < state.length; base += channels.count) {
    if (state[base + channels.ink] < classification.inkThreshold) continue;
    cells += 1;
    const first = base + channels.firstLogit;
    for (let logit = 0; logit < classes.length; logit += 1) {
      squares += (state[first + logit] - (logit === label ? 1 : other)) ** 2;
    }
  }
  return squares / Math.max(1, cells);
}

/** Sorts indices of a pool in place; the digits that are nearest to being right come first. */
export function sortByError(
  indices: number[],
  pool: readonly Sample[],
  specification: ModelSpecification,
  undecided: number,
): void {
  const errors = new Map(indices.map((index) => [index, errorOf(pool[index], specification, undecided)]));
  indices.sort((one, other) => (errors.get(one) ?? 0) - (errors.get(other) ?? 0));
}
