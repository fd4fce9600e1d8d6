/** Digits of the pool that lose one side, as a hand erases it on the page: the cells that are left keep their state. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Random } from '../../engine/common/random/random.ts';
import { mutate } from '../../engine/learning/loop/pool.ts';
import { NO_CLASS, type Sample } from '../../engine/learning/rollout/batch.ts';
import { sideOf } from '../../engine/learning/rollout/live-cells.ts';
import { remainsOf, SIDES, type Side } from '../strokes/remains.ts';

/** How far the cut may be from the middle, as a share of the digit's width or height. */
const JITTER = 0.06;

/** The image without the ink on one side of its middle. */
function withoutSide(pixels: Uint8Array, erased: Side, random: Random): Uint8Array {
  const width = sideOf(pixels);
  const isAcross = erased === 'left' || erased === 'right';
  const placeOf = (cell: number): number => (isAcross ? cell % width : Math.floor(cell / width));
  let [first, last] = [width, -1];
  pixels.forEach((ink, cell) => {
    if (ink <= 127) return;
    first = Math.min(first, placeOf(cell));
    last = Math.max(last, placeOf(cell));
  });
  const cut = (first + last + 1) / 2 + random.range(-JITTER, JITTER) * (last + 1 - first);
  const isBefore = erased === 'left' || erased === 'upper';
  return pixels.map((ink, cell) => (placeOf(cell) + 0.5 < cut === isBefore ? 0 : ink));
}

/**
 * A digit after one of its sides was erased, labelled with what is left; null if nobody can say what any of its halves
 * is, or if the model has no such class.
 */
export function eraseSide(old: Sample, model: ModelSpecification, random: Random): Sample | null {
  if (old.label === NO_CLASS) return null;
  const { name } = model.classes[old.label];
  const choices = SIDES.flatMap((side) => {
    const remains = remainsOf(name, side);
    if (remains === undefined) return [];
    const label = remains === null ? NO_CLASS : model.classes.findIndex((entry) => entry.name === remains);
    return remains !== null && label < 0 ? [] : [{ side, label }];
  });
  if (choices.length === 0) return null;
  const { side, label } = choices[random.below(choices.length)];
  return mutate(old, { pixels: withoutSide(old.pixels, side, random), label }, model);
}
