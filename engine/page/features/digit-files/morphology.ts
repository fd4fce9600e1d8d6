/** Grey-scale morphology with squares, and sums over squares, in a time that hardly depends on their size. */

/**
 * Fills everything dark that is narrower than a square of `2 * reach + 1` pixels. Anything wider keeps its exact edge.
 * @param pixels one byte per pixel, rows from the top
 */
export function closing(pixels: Uint8Array, width: number, reach: number): Uint8Array {
  return invert(dilate(invert(dilate(pixels, width, reach)), width, reach));
}

function invert(pixels: Uint8Array): Uint8Array {
  return pixels.map((value) => 255 - value);
}

/** Returns the largest byte of the square around each pixel, ignoring everything beyond the picture's edge. */
function dilate(pixels: Uint8Array, width: number, reach: number): Uint8Array {
  const rows = bothWays(pixels, reach, (values, step, raise) => {
    for (let start = 0; start < values.length; start += width) raise(values, start, start + width, step);
  });
  return bothWays(rows, reach, (values, step, raise) => raise(values, 0, values.length, step * width));
}

type Raise = (values: Uint8Array, start: number, end: number, step: number) => void;

/**
 * Computes the maxima over `reach` neighbours ahead and the same number behind, with windows that double (Gonzalez and
 * Woods).
 */
function bothWays(
  pixels: Uint8Array,
  reach: number,
  pass: (values: Uint8Array, step: number, raise: Raise) => void,
): Uint8Array {
  const ahead = pixels.slice();
  const behind = pixels.slice();
  for (let covered = 1; covered <= reach;) {
    const step = Math.min(covered, reach + 1 - covered);
    pass(ahead, step, raiseToNext);
    pass(behind, step, raiseToPrevious);
    covered += step;
  }
  raiseTo(ahead, behind);
  return ahead;
}

/** In increasing order, so that the neighbour still has its old value. */
function raiseToNext(values: Uint8Array, start: number, end: number, step: number): void {
  for (let at = start; at < end - step; at += 1) if (values[at + step] > values[at]) values[at] = values[at + step];
}

function raiseToPrevious(values: Uint8Array, start: number, end: number, step: number): void {
  for (let at = end - 1; at >= start + step; at -= 1)
    if (values[at - step] > values[at]) values[at] = values[at - step];
}

function raiseTo(values: Uint8Array, other: Uint8Array): void {
  for (let at = 0; at < values.length; at += 1) if (other[at] > values[at]) values[at] = other[at];
}

/** Returns the sums over the square of `2 * reach + 1` pixels around each pixel, as far as it lies in the picture. */
export function boxSums(values: Float32Array, width: number, height: number, reach: number): Float32Array {
  const rows = new Float32Array(values.length);
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(reach, width); x += 1) sum += values[start + x];
    for (let x = 0; x < width; x += 1) {
      if (x + reach < width) sum += values[start + x + reach];
      if (x - reach > 0) sum -= values[start + x - reach - 1];
      rows[start + x] = sum;
    }
  }
  const sums = new Float32Array(values.length);
  const column = new Float64Array(width);
  const add = (y: number, sign: number): void => {
    for (let x = 0; x < width; x += 1) column[x] += sign * rows[y * width + x];
  };
  for (let y = 0; y < Math.min(reach, height); y += 1) add(y, 1);
  for (let y = 0; y < height; y += 1) {
    if (y + reach < height) add(y + reach, 1);
    if (y - reach > 0) add(y - reach - 1, -1);
    sums.set(column, y * width);
  }
  return sums;
}
