/**
 * What the rollout asks of a backend beside matrix products. Rows of matrices
 * are cells; see {@link StepRows}.
 *
 * {@link portableKernels} is made of plain TensorFlow.js operations and runs on
 * any backend. Where a backend's own operations are slow it has kernels of its
 * own, next door.
 */
import * as tf from '@tensorflow/tfjs-core';
import { LEAK, type Activation } from '../../engine/common/model/activations.ts';
import { TAPS } from '../../engine/learning/rollout/live-cells.ts';
import type { StepRows } from './step-rows.ts';

/** The ways of rows in one step, and back. Every method makes a new tensor and leaves its arguments as they are. */
export interface Routes {
  /** What the cells that fire see: [fired, 9 · columns] of `state` [rows, columns]. */
  perceive(state: tf.Tensor2D): tf.Tensor2D;
  /** `state` with `update` [fired, columns] added to the cells that fire. */
  add(state: tf.Tensor2D, update: tf.Tensor2D): tf.Tensor2D;
  /** The transpose of {@link add}: the rows of `slope` [live + 1, columns] of the cells that fire. */
  pick(slope: tf.Tensor2D): tf.Tensor2D;
  /** The transpose of {@link perceive}, of `parts` [fired, 9 · columns] whose last row is zero, added to `slope`. */
  spread(slope: tf.Tensor2D, parts: tf.Tensor2D): tf.Tensor2D;
}

/** Every method makes a new tensor and leaves its arguments as they are. */
export interface Kernels {
  /** Whether they run on a GPU. */
  readonly onGpu: boolean;
  routes(rows: StepRows): Routes;
  /** The sum of all rows, [columns]. */
  sum(x: tf.Tensor2D): tf.Tensor1D;
  /** activation(x · kernel + bias). */
  layer(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D | null, activation: Activation): tf.Tensor2D;
  /** `slope` times that of an activation where its `output` of the same shape is this. */
  passBack(slope: tf.Tensor2D, output: tf.Tensor2D, activation: Activation): tf.Tensor2D;
  /** a · b. */
  product(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D;
  /** aᵀ · b for a [n, p] and b [n, q]. */
  crossProduct(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D;
}

/** Rows of x [n, columns], as [...shape of rows, columns]. */
type Gather = (x: tf.Tensor2D, rows: tf.Tensor) => tf.Tensor;

/**
 * Routes that only ever gather, also where their transposes do: a gather is
 * many times as quick as a scatter.
 */
export class GatheredRoutes implements Routes {
  readonly #rows: StepRows;
  readonly #gather: Gather;

  constructor(rows: StepRows, gather: Gather) {
    this.#rows = rows;
    this.#gather = gather;
  }

  perceive(state: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      const { fired, neighbours } = this.#rows;
      const seen = this.#gather(state, tf.tensor2d(neighbours, [fired.length, TAPS], 'int32'));
      return tf.reshape(seen, [fired.length, TAPS * state.shape[1]]);
    });
  }

  add(state: tf.Tensor2D, update: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      const extended = tf.concat<tf.Tensor2D>([update, tf.zeros([1, update.shape[1]])], 0);
      return tf.add(state, this.#gather(extended, tf.tensor1d(this.#rows.places(), 'int32')));
    });
  }

  pick(slope: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => this.#gather(slope, tf.tensor1d(this.#rows.fired, 'int32')) as tf.Tensor2D);
  }

  spread(slope: tf.Tensor2D, parts: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      const [count, columns] = slope.shape;
      const cells = tf.reshape<tf.Rank.R2>(parts, [this.#rows.fired.length * TAPS, columns]);
      const received = this.#gather(cells, tf.tensor2d(this.#rows.receivers(), [count, TAPS], 'int32'));
      return tf.add(slope, tf.sum(received, 1));
    });
  }
}

/** The output of an activation; the tensor itself where there is none. */
export function activateTensor(x: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  switch (activation) {
    case 'none':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'leaky-relu':
      return tf.leakyRelu(x, LEAK);
    case 'tanh':
      return tf.tanh(x);
  }
}

/** The slope of an activation where its output is this. */
function slopeAt(output: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  switch (activation) {
    case 'none':
      return tf.onesLike(output);
    case 'relu':
      return tf.step(output);
    case 'leaky-relu':
      return tf.add(tf.mul(tf.step(output), 1 - LEAK), LEAK);
    case 'tanh':
      return tf.sub(1, tf.square(output));
  }
}

/** Plain TensorFlow.js operations, for any backend. */
export const portableKernels: Kernels = {
  onGpu: false,

  routes: (rows) => new GatheredRoutes(rows, (x, indices) => tf.gather(x, indices)),

  sum: (x) => tf.sum(x, 0),

  layer: (x, kernel, bias, activation) =>
    tf.tidy(() => {
      const isRelu = activation === 'relu';
      const fused = { a: x, b: kernel, bias: bias ?? undefined, activation: isRelu ? 'relu' : 'linear' } as const;
      return activateTensor(tf.fused.matMul(fused) as tf.Tensor2D, isRelu ? 'none' : activation);
    }),

  passBack: (slope, output, activation) => tf.tidy(() => tf.mul(slope, slopeAt(output, activation))),

  product: (a, b) => tf.matMul(a, b),

  // An explicit transpose: on some backends the flags of matMul are a slow path.
  crossProduct: (a, b) => tf.tidy(() => tf.matMul(tf.transpose(a), b)),
};
