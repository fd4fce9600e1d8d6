/** Half floats (IEEE 754 binary16), which a GPU without full float targets keeps the state in. */
const LARGEST_HALF = 65_504;
/** The smallest normal half; below it the spacing stays what it is there. */
const SMALLEST_NORMAL = 2 ** -14;

/** The nearest half float, ties to even; beyond the largest one infinity. */
export function roundToHalf(value: number): number {
  const size = Math.abs(value);
  if (!(size < Infinity)) return value;
  // Eleven significant bits, or fewer below the smallest normal number.
  const exponent = size < SMALLEST_NORMAL ? -14 : Math.floor(Math.log2(size));
  const spacing = 2 ** (exponent - 10);
  const steps = size / spacing;
  const floor = Math.floor(steps);
  const rest = steps - floor;
  const rounded = (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor) * spacing;
  if (rounded > LARGEST_HALF) return Math.sign(value) * Infinity;
  return value < 0 ? -rounded : rounded;
}
