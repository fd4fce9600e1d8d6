/** Digits to train on or to measure with. */
import { createHash } from 'node:crypto';
import type { Digit } from '../../engine/learning/loop/pool.ts';

/** Images and their labels. */
export interface Digits {
  /** What they are, in words, such as "MNIST training". */
  readonly name: string;
  readonly count: number;
  /** Ink bytes, side · side a digit: 784 of MNIST's. */
  readonly images: Uint8Array;
  /** 0 to 9. */
  readonly labels: Uint8Array;
}

/** How many of MNIST's last training images are kept for validation; training never sees them. */
export const VALIDATION_COUNT = 5000;

/** The digit at `index`; its pixels are a view. */
export function digitAt({ images, labels }: Digits, index: number): Digit {
  const cells = images.length / labels.length;
  return { pixels: images.subarray(index * cells, (index + 1) * cells), label: labels[index] };
}

/** The digits from `start` to `end` under another name; views. */
export function sliceDigits({ images, labels }: Digits, name: string, start: number, end: number): Digits {
  const cells = images.length / labels.length;
  return {
    name,
    count: end - start,
    images: images.subarray(start * cells, end * cells),
    labels: labels.subarray(start, end),
  };
}

/** SHA-256 of all images, then all labels, as hex. */
export function digestOf({ images, labels }: Digits): string {
  return createHash('sha256').update(images).update(labels).digest('hex');
}
