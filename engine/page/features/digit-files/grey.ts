/** The grey of a decoded picture. */

/** A grey picture with one byte per pixel and rows from the top. 0 is black. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** The greys that may be put under a transparent picture. */
const BACKGROUNDS = [255, 0, 128];
/** The share of the opaque pixels whose contrast to the background is ignored. */
const UNCOUNTED_SHARE = 0.1;

/**
 * Returns the luma of a picture. Transparent parts become paper: white, black or grey, whichever contrasts best with
 * the whole opaque part. White ink is thus as visible as black ink.
 * @param rgba 4 · width · height bytes, not premultiplied
 */
export function greyOf(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): GreyPicture {
  const pixels = new Uint8Array(width * height);
  const opaqueCounts = new Uint32Array(256);
  let isOpaque = true;
  for (let index = 0; index < pixels.length; index += 1) {
    const at = 4 * index;
    // BT.601 luma.
    pixels[index] = Math.round(0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2]);
    if (rgba[at + 3] > 127) opaqueCounts[pixels[index]] += 1;
    if (rgba[at + 3] !== 255) isOpaque = false;
  }
  if (isOpaque) return { width, height, pixels };
  const background = clearestBackground(opaqueCounts);
  for (let index = 0; index < pixels.length; index += 1) {
    const opacity = rgba[4 * index + 3] / 255;
    pixels[index] = Math.round(background + opacity * (pixels[index] - background));
  }
  return { width, height, pixels };
}

function clearestBackground(counts: Uint32Array): number {
  const uncounted = UNCOUNTED_SHARE * counts.reduce((sum, count) => sum + count, 0);
  let clearest = BACKGROUNDS[0];
  let most = -1;
  for (const background of BACKGROUNDS) {
    let seen = 0;
    let contrast = 0;
    for (; contrast < 255; contrast += 1) {
      const below = background - contrast;
      const above = background + contrast;
      if (below >= 0) seen += counts[below];
      if (above <= 255 && contrast > 0) seen += counts[above];
      if (seen > uncounted) break;
    }
    if (contrast <= most) continue;
    clearest = background;
    most = contrast;
  }
  return clearest;
}

/** Returns the picture with bright and dark exchanged. */
export function negative({ width, height, pixels }: GreyPicture): GreyPicture {
  return { width, height, pixels: pixels.map((value) => 255 - value) };
}

/** Returns the picture at half the width and height, each pixel being the mean of four. */
export function halve({ width, height, pixels }: GreyPicture): GreyPicture {
  const half = { width: width >> 1, height: height >> 1 };
  const result = new Uint8Array(half.width * half.height);
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      const at = 2 * y * width + 2 * x;
      const sum = pixels[at] + pixels[at + 1] + pixels[at + width] + pixels[at + width + 1];
      result[y * half.width + x] = (sum + 2) >> 2;
    }
  }
  return { ...half, pixels: result };
}
