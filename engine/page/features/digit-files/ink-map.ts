/**
 * Separates ink from paper. Ink is narrow: a closing with a square wider than any stroke fills dark strokes and leaves
 * everything larger as it is. The difference (the black top-hat) is dark ink on any background, without traces of the
 * edges of sheets or shadows. The same operation on the inverted picture finds light ink.
 */
import type { GreyPicture } from './grey.ts';
import { boxSums, closing } from './morphology.ts';

export interface InkMap {
  readonly width: number;
  readonly height: number;
  /** The amount of ink in each pixel, 0…1, as a share of the full ink around it. */
  readonly ink: Float32Array;
  /** The grey of the picture. */
  readonly pixels: Uint8Array;
  /** The grey of the paper, including where ink covers it. */
  readonly paper: Uint8Array;
  /** The contrast to the paper, 0…1. */
  readonly contrast: Float32Array;
  /** 1 for pixels that belong to a stroke. */
  readonly mask: Uint8Array;
  /** The same including fainter ink. The lines of the paper are traced in it. */
  readonly faintMask: Uint8Array;
}

/** Half the side of the square of the closing, in pixels. No stroke may contain such a square. */
export const SQUARE_REACH = 10;
/** Half the side of the neighbourhood whose strongest ink counts as full ink, in pixels. */
const NEIGHBOURHOOD_REACH = 48;
/** A stroke's pixel has at least this share of full ink. */
const STROKE_SHARE = 0.45;
/** Faint ink has this share of the ink required of strokes. */
const FAINT_SHARE = 0.55;
/** Ink has at least this share of the contrast of the strongest ink in the picture. */
const PICTURE_SHARE = 0.25;
/** The minimum contrast of ink. */
const LEAST_CONTRAST = 0.12;
/** Ink has at least this many times the contrast of the emptiest fifth of the picture, which is noise. */
const NOISE_FACTOR = 4.2;
/**
 * Contrast is relative to the paper's brightness, but to at least this (of 255). On darker paper it would exaggerate
 * noise.
 */
const LEAST_BRIGHTNESS = 80;

/** Finds the dark ink of a picture. For the inverted picture, that is the light ink. */
export function findInk(picture: GreyPicture): InkMap {
  const { width, height } = picture;
  const paper = closing(picture.pixels, width, SQUARE_REACH);
  const contrast = Float32Array.from(
    paper,
    (value, index) => (value - picture.pixels[index]) / Math.max(value, LEAST_BRIGHTNESS),
  );
  const full = fullContrast(contrast, width, height);
  const least = leastContrast(contrast);
  const ink = new Float32Array(contrast.length);
  const mask = new Uint8Array(contrast.length);
  const faintMask = new Uint8Array(contrast.length);
  for (let index = 0; index < contrast.length; index += 1) {
    const value = contrast[index];
    const share = value / Math.max(least, STROKE_SHARE * full[index]);
    if (share >= 1) mask[index] = 1;
    if (share >= FAINT_SHARE) faintMask[index] = 1;
    ink[index] = Math.min(1, Math.max(0, (value / Math.max(full[index], least) - 0.2) / 0.6));
  }
  return { width, height, ink, pixels: picture.pixels, paper, contrast, mask, faintMask };
}

/** Returns the contrast of the strongest ink around each pixel: a mean weighted by the square of the contrast. */
function fullContrast(contrast: Float32Array, width: number, height: number): Float32Array {
  const squares = contrast.map((value) => value ** 2);
  const weights = boxSums(squares, width, height, NEIGHBOURHOOD_REACH);
  const sums = boxSums(
    contrast.map((value, index) => value * squares[index]),
    width,
    height,
    NEIGHBOURHOOD_REACH,
  );
  return sums.map((sum, index) => sum / Math.max(weights[index], 1e-6));
}

/** Returns the minimum contrast of ink in this picture, from its noise and its strongest ink. */
function leastContrast(contrast: Float32Array): number {
  const sorted = contrast.filter((_, index) => index % 7 === 0).sort();
  const noise = sorted[Math.floor(sorted.length / 5)] ?? 0;
  let [sum, weight] = [0, 0];
  for (const value of sorted) {
    sum += value ** 3;
    weight += value ** 2;
  }
  return Math.max(LEAST_CONTRAST, NOISE_FACTOR * noise, (PICTURE_SHARE * sum) / Math.max(weight, 1e-6));
}
