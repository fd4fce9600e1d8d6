/**
 * Steps of the automaton on the live cells of a batch, and back-propagation
 * through all of them, written out by hand: a step saves the features and
 * hidden values of the cells that fired, and the way back multiplies with them
 * in reverse. Only cells that fire are computed.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../engine/common/model/activations.ts';
import { keptUpdateScale, type ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Kernels, Routes } from './kernels.ts';
import { NoiseTable, type Batch, type StepOptions } from '../../engine/learning/rollout/batch.ts';
import type {
  Automaton,
  Differential,
  LossOfState,
  LossOptions,
  StepSettings,
} from '../../engine/learning/rollout/automaton.ts';
import { LayerChain, type Layer, type LayerGradient } from '../../engine/learning/rollout/layers.ts';
import { rowsOfStep } from './step-rows.ts';
import { lossAndSlope } from '../../engine/learning/rollout/loss.ts';

interface LayerTensors {
  readonly kernel: tf.Tensor2D;
  /** Kernel transposed, for the way back; made on first use. */
  transposed: tf.Tensor2D | null;
  readonly bias: tf.Tensor1D | null;
  readonly activation: Activation;
}

/** What the way back needs of one step. */
interface Trace {
  readonly routes: Routes;
  /** The inputs of every layer, [fired, inputs]; disposed of by the way back. */
  readonly inputs: tf.Tensor2D[];
}

/** Running sums of one layer's gradient. */
interface GradientSum {
  kernel: tf.Tensor2D | null;
  bias: tf.Tensor1D | null;
}

/** An automaton on any backend of TensorFlow.js. */
export class TensorAutomaton implements Automaton {
  readonly #specification: ModelSpecification;
  readonly #kernels: Kernels;
  readonly #chain: LayerChain;
  readonly #dropout: number;
  readonly #scale: number;
  readonly #noise: NoiseTable | null;
  #weights: Float32Array = new Float32Array(0);
  #layers: LayerTensors[] = [];

  constructor(
    specification: ModelSpecification,
    kernels: Kernels,
    { dropout = specification.step.dropout, noise = specification.step.noise }: StepSettings = {},
  ) {
    this.#specification = specification;
    this.#kernels = kernels;
    this.#chain = new LayerChain(specification);
    this.#dropout = dropout;
    this.#scale = specification.step.size * keptUpdateScale(specification, dropout);
    this.#noise = noise > 0 ? new NoiseTable(specification, noise * this.#scale) : null;
  }

