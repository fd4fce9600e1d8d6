/**
 * Converts a digit of any size and pen to the form of MNIST's digits: 20 cells large, centred by mass, with a usual pen
 * width.
 */
import { type FoundDigit, strokeWidthOf } from './group-digits.ts';
import { extentOf, heightOf, widthOf } from './pieces.ts';

const SIZE = 28;
const BOX = 20;
/** A thinner pen is drawn this wide, in cells. MNIST's pens are about two and a half cells wide. */
const LEAST_PEN_CELLS = 2;

/** @returns 784 bytes of ink */
export function normalizeDigit(digit: FoundDigit): Uint8Array {
  const scale = BOX / extentOf(digit);
  const growth = Math.max(0, (LEAST_PEN_CELLS / scale - strokeWidthOf(digit)) / 2);
  // The ink added around the strokes must also fit in the crop.
  const crop = cutOut(digit, Math.ceil(growth) + 1);
  if (growth > 0.25) thicken(crop, growth);
  return place(crop, BOX / (extentOf(digit) + 2 * growth));
}

interface Crop {
  readonly width: number;
  readonly height: number;
  /** The ink of each pixel, 0…1. */
  readonly ink: Float32Array;
  readonly mask: Uint8Array;
}

/** Returns the digit's ink with its soft edges, one pixel wide. Ink that belongs to other digits is left out. */
function cutOut(digit: FoundDigit, margin: number): Crop {
  const { map, labels } = digit.pieces[0].layer;
  const own = new Set(digit.pieces.map(({ label }) => label));
  const width = widthOf(digit) + 2 * margin;
  const height = heightOf(digit) + 2 * margin;
  const ink = new Float32Array(width * height);
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const sourceY = y + digit.top - margin;
    if (sourceY < 0 || sourceY >= map.height) continue;
    for (let x = 0; x < width; x += 1) {
      const sourceX = x + digit.left - margin;
      if (sourceX < 0 || sourceX >= map.width) continue;
      mask[y * width + x] = own.has(labels[sourceY * map.width + sourceX]) ? 1 : 0;
    }
  }
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const isEdge = mask[at - 1] + mask[at + 1] + mask[at - width] + mask[at + width] > 0;
      if (mask[at] === 0 && !isEdge) continue;
      const [sourceX, sourceY] = [x + digit.left - margin, y + digit.top - margin];
      if (sourceX < 0 || sourceY < 0 || sourceX >= map.width || sourceY >= map.height) continue;
      const source = sourceY * map.width + sourceX;
      if (mask[at] === 1 || labels[source] === 0) ink[at] = map.ink[source];
    }
  }
  return { width, height, ink, mask };
}

/**
 * Widens the strokes by `growth` pixels on each side, with a soft edge. Distances are computed with a 3–4 chamfer
 * (Borgefors 1986).
 */
function thicken({ width, height, ink, mask }: Crop, growth: number): void {
  const distance = new Float32Array(width * height).fill(1e6);
  for (let index = 0; index < mask.length; index += 1) if (mask[index] === 1) distance[index] = 0;
  const relax = (index: number, x: number, y: number, dx: number, dy: number): void => {
    const [fromX, fromY] = [x + dx, y + dy];
    if (fromX < 0 || fromY < 0 || fromX >= width || fromY >= height) return;
    const reached = distance[fromY * width + fromX] + (dx !== 0 && dy !== 0 ? 4 / 3 : 1);
    if (reached < distance[index]) distance[index] = reached;
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      relax(index, x, y, -1, 0);
      relax(index, x, y, -1, -1);
      relax(index, x, y, 0, -1);
      relax(index, x, y, 1, -1);
    }
  }
  for (let y = height - 1; y >= 0; y -= 1) {
    for (let x = width - 1; x >= 0; x -= 1) {
      const index = y * width + x;
      relax(index, x, y, 1, 0);
      relax(index, x, y, 1, 1);
      relax(index, x, y, 0, 1);
      relax(index, x, y, -1, 1);
    }
  }
  for (let index = 0; index < ink.length; index += 1) {
    ink[index] = Math.min(1, Math.max(0, growth + 0.5 - distance[index] + (distance[index] === 0 ? 1 : 0)));
  }
}

/**
 * Scales the crop so that each cell is the mean of what it covers, with the centre of mass in the middle of the image.
 */
function place({ width, ink }: Crop, scale: number): Uint8Array {
  let [mass, massX, massY] = [0, 0, 0];
  ink.forEach((value, index) => {
    const x = index % width;
    mass += value;
    massX += value * (x + 0.5);
    massY += value * ((index - x) / width + 0.5);
  });
  const cells = new Float32Array(SIZE * SIZE);
  const [shiftX, shiftY] = [SIZE / 2 - (scale * massX) / mass, SIZE / 2 - (scale * massY) / mass];
  ink.forEach((value, index) => {
    if (value === 0) return;
    const x = index % width;
    const y = (index - x) / width;
    spread(cells, value, shiftX + scale * x, shiftY + scale * y, scale);
  });
  const most = Math.max(...cells, 1e-6);
  return Uint8Array.from(cells, (value) => Math.round(255 * Math.min(1, value / Math.min(1, most))));
}

/** Adds a pixel's ink, a square of `side` cells, to the cells that it covers, by area. */
function spread(cells: Float32Array, value: number, left: number, top: number, side: number): void {
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(SIZE, top + side); y += 1) {
    const coveredY = Math.min(y + 1, top + side) - Math.max(y, top);
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(SIZE, left + side); x += 1) {
      const coveredX = Math.min(x + 1, left + side) - Math.max(x, left);
      cells[y * SIZE + x] += value * coveredX * coveredY;
    }
  }
}
