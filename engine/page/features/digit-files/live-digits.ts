/** Counts the digits that live: those with ink that the model accepts as ink. */
import { DIGIT_SIZE } from '../../../automaton/layout.ts';
import type { ModelSpecification } from '../../../common/model/specification.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;

/** Returns how many of the images, 784 bytes each, have a live cell. */
export function countLive(images: Uint8Array, { life }: ModelSpecification): number {
  let count = 0;
  for (let start = 0; start < images.length; start += DIGIT_BYTES) {
    const image = images.subarray(start, start + DIGIT_BYTES);
    if (image.some((ink) => ink / 255 > life.inkThreshold)) count += 1;
  }
  return count;
}
