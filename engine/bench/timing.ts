/** Times GPU work with fences. It uses medians, since machines are noisy. */
import type { Device } from '../gpu/device.ts';
import { finished } from '../gpu/readback.ts';

/** How long one sample should take, so that the wait for the fence is negligible. */
const SAMPLE_MILLISECONDS = 150;
const SAMPLES = 7;
const MOST_RUNS = 200;

/** Work that can be run and waited for. */
export interface Work {
  /** Issues the work the given number of times. */
  readonly run: (times: number) => void | Promise<void>;
  /** Waits until the GPU has done it. */
  readonly settled: () => Promise<unknown>;
}

/** Milliseconds per run: the median, the minimum and the maximum of several samples. */
export interface Timing {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

function timingOf(samples: readonly number[]): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], most: sorted[sorted.length - 1] };
}

/** Times several works in turns, so that other load on the machine affects all of them equally. */
export async function timeInTurns(works: readonly Work[]): Promise<Timing[]> {
  const sample = async ({ run, settled }: Work, times: number) => {
    const start = performance.now();
    await run(times);
    await settled();
    return (performance.now() - start) / times;
  };
  const times: number[] = [];
  for (const work of works) {
    // The first run compiles. The second shows how many runs make a sample.
    await sample(work, 1);
    times.push(Math.min(MOST_RUNS, Math.ceil(SAMPLE_MILLISECONDS / Math.max(0.1, await sample(work, 1)))));
  }
  const samples = works.map((): number[] => []);
  for (let round = 0; round < SAMPLES; round += 1) {
    for (let index = 0; index < works.length; index += 1) {
      samples[index].push(await sample(works[index], times[index]));
    }
  }
  return samples.map(timingOf);
}

export function settledOn(device: Device): () => Promise<void> {
  return () => finished(device);
}
