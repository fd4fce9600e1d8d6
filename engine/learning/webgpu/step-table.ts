/** What the shaders know as `step`: the numbers of a `Step` in `network.wgsl`, one behind the other in a uniform buffer. */
import { TAPS } from '../rollout/live-cells.ts';
import type { Batch } from '../rollout/batch.ts';
import type { Plan } from './planner.ts';

/** Bytes of a `Step` in `network.wgsl`, and the distance of two. */
export const STEP_BYTES = 48;
export const STEP_STRIDE = 256;

export class StepTable {
  // Kept from batch to batch, as the planner's arrays are.
  #values = new Uint32Array(0);

  /** All steps forward, all steps back, and what comes after the last. Valid until the next call. */
  fill(batch: Batch, { steps, traceRows, places }: Plan, paddedChannels: number): Uint32Array<ArrayBuffer> {
    const count = steps.length;
    const length = ((2 * count + 1) * STEP_STRIDE) / 4;
    if (this.#values.length !== length) this.#values = new Uint32Array(length);
    const values = this.#values;
    const put = (slot: number, step: number, half: number): void => {
      const { fired, routesAt, traceAt, noiseAt } = steps[step];
      const later = steps[step + 1];
      const at = (slot * STEP_STRIDE) / 4;
      values[at] = batch.liveCount;
      values[at + 1] = fired;
      values[at + 2] = routesAt;
      values[at + 3] = later?.fired ?? 0;
      values[at + 4] = later?.routesAt ?? 0;
      values[at + 5] = traceAt;
      values[at + 6] = traceRows;
      values[at + 7] = noiseAt;
      values[at + 8] = half;
      values[at + 9] = batch.rowCount * paddedChannels;
      values[at + 10] = places * TAPS * paddedChannels;
      values[at + 11] = step === 0 ? 1 : 0;
    };
    for (let step = 0; step < count; step += 1) {
      put(step, step, step % 2);
      put(count + step, step, (count - 1 - step) % 2);
    }
    put(2 * count, count - 1, count % 2);
    return values;
  }
}
