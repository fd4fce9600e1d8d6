/**
 * Tells ink from paper in a grey picture, on light or dark paper, in even light or not.
 */

/** A grey picture, a byte a pixel, rows from the top; 0 is black. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

export interface InkMap {
  readonly width: number;
  readonly height: number;
  /** 0…255: how much ink a pixel has. */
  readonly ink: Uint8Array;
  /** 1 where a pixel belongs to a stroke. */
  readonly mask: Uint8Array;
}

/** The neighbourhood that paper is judged by, as a share of the picture's longer side. */
const NEIGHBOURHOOD_SHARE = 1 / 10;
const LEAST_NEIGHBOURHOOD = 12;
/** Grey levels by which ink differs from paper at least; less is noise or shadow. */
const LEAST_CONTRAST = 24;
/** A stroke's pixel has at least this share of the contrast of full ink. */
const STROKE_SHARE = 0.42;

/** The ink of a picture, or null if nothing in it stands out from its paper. */
export function findInk(picture: GreyPicture): InkMap | null {
  const { width, height, pixels } = picture;
  const count = width * height;
  const reach = Math.max(LEAST_NEIGHBOURHOOD, Math.round(Math.max(width, height) * NEIGHBOURHOOD_SHARE));
  const everything = new Uint8Array(count).fill(1);
  const mean = localMeans(picture, everything, reach);

  // The rare side is ink: the third moment is negative where few pixels are much darker than the rest.
  let skew = 0;
  for (let index = 0; index < count; index += 1) skew += ((pixels[index] - mean[index]) / 64) ** 3;
  const sign = skew < 0 ? -1 : 1;

  // A first guess leaves the ink out of what the paper is judged by.
  const paperMask = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    paperMask[index] = sign * (pixels[index] - mean[index]) < LEAST_CONTRAST / 3 ? 1 : 0;
  }
  const paper = localMeans(picture, paperMask, reach);
  const contrast = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    contrast[index] = Math.min(255, Math.max(0, sign * (pixels[index] - paper[index])));
  }
  const full = fullContrast(contrast);
  if (full < LEAST_CONTRAST) return null;
  const ink = new Uint8Array(count);
  const mask = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const share = contrast[index] / full;
    mask[index] = share >= STROKE_SHARE ? 1 : 0;
    ink[index] = Math.min(255, Math.max(0, Math.round(255 * ((share - 0.2) / 0.6))));
  }
  return { width, height, ink, mask };
}

/** The contrast of full ink: that of the middle one of all pixels that clearly are ink. */
function fullContrast(contrast: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const value of contrast) counts[value] += 1;
  let most = 255;
  // A few hot pixels say nothing.
  for (let seen = 0; most > 0; most -= 1) {
    seen += counts[most];
    if (seen > Math.max(8, contrast.length * 2e-4)) break;
  }
  let inkPixels = 0;
  for (let value = most >> 1; value < 256; value += 1) inkPixels += counts[value];
  let seen = 0;
  for (let value = 255; value > 0; value -= 1) {
    seen += counts[value];
    if (seen * 2 >= inkPixels) return value;
  }
  return 0;
}

/** The mean of the pixels that the mask names, in a square around each pixel; by summed areas (Crow 1984). */
function localMeans({ width, height, pixels }: GreyPicture, mask: Uint8Array, reach: number): Float32Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  const counts = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let sum = 0;
    let count = 0;
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      sum += pixels[index] * mask[index];
      count += mask[index];
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + sum;
      counts[(y + 1) * stride + x + 1] = counts[y * stride + x + 1] + count;
    }
  }
  const means = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - reach) * stride;
    const bottom = Math.min(height, y + reach + 1) * stride;
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - reach);
      const right = Math.min(width, x + reach + 1);
      const count = counts[bottom + right] - counts[top + right] - counts[bottom + left] + counts[top + left];
      const sum = sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
      // All ink as far as can be seen: the pixel is its own paper.
      means[y * width + x] = count > 0 ? sum / count : pixels[y * width + x];
    }
  }
  return means;
}
