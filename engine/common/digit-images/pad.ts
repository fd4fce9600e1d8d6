/** Images of another size than MNIST's. */

/** The longest side of an image that is read, in cells. */
export const MOST_SIDE = 64;

/**
 * Puts each image in the middle of a square of zeros.
 *
 * @param images n · width · height bytes, rows from the top
 * @param side of the square, no smaller than either side of the images
 * @returns n · side · side bytes; the images themselves if they have that size
 */
export function padImages(images: Uint8Array, width: number, height: number, side: number): Uint8Array {
  if (width === side && height === side) return images;
  const count = images.length / (width * height);
  const top = Math.floor((side - height) / 2);
  const left = Math.floor((side - width) / 2);
  const padded = new Uint8Array(count * side * side);
  for (let row = 0; row < count * height; row += 1) {
    const to = (Math.floor(row / height) * side + top + (row % height)) * side + left;
    padded.set(images.subarray(row * width, (row + 1) * width), to);
  }
  return padded;
}
