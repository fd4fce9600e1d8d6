/** The perception's kernel: what each of the nine cells of a neighbourhood contributes to each filter. */
export interface PerceptionKernel {
  /** [9 taps row by row, channels, filters]; the filters of one channel, or the features of a full convolution. */
  readonly values: Float32Array;
  readonly channels: number;
  readonly filters: number;
}

/**
 * A perception of its own: a rule that the kernel obeys at every step of training. The set of all kernels that obey it
 * must be a linear subspace, because the moving average of the weights has to obey it as well.
 */
export interface Perception {
  /** As in the recipe. */
  readonly name: string;
  /** Moves the kernel in place to the nearest one that obeys the rule. Values that the rule ties become the same bytes. */
  project(kernel: PerceptionKernel): void;
}

/** Gives every value of a kernel the mean of those with the same key, a small whole number. */
export function tie(
  { values, channels, filters }: PerceptionKernel,
  keyOf: (tap: number, channel: number, filter: number) => number,
): void {
  const keys = Uint32Array.from(values, (_, index) => {
    const place = Math.floor(index / filters);
    return keyOf(Math.floor(place / channels), place % channels, index % filters);
  });
  const sums: number[] = [];
  const counts: number[] = [];
  keys.forEach((key, index) => {
    sums[key] = (sums[key] ?? 0) + values[index];
    counts[key] = (counts[key] ?? 0) + 1;
  });
  keys.forEach((key, index) => (values[index] = sums[key] / counts[key]));
}
