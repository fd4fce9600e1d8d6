/** Images of handwritten digits, normalised as those of MNIST are. */
import type { Random } from '../random/random.ts';
import { EDGE_CELLS } from './brush.ts';
import { rasterizeStrokes } from './rasterize.ts';
import { placeStrokes } from './stroke.ts';
import { type Hand, writeDigit } from './write-digit.ts';

export interface DrawOptions {
  /** Side of the image in cells; 28 by default. */
  readonly size?: number;
  /** Width of the pen under full pressure, in cells of an image of 28; a random one by default. */
  readonly penWidth?: number;
  /** The writer; a random one by default. */
  readonly hand?: Hand;
}

const MNIST_SIZE = 28;
/** Side of the box that the ink of an MNIST digit fills. */
const MNIST_BOX = 20;
/** Pressure in the middle of those of {@link writeDigit}. */
const USUAL_PRESSURE = 0.82;

/**
 * A handwritten digit: ink that fits a box of 20 of the image's 28 cells, its centre of mass in the middle.
 * @param digit 0…9
 * @returns size · size bytes, rows from the top; 0 is paper, 255 is ink
 * @throws RangeError for another digit
 */
export function drawDigit(
  random: Random,
  digit: number,
  { size = MNIST_SIZE, penWidth = randomPenWidth(random), hand }: DrawOptions = {},
): Uint8Array {
  const cells = size / MNIST_SIZE;
  const radius = (penWidth / 2) * cells;
  const strokes = writeDigit(random, digit, hand);
  const options = { width: size, height: size, radius };
  // The pen stands out over its path on both sides; a light one less.
  const box = MNIST_BOX * cells - 2 * USUAL_PRESSURE * radius - EDGE_CELLS / 2;
  const placement = { x: size / 2, y: size / 2, size: box };
  const { x, y } = centreOfMass(rasterizeStrokes(placeStrokes(strokes, placement), options), size);
  const centred = { ...placement, x: size - x, y: size - y };
  return rasterizeStrokes(placeStrokes(strokes, centred), options);
}

/** Pens as wide as those of MNIST: about two and a half cells, seldom below one and a half or above four. */
function randomPenWidth(random: Random): number {
  return Math.min(4.5, Math.max(1.5, 2.75 * Math.exp(random.normal(0.27))));
}

function centreOfMass(image: Uint8Array, width: number): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((ink, index) => {
    mass += ink;
    x += ink * ((index % width) + 0.5);
    y += ink * (Math.floor(index / width) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}
