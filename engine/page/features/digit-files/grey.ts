/** The grey of a decoded picture. */

/** A grey picture, a byte a pixel, rows from the top; 0 is black. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** What may lie under a transparent picture. */
const BACKGROUNDS = [255, 0, 128];
/** Share of the opaque pixels whose contrast to the background does not count. */
const UNCOUNTED_SHARE = 0.1;

/**
 * The luma of a picture. What is transparent becomes paper: white, black or grey, whichever all of the opaque part
 * stands out from best, so that white ink shows as well as black.
 * @param rgba 4 · width · height bytes, not premultiplied
 */
export function greyOf(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): GreyPicture {
  const pixels = new Uint8Array(width * height);
  const opaqueCounts = new Uint32Array(256);
  let isOpaque = true;
  for (let index = 0; index < pixels.length; index += 1) {
    const at = 4 * index;
    // Luma of BT.601.
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

/** The picture with bright and dark exchanged. */
export function negative({ width, height, pixels }: GreyPicture): GreyPicture {
  return { width, height, pixels: pixels.map((value) => 255 - value) };
}

/** Half as wide and high, each pixel the mean of four. */
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
