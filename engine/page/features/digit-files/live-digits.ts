/** Counts the digits that live: those with ink that the model accepts as ink. */
import type { ModelSpecification } from '../../../common/model/specification.ts';

/** Returns how many of the images, side · side bytes each, have a live cell. */
export function countLive(images: Uint8Array, side: number, { life }: ModelSpecification): number {
  let count = 0;
  for (let start = 0; start < images.length; start += side * side) {
    const image = images.subarray(start, start + side * side);
    if (image.some((ink) => ink / 255 > life.inkThreshold)) count += 1;
  }
  return count;
}