  setWeights(flat: Float32Array): void {
    this.dispose();
    this.#weights = flat;
    this.#layers = this.#chain
      .build(flat, this.#scale)
      .map(({ kernel, bias, inputs, units, activation }: Layer): LayerTensors => ({
        kernel: tf.tensor2d(kernel, [inputs, units]),
        transposed: null,
        bias: bias && tf.tensor1d(bias),
        activation,
      }));
  }

  dispose(): void {
    for (const { kernel, transposed, bias } of this.#layers) {
      kernel.dispose();
      transposed?.dispose();
      bias?.dispose();
    }
    this.#layers = [];
  }

  async run(batch: Batch, state: Float32Array, options: StepOptions): Promise<Float32Array> {
    let current = this.#tensorOf(batch, state);
    for (let step = 0; step < options.steps; step += 1) {
      const { next, trace } = this.#step(batch, current, options, options.firstStep + step);
      tf.dispose([current, ...trace.inputs]);
      current = next;
    }
    const result = current.dataSync<'float32'>();
    current.dispose();
    return result;
  }

  differentiate(batch: Batch, options: StepOptions, { weights, batchSize }: LossOptions): Promise<Differential> {
    return this.differentiateLoss(batch, options, (state) =>
      lossAndSlope(batch, state, this.#specification, weights, batchSize),
    );
  }

  async differentiateLoss(batch: Batch, options: StepOptions, lossOf: LossOfState): Promise<Differential> {
    const { count } = this.#specification.channels;
    let current = this.#tensorOf(batch, batch.initialState());
    const traces: Trace[] = [];
    for (let step = 0; step < options.steps; step += 1) {
      const { next, trace } = this.#step(batch, current, options, options.firstStep + step);
      current.dispose();
      traces.push(trace);
      current = next;
    }
    const state = current.dataSync<'float32'>();
    current.dispose();

    const { loss, slope: liveSlope } = lossOf(state);
    // The empty row has a slope as well, of zeros.
    const lastSlope = new Float32Array((batch.liveCount + 1) * count);
    lastSlope.set(liveSlope);
    let slope = tf.tensor2d(lastSlope, [batch.liveCount + 1, count]);
    const sums = this.#layers.map((): GradientSum => ({ kernel: null, bias: null }));
    for (let trace = traces.pop(); trace; trace = traces.pop()) {
      const first = traces.length === 0;
      const before = this.#stepBack(trace, slope, sums, first);
      tf.dispose([slope, ...trace.inputs]);
      slope = before;
    }
    slope.dispose();
    const gradients = sums.map((sum) => readGradient(sum));
    return { loss, state, gradient: this.#chain.gradient(this.#weights, gradients, this.#scale) };
  }

  #tensorOf(batch: Batch, rows: Float32Array): tf.Tensor2D {
    return tf.tensor2d(rows, [batch.rowCount, this.#specification.channels.count]);
  }

  #step(batch: Batch, state: tf.Tensor2D, options: StepOptions, step: number): { next: tf.Tensor2D; trace: Trace } {
    const routes = this.#kernels.routes(rowsOfStep(batch, options.seed, step, this.#dropout, options.firstSlot));
    const inputs = [routes.perceive(state)];
    for (const { kernel, bias, activation } of this.#layers) {
      inputs.push(this.#kernels.layer(inputs[inputs.length - 1], kernel, bias, activation));
    }
    let update = inputs.pop() as tf.Tensor2D;
    if (this.#noise) {
      const noise = tf.tensor2d(this.#noise.rows(update.shape[0], options, step), update.shape);
      const noisy = tf.add<tf.Tensor2D>(update, noise);
      tf.dispose([update, noise]);
      update = noisy;
    }
    const next = routes.add(state, update);
    update.dispose();
    return { next, trace: { routes, inputs } };
  }

  /** From the slope of the loss at the state after a step to that before it; adds to `sums`. */
  #stepBack({ routes, inputs }: Trace, slope: tf.Tensor2D, sums: GradientSum[], first: boolean): tf.Tensor2D {
    return tf.tidy(() => {
      let back = routes.pick(slope);
      for (let index = this.#layers.length - 1; index >= 0; index -= 1) {
        const layer = this.#layers[index];
        if (layer.activation !== 'none') back = this.#kernels.passBack(back, inputs[index + 1], layer.activation);
        sums[index].kernel = accumulate(sums[index].kernel, this.#kernels.crossProduct(inputs[index], back));
        if (layer.bias) sums[index].bias = accumulate(sums[index].bias, this.#kernels.sum(back));
        if (index > 0 || !first) {
          layer.transposed ??= tf.keep<tf.Tensor2D>(tf.transpose(layer.kernel));
          back = this.#kernels.product(back, layer.transposed);
        }
      }
      // The state before the first step does not depend on the weights.
      return first ? tf.clone(slope) : routes.spread(slope, back);
    });
  }
}

function accumulate<T extends tf.Tensor>(total: T | null, term: T): T {
  if (!total) return tf.keep(term);
  const sum = tf.keep<T>(tf.add(total, term));
  total.dispose();
  return sum;
}

function readGradient({ kernel, bias }: GradientSum): LayerGradient {
  if (!kernel) throw new Error('A gradient was asked for without a step.');
  const result = { kernel: kernel.dataSync<'float32'>(), bias: bias && bias.dataSync<'float32'>() };
  kernel.dispose();
  bias?.dispose();
  return result;
}
