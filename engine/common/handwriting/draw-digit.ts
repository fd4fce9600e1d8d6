/** Images of handwritten digits, normalised like those of MNIST. */
import type { Random } from '../random/random.ts';
import { EDGE_CELLS } from './brush.ts';
import { rasterizeStrokes } from './rasterize.ts';
import { placeStrokes, type Stroke } from './stroke.ts';
import { type FormsByNumber, type Hand, writeDigit } from './write-digit.ts';

export interface DrawOptions {
  /** The side of the image in cells; 28 by default. */
  readonly size?: number;
  /** The width of the pen at full pressure, in cells of an image of 28 cells; random by default. */
  readonly penWidth?: number;
  /** The writer; random by default. */
  readonly hand?: Hand;
  /** The forms to choose from, by number; those of the digits by default. */
  readonly forms?: FormsByNumber;
}

const MNIST_SIZE = 28;
/** The side of the box that the ink of an MNIST digit fills. */
const MNIST_BOX = 20;
/** A medium pressure among those of {@link writeDigit}. */
const USUAL_PRESSURE = 0.82;

/**
 * Draws a handwritten digit: ink that fits into a box of 20 of the image's 28 cells, with its centre of mass in the
 * middle.
 *
 * @param digit 0…9
 * @returns size · size bytes, rows from the top; 0 is paper, 255 is ink
 * @throws RangeError for any other digit
 */
export function drawDigit(
  random: Random,
  digit: number,
  { size = MNIST_SIZE, penWidth = randomPenWidth(random), hand, forms }: DrawOptions = {},
): Uint8Array {
  return draw(writeDigit(random, digit, hand, forms), { side: size, scale: size / MNIST_SIZE, penWidth, turn: 0 });
}

/** A square image of a digit. */
export interface DigitImage {
  /** In cells. */
  readonly side: number;
  /** side · side bytes, rows from the top; 0 is paper, 255 is ink. */
  readonly ink: Uint8Array;
}

/**
 * Draws a handwritten digit in any size and at any angle, with its centre of mass in the middle. The image has room for
 * the square of 28 cells that {@link drawDigit} draws in, scaled and turned.
 *
 * @param scale 1 for the usual size
 * @param forms the forms to choose from, by number; those of the digits by default
 * @param turn in radians, clockwise
 * @throws RangeError for any other digit
 */
export function drawTurnedDigit(
  random: Random,
  digit: number,
  scale: number,
  turn: number,
  forms?: FormsByNumber,
): DigitImage {
  const penWidth = randomPenWidth(random);
  const side = 2 * Math.ceil((MNIST_SIZE / 2) * scale * (Math.abs(Math.cos(turn)) + Math.abs(Math.sin(turn))) - 1e-9);
  return { side, ink: draw(writeDigit(random, digit, undefined, forms), { side, scale, penWidth, turn }) };
}

interface Drawing {
  /** The side of the image, in cells. */
  readonly side: number;
  readonly scale: number;
  /** In cells, at a scale of 1. */
  readonly penWidth: number;
  /** In radians, clockwise. */
  readonly turn: number;
}

function draw(strokes: readonly Stroke[], { side, scale, penWidth, turn }: Drawing): Uint8Array {
  const radius = (penWidth / 2) * scale;
  const options = { width: side, height: side, radius };
  // The ink extends beyond the path by the radius of the pen on both sides, less for a light pen.
  const box = MNIST_BOX * scale - 2 * USUAL_PRESSURE * radius - EDGE_CELLS / 2;
  const placement = { x: side / 2, y: side / 2, size: box, turn };
  const { x, y } = centreOfMass(rasterizeStrokes(placeStrokes(strokes, placement), options), side);
  const centred = { ...placement, x: side - x, y: side - y };
  return rasterizeStrokes(placeStrokes(strokes, centred), options);
}

/** Pens as wide as those of MNIST: about two and a half cells, rarely below one and a half or above four. */
function randomPenWidth(random: Random): number {
  return Math.min(4.5, Math.max(1.5, 2.75 * Math.exp(random.normal(0.27))));
}

function centreOfMass(image: Uint8Array, width: number): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  for (let index = 0; index < image.length; index += 1) {
    const ink = image[index];
    if (ink === 0) continue;
    mass += ink;
    x += ink * ((index % width) + 0.5);
    y += ink * (Math.floor(index / width) + 0.5);
  }
  return { x: x / mass, y: y / mass };
}
