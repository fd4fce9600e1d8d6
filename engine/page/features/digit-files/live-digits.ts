/** Which digits live: those with ink that the model takes for some. */
import { DIGIT_SIZE } from '../../../automaton/layout.ts';
import type { ModelSpecification } from '../../../common/model/specification.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;

/** How many of the images, 784 bytes each, have a cell that lives. */
export function countLive(images: Uint8Array, { life }: ModelSpecification): number {
  let count = 0;
  for (let start = 0; start < images.length; start += DIGIT_BYTES) {
    const image = images.subarray(start, start + DIGIT_BYTES);
    if (image.some((ink) => ink / 255 > life.inkThreshold)) count += 1;
  }
  return count;
}
