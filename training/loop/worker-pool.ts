/**
 * Several learners that share each batch: one in this thread, the others in
 * worker threads, each with its own backend. Gradients are added in the order of
 * the shares. The same seed, batch and number of workers give the same result.
 */
import type { Sample } from '../../engine/learning/rollout/batch.ts';
import { startBackend, type Backend, type BackendName } from '../backend/backend.ts';
import type { MatrixProduct } from '../../engine/learning/loop/eigenbasis.ts';
import { Learner, type LearnerSettings, type Share, type ShareResult } from '../../engine/learning/loop/learner.ts';
import { Thread } from './threads.ts';

/**
 * Where the shares of a batch begin, one entry more than there are `parts`. Every share has one image at least, and
 * costs as much as the others, as far as whole images in their order allow.
 * @param costs of each image; there are no fewer than `parts`
 */
export function shareStarts(costs: readonly number[], parts: number): number[] {
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const starts = [0];
  let [start, before] = [0, 0];
  for (let part = 1; part < parts; part += 1) {
    const goal = (part * total) / parts;
    before += costs[start];
    start += 1;
    // An image that reaches over the goal belongs to the side that has more of it.
    while (start < costs.length - (parts - part) && before + costs[start] / 2 <= goal) {
      before += costs[start];
      start += 1;
    }
    starts.push(start);
  }
  return [...starts, costs.length];
}

/** What an image costs to compute, in steps of cells with ink. */
function costOf({ pixels }: Sample, rollout: number, longRollout: LearnerSettings['longRollout']): number {
  const ink = pixels.reduce((count, value) => count + Number(value > 0), 0);
  return ink * (longRollout && ink > longRollout.cells ? longRollout.steps : rollout);
}

export class WorkerPool {
  readonly backend: Backend;
  readonly #own: Learner;
  readonly #longRollout: LearnerSettings['longRollout'];
  readonly #threads: Thread<Share, ShareResult>[];

  private constructor(settings: LearnerSettings, backend: Backend, threads: Thread<Share, ShareResult>[]) {
    this.backend = backend;
    this.#own = new Learner(settings, backend.automaton);
    this.#longRollout = settings.longRollout;
    this.#threads = threads;
  }

  /**
   * Starts `workers` learners, one of them in this thread; by default as many as
   * suit the backend, but no more than `batchSize`.
   * @throws BackendError if the backend does not load
   */
  static async start(
    settings: LearnerSettings,
    backendName: BackendName,
    workers: number | null,
    batchSize: number,
  ): Promise<WorkerPool> {
    const backend = await startBackend(backendName);
    const count = workers ?? Math.min(backend.defaultWorkers, batchSize);
    const module = new URL('./learner-worker.ts', import.meta.url);
    const data = { settings, backend: backend.name };
    const threads = Array.from({ length: count - 1 }, () => new Thread<Share, ShareResult>(module, data));
    return new WorkerPool(settings, backend, threads);
  }

  /** The backend's product of matrices for the optimizer, if it has one. */
  get product(): MatrixProduct | undefined {
    return this.backend.product;
  }

  get workers(): number {
    return this.#threads.length + 1;
  }

  /** The loss and gradient of a whole batch at some dropout after `rollout` steps, and the states it ends in. */
  async learn(
    weights: Float32Array,
    samples: readonly Sample[],
    seed: number,
    dropout: number,
    rollout: number,
  ): Promise<ShareResult> {
    const costs = samples.map((sample) => costOf(sample, rollout, this.#longRollout));
    const starts = shareStarts(costs, this.workers);
    const shares = starts.slice(0, -1).map((start, part): Share => ({
      weights,
      samples: samples.slice(start, starts[part + 1]),
      firstSlot: start,
      batchSize: samples.length,
      seed,
      dropout,
      rollout,
    }));
    const [own, ...others] = shares;
    const asked = this.#threads.map((thread, index) => thread.ask(others[index]));
    const results = await Promise.all([this.#own.learn(own), ...asked]);
    const gradient = results[0].gradient;
    for (const result of results.slice(1)) {
      for (let index = 0; index < gradient.length; index += 1) gradient[index] += result.gradient[index];
    }
    return {
      loss: results.reduce((total, { loss }) => total + loss, 0),
      gradient,
      states: results.flatMap(({ states }) => states),
    };
  }

  async close(): Promise<void> {
    this.#own.dispose();
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
