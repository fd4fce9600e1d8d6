/** Timing of GPU work by fences, in medians: machines are noisy. */
import type { Device } from '../gpu/device.ts';
import { finished } from '../gpu/readback.ts';

/** How long one sample should take, so that the wait for the fence does not count. */
const SAMPLE_MILLISECONDS = 150;
const SAMPLES = 5;
const MOST_RUNS = 200;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Milliseconds that one run takes, the median of several samples.
 * @param run issues the work so many times
 * @param settled waits until the GPU has done it
 */
export async function medianMilliseconds(
  run: (times: number) => void | Promise<void>,
  settled: () => Promise<unknown>,
): Promise<number> {
  const sample = async (times: number) => {
    const start = performance.now();
    await run(times);
    await settled();
    return (performance.now() - start) / times;
  };
  // The first run compiles; the second tells how many make a sample.
  await sample(1);
  const times = Math.min(MOST_RUNS, Math.ceil(SAMPLE_MILLISECONDS / Math.max(0.1, await sample(1))));
  const samples: number[] = [];
  for (let index = 0; index < SAMPLES; index += 1) samples.push(await sample(times));
  return median(samples);
}

export function settledOn(device: Device): () => Promise<void> {
  return () => finished(device);
}
