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
  /** The number of each digit's class. */
  readonly labels: Uint8Array;
  /** The names of the classes; null if only the numbers are known. */
  readonly classNames: readonly string[] | null;
  /** Whether their order is known to mix the classes, as MNIST's does, so that the first few are like all. */
  readonly isMixed?: boolean;
  /** Where each of them stands in its split, from 0, if they were picked from all over it. */
  readonly places?: readonly number[];
}

/** How many of MNIST's last training images are kept for validation; training never sees them. */
export const VALIDATION_COUNT = 5000;

/** The digit at `index`. Its pixels are a copy: a message to a worker that held a view would carry the whole set. */
export function digitAt({ images, labels }: Digits, index: number): Digit {
  const cells = images.length / labels.length;
  return { pixels: images.slice(index * cells, (index + 1) * cells), label: labels[index] };
}

/** The digits from `start` to `end` under another name; views. */
export function sliceDigits(digits: Digits, name: string, start: number, end: number): Digits {
  const { images, labels, classNames, isMixed, places } = digits;
  const cells = images.length / labels.length;
  return {
    name,
    count: end - start,
    images: images.subarray(start * cells, end * cells),
    labels: labels.subarray(start, end),
    classNames,
    isMixed,
    places: places?.slice(start, end),
  };
}

/** The digits at some places under another name; copies. */
export function pickDigits(digits: Digits, name: string, places: readonly number[]): Digits {
  const { images, labels, classNames } = digits;
  const cells = images.length / labels.length;
  const picked = new Uint8Array(places.length * cells);
  places.forEach((place, index) => picked.set(images.subarray(place * cells, (place + 1) * cells), index * cells));
  return {
    name,
    count: places.length,
    images: picked,
    labels: Uint8Array.from(places, (place) => labels[place]),
    classNames,
  };
}

/**
 * At most `most` of the digits: the first ones if their order mixes the classes. If it may not, as in files that are
 * sorted by class, each class has the share that it has of them all.
 */
export function takeDigits(digits: Digits, most: number): Digits {
  const { name, count, labels, isMixed } = digits;
  if (most >= count) return digits;
  if (isMixed) return sliceDigits(digits, name, 0, most);
  const byClass = [...labels.keys()].sort((one, other) => labels[one] - labels[other] || one - other);
  const places = Array.from({ length: most }, (_, index) => byClass[Math.floor(((index + 0.5) * count) / most)]);
  places.sort((one, other) => one - other);
  return { ...pickDigits(digits, name, places), places: places.map((place) => digits.places?.[place] ?? place) };
}

/** SHA-256 of all images, then all labels, as hex. */
export function digestOf({ images, labels }: Digits): string {
  return createHash('sha256').update(images).update(labels).digest('hex');
}
