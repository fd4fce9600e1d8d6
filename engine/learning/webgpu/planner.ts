/** Which cells of a batch fire in each step, and where the GPU finds and leaves what belongs to them. */
import type { Batch, NoiseTable, StepOptions } from '../rollout/batch.ts';
import { CELLS_PER_BLOCK } from './layout.ts';

/** What a step needs to know; see `Step` in `network.wgsl`. */
export interface StepPlan {
  readonly fired: number;
  readonly routesAt: number;
  readonly traceAt: number;
  readonly noiseAt: number;
}

/** Steps of one batch, ready for the GPU. */
export interface Plan {
  readonly steps: readonly StepPlan[];
  /** Good until the next plan. */
  readonly routes: Uint32Array;
  /** Rows of a trace of all steps. */
  readonly traceRows: number;
  /** Places of the step that has most, in whole blocks. */
  readonly places: number;
}

export class Planner {
  readonly #dropout: number;
  readonly #noise: NoiseTable | null;
  // Kept from batch to batch, as fresh arrays of this size make the garbage collector work.
  #fired = new Int32Array(0);
  #routes = new Uint32Array(0);

  constructor(dropout: number, noise: NoiseTable | null) {
    this.#dropout = dropout;
    this.#noise = noise;
  }

  /** Who fires in every step, and where its numbers go. */
  plan(batch: Batch, options: StepOptions): Plan {
    const { seed, firstStep, steps: count, firstSlot } = options;
    const { liveCount } = batch;
    const length = Math.max(1, 2 * count * liveCount);
    if (this.#routes.length < length) this.#routes = new Uint32Array(length);
    if (this.#fired.length < liveCount) this.#fired = new Int32Array(liveCount);
    const routes = this.#routes;
    const steps: StepPlan[] = [];
    let traceRows = 0;
    let most = 0;
    for (let index = 0; index < count; index += 1) {
      const fired = batch.fire(seed, firstStep + index, this.#dropout, firstSlot, this.#fired);
      const routesAt = 2 * index * liveCount;
      fillRoutes(routes, routesAt, liveCount, this.#fired, fired);
      // On other backends the empty row has noise, too.
      const noiseAt = this.#noise?.start(fired + 1, options, firstStep + index) ?? 0;
      steps.push({ fired, routesAt, traceAt: traceRows, noiseAt });
      const places = CELLS_PER_BLOCK * Math.ceil(fired / CELLS_PER_BLOCK);
      traceRows += places;
      most = Math.max(most, places);
    }
    return { steps, routes: routes.subarray(0, length), traceRows, places: most };
  }
}

/**
 * Writes the routes of one step from `start` on: rows in the order of their
 * places, the first `count` of `fired` before all others; then every row's place.
 */
function fillRoutes(routes: Uint32Array, start: number, live: number, fired: Int32Array, count: number): void {
  const placesAt = start + live;
  let row = 0;
  let other = count;
  for (let place = 0; place <= count; place += 1) {
    const next = place < count ? fired[place] : live;
    for (; row < next; row += 1, other += 1) {
      routes[start + other] = row;
      routes[placesAt + row] = other;
    }
    if (row === live) break;
    routes[start + place] = row;
    routes[placesAt + row] = place;
    row += 1;
  }
}
