/**
 * Checks of the arguments that scripts pass to the page interface. Each error message says what is wrong and what would
 * be right.
 */
import { DIGIT_SIZE } from '../automaton/layout.ts';
import type { CanvasLayout, StrokePoint } from '../automaton/types.ts';
import { LARGEST_SEED } from '../common/random/random.ts';
import { LAYOUT_LIMITS } from './layout.ts';
import { describe } from './settings.ts';

/** The maximum number of points of one stroke. */
const MOST_POINTS = 100_000;
/** The maximum distance of a point from the canvas in cells, which bounds the length of a stroke. */
const FARTHEST = 1e5;

/** @throws RangeError if the value is not a whole number from `low` to `high` */
export function checkWhole(what: string, value: unknown, low: number, high: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`${what} must be a whole number from ${low} to ${high}, not ${describe(value)}.`);
}

/** @throws TypeError if the value is not a text, RangeError if it is too long */
export function checkText(what: string, value: unknown, most: number): string {
  if (typeof value !== 'string') throw new TypeError(`${what} must be a string, not ${describe(value)}.`);
  const { length } = Array.from(value);
  if (length <= most) return value;
  throw new RangeError(`${what} may have at most ${most} characters, and this one has ${length}.`);
}

/** @throws RangeError if the value is not a seed, that is, a whole number of 32 bits */
export function checkSeed(value: unknown): number {
  return checkWhole('The seed', value, 0, LARGEST_SEED);
}

/** @throws TypeError if the value is not an object with named values */
export function checkRecord(what: string, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new TypeError(`${what} must be an object with named values, not ${describe(value)}.`);
}

/**
 * Returns a copy of the bytes.
 *
 * @throws TypeError if the value is neither a Uint8Array nor an ArrayBuffer
 */
export function checkBytes(what: string, value: unknown): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
  if (value instanceof Uint8Array) return value.slice();
  throw new TypeError(`${what} must be the bytes of its file (Uint8Array), not ${describe(value)}.`);
}

/** @throws TypeError if the value is not an object, RangeError if one of its numbers is missing or out of range */
export function checkLayout(value: unknown): CanvasLayout {
  const { columns, rows, tile } = checkRecord('The canvas', value);
  const limits = LAYOUT_LIMITS;
  return {
    columns: checkWhole('"columns"', columns, limits.columns.low, limits.columns.high),
    rows: checkWhole('"rows"', rows, limits.rows.low, limits.rows.high),
    tile: checkWhole('"tile"', tile, limits.tile.low, limits.tile.high),
  };
}

/**
 * Returns a copy of the images and labels.
 *
 * @param side of an image, in cells
 * @throws TypeError or RangeError if they are not images of side · side bytes with one label each
 */
export function checkDigits(
  images: unknown,
  labels: unknown,
  side = DIGIT_SIZE,
): { images: Uint8Array; labels?: number[] } {
  const bytes = side * side;
  if (!(images instanceof Uint8Array) && !(images instanceof Uint8ClampedArray)) {
    throw new TypeError(`The images must be a Uint8Array of ${bytes} bytes each, not ${describe(images)}.`);
  }
  const count = images.length / bytes;
  if (!Number.isInteger(count)) {
    throw new RangeError(
      `The images are ${bytes} bytes each; ${images.length} bytes are not a whole number of images.`,
    );
  }
  const copy = new Uint8Array(images);
  if (labels === undefined || labels === null) return { images: copy };
  const isList = Array.isArray(labels) || (ArrayBuffer.isView(labels) && !(labels instanceof DataView));
  if (!isList) throw new TypeError(`The labels must be a list of whole numbers, not ${describe(labels)}.`);
  const numbers = Array.from(labels as ArrayLike<number>);
  if (numbers.length !== count) throw new RangeError(`There are ${numbers.length} labels for ${count} images.`);
  numbers.forEach((label, index) => checkWhole(`Label ${index}`, label, 0, 255));
  return { images: copy, labels: numbers };
}

/**
 * Returns a copy of the points of a stroke.
 *
 * @throws TypeError or RangeError that names the first invalid point
 */
export function checkPoints(points: unknown): StrokePoint[] {
  if (!Array.isArray(points) || points.length === 0 || points.length > MOST_POINTS) {
    throw new TypeError(
      `A stroke is a list of 1 to ${MOST_POINTS} points {x, y, pressure?}, not ${Array.isArray(points) ? `one of ${points.length}` : describe(points)}.`,
    );
  }
  return points.map((point: unknown, index) => {
    const { x, y, pressure = 1 } = checkRecord(`Point ${index}`, point);
    const checked = (name: string, value: unknown, low: number, high: number): number => {
      if (typeof value === 'number' && value >= low && value <= high) return value;
      throw new RangeError(
        `${name} of point ${index} must be a number from ${low} to ${high}, not ${describe(value)}.`,
      );
    };
    return {
      x: checked('"x"', x, -FARTHEST, FARTHEST),
      y: checked('"y"', y, -FARTHEST, FARTHEST),
      pressure: checked('"pressure"', pressure, 0, 1),
    };
  });
}
