/** The gradient of one share of a batch, wherever it is computed: in this thread or in a worker. */
import type { Automaton } from '../automaton/automaton.ts';
import { Batch, type Sample } from '../automaton/batch.ts';
import type { LossWeights } from '../automaton/loss.ts';
import type { Backend } from '../backend/backend.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';

/** What a learner needs to know before the first share. */
export interface LearnerSettings {
  /** The model that is trained; see `factoredSpecification`. */
  readonly specification: ModelSpecification;
  readonly rollout: number;
  readonly loss: LossWeights;
}

/** A share of a batch. */
export interface Share {
  /** Flat weights. */
  readonly weights: Float32Array;
  readonly samples: readonly Sample[];
  /** Slot of the first sample in the whole batch, and the whole batch's size. */
  readonly firstSlot: number;
  readonly batchSize: number;
  /** Seed of this training step's firing and noise. */
  readonly seed: number;
  readonly dropout: number;
}

/** What became of a share. */
export interface ShareResult {
  /** This share's part of the batch's loss and gradient. */
  readonly loss: number;
  readonly gradient: Float32Array;
  /** The states after the rollout, [live cells, channels] a digit. */
  readonly states: Float32Array[];
}

export class Learner {
  readonly #backend: Backend;
  /** By dropout; there are only a few. */
  readonly #automata = new Map<number, Automaton>();
  readonly #settings: LearnerSettings;

  constructor(settings: LearnerSettings, backend: Backend) {
    this.#settings = settings;
    this.#backend = backend;
  }

  async learn({ weights, samples, firstSlot, batchSize, seed, dropout }: Share): Promise<ShareResult> {
    const { specification, rollout, loss: lossWeights } = this.#settings;
    const batch = new Batch(samples, specification);
    const automaton = this.#automatonFor(dropout);
    automaton.setWeights(weights);
    const { loss, state, gradient } = await automaton.differentiate(
      batch,
      { seed, firstStep: 0, steps: rollout, firstSlot },
      { weights: lossWeights, batchSize },
    );
    return { loss, gradient, states: batch.statesOf(state) };
  }

  dispose(): void {
    for (const automaton of this.#automata.values()) automaton.dispose();
    this.#automata.clear();
  }

  #automatonFor(dropout: number): Automaton {
    const known = this.#automata.get(dropout);
    if (known) return known;
    const automaton = this.#backend.automaton(this.#settings.specification, { dropout });
    this.#automata.set(dropout, automaton);
    return automaton;
  }
}
