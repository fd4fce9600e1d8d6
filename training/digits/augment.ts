/** Variations of an image: size, slant, place, stroke width and holes. */
import type { Random } from '../../engine/common/random/random.ts';
import { sideOf } from '../../engine/learning/rollout/live-cells.ts';
import { killCells } from '../../engine/learning/strokes/pose.ts';
import type { Augmentation } from '../presets/recipe-schema.ts';

/** A linear map about the image's middle, then a shift. */
export interface Warp {
  readonly scale: number;
  readonly rotationDegrees: number;
  readonly shear: number;
  /** Cells. */
  readonly shiftX: number;
  readonly shiftY: number;
}

/** The image as the warp moves it, read with bilinear weights; what comes from outside is paper. */
export function warpImage(pixels: Uint8Array, { scale, rotationDegrees, shear, shiftX, shiftY }: Warp): Uint8Array {
  const angle = (rotationDegrees * Math.PI) / 180;
  const cosine = Math.cos(angle) / scale;
  const sine = Math.sin(angle) / scale;
  const side = sideOf(pixels);
  const middle = (side - 1) / 2;
  const ink = (x: number, y: number): number => (x >= 0 && x < side && y >= 0 && y < side ? pixels[y * side + x] : 0);
  const result = new Uint8Array(pixels.length);
  for (let cell = 0; cell < pixels.length; cell += 1) {
    // The inverse map: where the ink of this cell comes from.
    const dx = (cell % side) - middle - shiftX;
    const dy = Math.floor(cell / side) - middle - shiftY;
    const turnedX = cosine * dx + sine * dy;
    const fromY = middle - sine * dx + cosine * dy;
    const fromX = middle + turnedX - shear * (fromY - middle);
    const left = Math.floor(fromX);
    const top = Math.floor(fromY);
    const right = fromX - left;
    const below = fromY - top;
    result[cell] = Math.round(
      (1 - below) * ((1 - right) * ink(left, top) + right * ink(left + 1, top)) +
        below * ((1 - right) * ink(left, top + 1) + right * ink(left + 1, top + 1)),
    );
  }
  return result;
}

/** Strokes wider (`Math.max`) or thinner (`Math.min`) by one cell: each cell takes the extreme of a size × size square. */
export function spreadInk(pixels: Uint8Array, size: number, extreme: (a: number, b: number) => number): Uint8Array {
  const reach = Math.floor((size - 1) / 2);
  const side = sideOf(pixels);
  return pixels.map((own, cell) => {
    const x = cell % side;
    const y = Math.floor(cell / side);
    let result = own;
    for (let dy = -reach; dy < size - reach; dy += 1) {
      for (let dx = -reach; dx < size - reach; dx += 1) {
        const inside = x + dx >= 0 && x + dx < side && y + dy >= 0 && y + dy < side;
        result = extreme(result, inside ? pixels[(y + dy) * side + x + dx] : 0);
      }
    }
    return result;
  });
}

/** A random variation of an image, or the image itself. */
export function augmentImage(pixels: Uint8Array, rule: Augmentation, random: Random): Uint8Array {
  if (random.unit() >= rule.share) return pixels;
  const between = ([low, high]: readonly [number, number]): number => random.range(low, high);
  let image = warpImage(pixels, {
    scale: between(rule.scale),
    rotationDegrees: between(rule.rotationDegrees),
    shear: between(rule.shear),
    shiftX: between(rule.shiftCells),
    shiftY: between(rule.shiftCells),
  });
  const stroke = random.unit();
  if (stroke < rule.dilated) image = spreadInk(image, 2, Math.max);
  else if (stroke < rule.dilated + rule.eroded) image = spreadInk(image, 2, Math.min);
  if (random.unit() < rule.dead) image = killCells(image, random.range(0, rule.deadMost), random);
  // A digit that lost all its ink teaches nothing.
  return image.some((value) => value > 127) ? image : pixels;
}
