/** The gradient of one part of a batch while a model is taught. */
import type { ModelSpecification } from '../../common/model/specification.ts';
import type { Kernels } from '../backend/kernels.ts';
import { Batch, type Sample } from '../rollout/batch.ts';
import { labelsOf, verdictsOf, type Verdict } from '../rollout/tally.ts';
import { TensorAutomaton } from '../rollout/rollout.ts';

/** What a pupil knows before the first part. */
export interface PupilSettings {
  /** The model that is taught. */
  readonly specification: ModelSpecification;
  /** Its flat weights before it is taught: what it says of known things is to stay as it is. */
  readonly before: Float32Array;
  /** Classes from this one on are new. */
  readonly firstNewClass: number;
  readonly rollout: number;
  /** Weights of the distance to what the model said before, for logits and for hidden channels. */
  readonly knownLogits: number;
  readonly knownHidden: number;
}

/** Some samples of a batch: all signs, which have a class, or all known things, which are read as before. */
export interface Part {
  readonly kind: 'signs' | 'known';
  readonly weights: Float32Array;
  readonly samples: readonly Sample[];
  readonly firstSlot: number;
  readonly batchSize: number;
  readonly seed: number;
}

export interface PartResult {
  readonly loss: number;
  readonly gradient: Float32Array;
  readonly states: Float32Array[];
}

/** Images to look at, from a fresh state. */
export interface Look {
  readonly weights: Float32Array;
  readonly samples: readonly Sample[];
  readonly seed: number;
  readonly steps: number;
}

/** Computes parts and looks on one thread. */
export class Pupil {
  readonly #settings: PupilSettings;
  readonly #now: TensorAutomaton;
  readonly #before: TensorAutomaton;
  /** The weights that {@link #now} holds. */
  #weights: Float32Array | null = null;

  constructor(settings: PupilSettings, kernels: Kernels) {
    this.#settings = settings;
    this.#now = new TensorAutomaton(settings.specification, kernels);
    this.#before = new TensorAutomaton(settings.specification, kernels);
    this.#before.setWeights(settings.before);
  }

  async learn({ kind, weights, samples, firstSlot, batchSize, seed }: Part): Promise<PartResult> {
    const { specification, rollout } = this.#settings;
    this.#use(weights);
    const batch = new Batch(samples, specification);
    const options = { seed, firstStep: 0, steps: rollout, firstSlot };
    // The same cells fire, with the same noise, so that the model itself ends where it did before it was taught.
    const asBefore = kind === 'known' ? await this.#before.run(batch, batch.initialState(), options) : null;
    const { loss, gradient, state } = await this.#now.differentiateLoss(batch, options, (rows) =>
      asBefore ? this.#lossToBefore(batch, rows, asBefore, batchSize) : this.#lossToClass(batch, rows, batchSize),
    );
    return { loss, gradient, states: batch.statesOf(state) };
  }

  /** What the cells of each image say. */
  async look({ weights, samples, seed, steps }: Look): Promise<Verdict[]> {
    const { specification } = this.#settings;
    this.#use(weights);
    const batch = new Batch(samples, specification);
    const state = await this.#now.run(batch, batch.initialState(), { seed, firstStep: 0, steps, firstSlot: 0 });
    return verdictsOf(batch, labelsOf(batch, state, specification), specification.classes.length);
  }

  dispose(): void {
    this.#now.dispose();
    this.#before.dispose();
  }

  #use(weights: Float32Array): void {
    if (this.#weights === weights) return;
    this.#now.setWeights(weights);
    this.#weights = weights;
  }

  /** Half the squared distance of the logits of cells with ink from the one-hot of the class. */
  #lossToClass(batch: Batch, rows: Float32Array, batchSize: number): { loss: number; slope: Float32Array } {
    const { channels, classes, classification } = this.#settings.specification;
    const slope = new Float32Array(batch.liveCount * channels.count);
    let loss = 0;
    batch.samples.forEach(({ label }, sample) => {
      for (let row = batch.starts[sample]; row < batch.starts[sample + 1]; row += 1) {
        const inked = rows[row * channels.count + channels.ink] >= classification.inkThreshold;
        const first = row * channels.count + channels.firstLogit;
        for (let logit = 0; logit < classes.length; logit += 1) {
          const error = rows[first + logit] - (inked && logit === label ? 1 : 0);
          loss += (error * error) / 2;
          slope[first + logit] = error / batchSize;
        }
      }
    });
    return { loss: loss / batchSize, slope };
  }

  /** Half the squared distance of all channels from what they were before; the new logits are to say no. */
  #lossToBefore(
    batch: Batch,
    rows: Float32Array,
    before: Float32Array,
    batchSize: number,
  ): { loss: number; slope: Float32Array } {
    const { specification, firstNewClass, knownLogits, knownHidden } = this.#settings;
    const { channels, classes } = specification;
    const slope = new Float32Array(batch.liveCount * channels.count);
    let loss = 0;
    for (let channel = 0; channel < channels.count; channel += 1) {
      const logit = channel - channels.firstLogit;
      const isLogit = logit >= 0 && logit < classes.length;
      const weight = channel === channels.ink ? 0 : isLogit ? knownLogits : knownHidden;
      if (weight === 0) continue;
      const isNew = isLogit && logit >= firstNewClass;
      for (let at = channel; at < slope.length; at += channels.count) {
        const error = rows[at] - (isNew ? 0 : before[at]);
        loss += (weight * error * error) / 2;
        slope[at] = (weight * error) / batchSize;
      }
    }
    return { loss: loss / batchSize, slope };
  }
}
