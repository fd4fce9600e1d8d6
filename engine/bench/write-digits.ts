/** What the benchmark's cells are. */
import { drawDigit } from '../common/handwriting/draw-digit.ts';
import { DIGIT_FORMS } from '../common/handwriting/digit-forms.ts';
import type { Random } from '../common/random/random.ts';

/**
 * Returns images of digits like MNIST's, drawn by the project's own handwriting, one after the other. A model of more
 * classes gets digits as well: for the speed, only the ink counts.
 *
 * @param classes of the model; a label is none but these
 */
export function writeDigits(random: Random, count: number, classes: number): { images: Uint8Array; labels: number[] } {
  const labels = Array.from({ length: count }, (_, index) => index % Math.min(classes, DIGIT_FORMS.length));
  const all = labels.map((label) => drawDigit(random, label));
  const images = new Uint8Array(all.reduce((bytes, image) => bytes + image.length, 0));
  all.forEach((image, index) => images.set(image, index * image.length));
  return { images, labels };
}
