/** The gradient of one part of a batch while a model is taught. */
import type { ModelSpecification } from '../../common/model/specification.ts';
import type { Automaton, AutomatonMaker } from '../rollout/automaton.ts';
import { Batch, type Sample } from '../rollout/batch.ts';
import { labelsOf, verdictsOf, type Verdict } from '../rollout/tally.ts';
import type { Pace } from './pace.ts';

/** What a pupil knows before the first part. */
export interface PupilSettings {
  /** The model that is taught. */
  readonly specification: ModelSpecification;
  /** Its flat weights before it is taught: what it says of known things is to stay as it is. */
  readonly before: Float32Array;
  /** Classes from this one on are new. */
  readonly firstNewClass: number;
  /** Channels that it did not have before. */
  readonly newChannels: readonly number[];
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
  readonly seed: number;
}

export interface PartResult {
  /** Of each sample: the sum over its cells. */
  readonly losses: number[];
  /** Of the sum of all losses. */
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

type WorkPace = Pick<Pace, 'work'>;

/** Computes parts and looks on one thread. */
export class Pupil {
  readonly #settings: PupilSettings;
  readonly #knownWeights: readonly number[];
  readonly #isNewLogit: readonly boolean[];
  readonly #now: Automaton;
  readonly #before: Automaton;
  readonly #pace: WorkPace;
  /** The weights that {@link #now} holds. */
  #weights: Float32Array | null = null;

  /** @param pace does each part and each look, and may rest after it */
  constructor(settings: PupilSettings, automaton: AutomatonMaker, pace: WorkPace = { work: (piece) => piece() }) {
    this.#settings = settings;
    this.#pace = pace;
    const { channels, classes } = settings.specification;
    this.#knownWeights = knownWeightsOf(settings);
    this.#isNewLogit = Array.from({ length: channels.count }, (_, channel) => {
      const logit = channel - channels.firstLogit;
      return logit >= settings.firstNewClass && logit < classes.length;
    });
    this.#now = automaton(settings.specification);
    this.#before = automaton(settings.specification);
    this.#before.setWeights(settings.before);
  }

  /** Learns from parts of a batch, one after the other. */
  async learn(parts: readonly Part[]): Promise<PartResult[]> {
    const results: PartResult[] = [];
    for (const part of parts) results.push(await this.#pace.work(() => this.#learn(part)));
    return results;
  }

  /** What the cells of each image say, by look. */
  async look(looks: readonly Look[]): Promise<Verdict[][]> {
    const verdicts: Verdict[][] = [];
    for (const one of looks) verdicts.push(await this.#pace.work(() => this.#look(one)));
    return verdicts;
  }

  dispose(): void {
    this.#now.dispose();
    this.#before.dispose();
  }

  async #learn({ kind, weights, samples, firstSlot, seed }: Part): Promise<PartResult> {
    const { specification, rollout } = this.#settings;
    this.#use(weights);
    const batch = new Batch(samples, specification);
    const options = { seed, firstStep: 0, steps: rollout, firstSlot };
    // The same cells fire, with the same noise, so that the model itself ends where it did before it was taught.
    const asBefore = kind === 'known' ? await this.#before.run(batch, batch.initialState(), options) : null;
    let losses: number[] = [];
    const { gradient, state } = await this.#now.differentiateLoss(batch, options, (rows) => {
      const part = asBefore ? this.#lossToBefore(batch, rows, asBefore) : this.#lossToClass(batch, rows);
      losses = part.losses;
      return { loss: losses.reduce((total, value) => total + value, 0), slope: part.slope };
    });
    return { losses, gradient, states: batch.statesOf(state) };
  }

  async #look({ weights, samples, seed, steps }: Look): Promise<Verdict[]> {
    const { specification } = this.#settings;
    this.#use(weights);
    const batch = new Batch(samples, specification);
    const state = await this.#now.run(batch, batch.initialState(), { seed, firstStep: 0, steps, firstSlot: 0 });
    return verdictsOf(batch, labelsOf(batch, state, specification), specification.classes.length);
  }

  #use(weights: Float32Array): void {
    if (this.#weights === weights) return;
    this.#now.setWeights(weights);
    this.#weights = weights;
  }

  /** Half the squared distance of the logits of cells with ink from the one-hot of the class. */
  #lossToClass(batch: Batch, rows: Float32Array): PartLoss {
    const { channels, classes, classification } = this.#settings.specification;
    const slope = new Float32Array(batch.liveCount * channels.count);
    const losses = batch.samples.map(({ label }, sample) => {
      let loss = 0;
      for (let row = batch.starts[sample]; row < batch.starts[sample + 1]; row += 1) {
        const inked = rows[row * channels.count + channels.ink] >= classification.inkThreshold;
        const first = row * channels.count + channels.firstLogit;
        for (let logit = 0; logit < classes.length; logit += 1) {
          const error = rows[first + logit] - (inked && logit === label ? 1 : 0);
          loss += (error * error) / 2;
          slope[first + logit] = error;
        }
      }
      return loss;
    });
    return { losses, slope };
  }

  /** Half the squared distance of all channels from what they were before; the new logits are to say no. */
  #lossToBefore(batch: Batch, rows: Float32Array, before: Float32Array): PartLoss {
    const { channels } = this.#settings.specification;
    const slope = new Float32Array(batch.liveCount * channels.count);
    const losses = batch.samples.map((_, sample) => {
      let loss = 0;
      for (let row = batch.starts[sample]; row < batch.starts[sample + 1]; row += 1) {
        for (let channel = 0; channel < channels.count; channel += 1) {
          const weight = this.#knownWeights[channel];
          if (weight === 0) continue;
          const at = row * channels.count + channel;
          const error = rows[at] - (this.#isNewLogit[channel] ? 0 : before[at]);
          loss += (weight * error * error) / 2;
          slope[at] = weight * error;
        }
      }
      return loss;
    });
    return { losses, slope };
  }
}

/** The loss of every sample, and the slope of their sum, [live rows, channels]. */
interface PartLoss {
  readonly losses: number[];
  readonly slope: Float32Array;
}

/** How much the distance from before counts, by channel. */
function knownWeightsOf({ specification, knownLogits, knownHidden, newChannels }: PupilSettings): number[] {
  const { channels, classes } = specification;
  return Array.from({ length: channels.count }, (_, channel) => {
    const logit = channel - channels.firstLogit;
    if (logit >= 0 && logit < classes.length) return knownLogits;
    return channel === channels.ink || newChannels.includes(channel) ? 0 : knownHidden;
  });
}
