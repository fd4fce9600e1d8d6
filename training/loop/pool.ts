/**
 * The pool of digits whose states grow older from batch to batch, so that a
 * model learns to hold what it has found, and to find it again in a new image.
 */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Random } from '../../engine/common/random/random.ts';
import type { Sample } from '../automaton/batch.ts';
import { CELLS, findLiveCells } from '../automaton/live-cells.ts';

/** An image and its label, ready to start. */
export interface Digit {
  readonly pixels: Uint8Array;
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

/**
 * A true mutation: the new digit, with the state of the old one in every cell
 * that has live ink in the new image. Cells that were dead before start at zero.
 */
export function mutate(old: Sample, { pixels, label }: Digit, { channels, life }: ModelSpecification): Sample {
  if (!old.state) return { pixels, label, state: null };
  const before = new Int16Array(CELLS).fill(-1);
  findLiveCells(old.pixels, life).live.forEach((cell, index) => (before[cell] = index));
  const { live } = findLiveCells(pixels, life);
  const state = new Float32Array(live.length * channels.count);
  for (let index = 0; index < live.length; index += 1) {
    const cell = live[index];
    const from = before[cell];
    if (from < 0 || pixels[cell] / 255 <= life.inkThreshold) continue;
    const start = from * channels.count;
    state.set(old.state.subarray(start, start + channels.count), index * channels.count);
  }
  return { pixels, label, state };
}

/** Mean squared distance of the logits of a digit's cells with ink from what they should be; 1, zero logits', before it began. */
function errorOf({ label, state }: Sample, { channels, classes, classification }: ModelSpecification): number {
  if (!state) return 1;
  let squares = 0;
  let cells = 0;
  for (let base = 0; base < state.length; base += channels.count) {
    if (state[base + channels.ink] < classification.inkThreshold) continue;
    cells += 1;
    const first = base + channels.firstLogit;
    for (let logit = 0; logit < classes.length; logit += 1) {
      squares += (state[first + logit] - (logit === label ? 1 : 0)) ** 2;
    }
  }
  return squares / Math.max(1, cells);
}

/** Sorts indices of a pool in place, those of the digits that are nearest to being right first. */
export function sortByError(indices: number[], pool: readonly Sample[], specification: ModelSpecification): void {
  const errors = new Map(indices.map((index) => [index, errorOf(pool[index], specification)]));
  indices.sort((one, other) => (errors.get(one) ?? 0) - (errors.get(other) ?? 0));
}
