/** Checks images of digits for differences from those of MNIST, which have bright ink on black, upright, 0 to 255. */

/** The side of MNIST's images. */
const USUAL_SIDE = 28;
/** More images than this give no further information. */
const MOST_IMAGES = 500;
/** The maximum brightness of images whose range ends at 1, 15, 16 or 63. */
const DIM = 63;
/** The threshold for ink, as a share of the brightest value. */
const INK_SHARE = 0.4;
/** The mean logarithm of width over height above which images are on their side. For MNIST's digits it is −0.31. */
const TURNED = 0.12;

/** Possible differences from MNIST's images. */
export type Oddity = 'dim' | 'inverted' | 'turned';

/** @param images n · side · side bytes, rows from the top */
export function odditiesOf(images: Uint8Array, side = USUAL_SIDE): Oddity[] {
  const seen = images.subarray(0, Math.min(images.length, MOST_IMAGES * side * side));
  const most = brightestOf(seen);
  if (most === 0) return [];
  const isInverted = edgeBrightness(seen, side) > most / 2;
  const upright = isInverted ? seen.map((value) => Math.max(0, most - value)) : seen;
  const oddities: Oddity[] = [];
  if (most <= DIM) oddities.push('dim');
  if (isInverted) oddities.push('inverted');
  if (meanLogAspect(upright, side, INK_SHARE * most) > TURNED) oddities.push('turned');
  return oddities;
}

/** Converts the images to the form of MNIST's, as far as these oddities are concerned. */
export function mendImages(images: Uint8Array, oddities: readonly Oddity[], side = USUAL_SIDE): Uint8Array {
  let mended = images.slice();
  const most = Math.max(1, brightestOf(images));
  if (oddities.includes('dim')) mended = mended.map((value) => Math.round((255 * value) / most));
  if (oddities.includes('inverted')) mended = mended.map((value) => 255 - value);
  if (oddities.includes('turned')) {
    const upright = mended.slice();
    mended.forEach((value, index) => {
      const cell = index % (side * side);
      upright[index - cell + (cell % side) * side + Math.floor(cell / side)] = value;
    });
    mended = upright;
  }
  return mended;
}

function brightestOf(images: Uint8Array): number {
  let most = 0;
  for (const value of images) if (value > most) most = value;
  return most;
}

/** The mean of the outermost cells. */
function edgeBrightness(images: Uint8Array, side: number): number {
  let sum = 0;
  let count = 0;
  images.forEach((value, index) => {
    const [x, y] = [index % side, Math.floor(index / side) % side];
    if (x !== 0 && y !== 0 && x !== side - 1 && y !== side - 1) return;
    sum += value;
    count += 1;
  });
  return sum / count;
}

function meanLogAspect(images: Uint8Array, side: number, threshold: number): number {
  const bytes = side * side;
  let sum = 0;
  let count = 0;
  for (let start = 0; start + bytes <= images.length; start += bytes) {
    let [left, top, right, bottom] = [side, side, -1, -1];
    for (let cell = 0; cell < bytes; cell += 1) {
      if (images[start + cell] <= threshold) continue;
      const [x, y] = [cell % side, Math.floor(cell / side)];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    if (right < 0) continue;
    sum += Math.log((right - left + 1) / (bottom - top + 1));
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
