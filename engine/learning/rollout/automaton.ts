/** What a backend makes of a model: something that steps batches and differentiates through the steps. */
import type { ModelSpecification } from '../../common/model/specification.ts';
import type { Batch, StepOptions } from './batch.ts';
import type { LossWeights } from './loss.ts';

/** The loss that is differentiated: a weighted sum over the digits of a batch, divided by `batchSize`. */
export interface LossOptions {
  readonly weights: LossWeights;
  /** Digits of the whole batch, of which the one at hand may be a share. */
  readonly batchSize: number;
}

/** What came of differentiating. */
export interface Differential {
  readonly loss: number;
  /** The last state, row-major [rows, channels]. */
  readonly state: Float32Array;
  /** Of the flat weights; see `variablesOf`. */
  readonly gradient: Float32Array;
}

/** A loss of the last state [rows, channels], and its slope [live rows, channels]. */
export type LossOfState = (state: Float32Array) => { readonly loss: number; readonly slope: Float32Array };

/** Other values than the model was trained with; the expected drive is kept. */
export interface StepSettings {
  readonly dropout?: number;
  readonly noise?: number;
}

/** Runs the steps of one model with one set of weights at a time; one call after the other. */
export interface Automaton {
  /** Takes flat weights (see `variablesOf`) for the steps to come. */
  setWeights(flat: Float32Array): void;

  /** The state [rows, channels] after some steps from `state`, which is left as it is. */
  run(batch: Batch, state: Float32Array, options: StepOptions): Promise<Float32Array>;

  /** Runs the batch from its initial state and finds the gradient of the loss of the last one. */
  differentiate(batch: Batch, options: StepOptions, loss: LossOptions): Promise<Differential>;

  /** As {@link differentiate}, for any loss of the last state. */
  differentiateLoss(batch: Batch, options: StepOptions, lossOf: LossOfState): Promise<Differential>;

  /** Frees what it holds on the backend. */
  dispose(): void;
}

/** Makes automata of models; see {@link StepSettings}. */
export type AutomatonMaker = (specification: ModelSpecification, settings?: StepSettings) => Automaton;
