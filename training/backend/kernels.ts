/**
 * What the rollout asks of a backend beside matrix products. Rows of matrices
 * are cells. Everywhere a row number of −1 means "no cell": it reads as zeros
 * and takes nothing.
 *
 * {@link portableKernels} is made of plain TensorFlow.js operations and runs on
 * any backend. Where a backend's own operations are slow it has kernels of its
 * own, next door.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Neighbours of a cell, itself included. */
export const TAPS = 9;

/** Every method makes a new tensor and leaves its arguments as they are. */
export interface Kernels {
  /** Whether they run on a GPU. */
  readonly onGpu: boolean;
  /** Rows `rows` of x [n, columns], as [rows.length / group, columns · group]. */
  gather(x: tf.Tensor2D, rows: Int32Array, group: number): tf.Tensor2D;
  /** x [n, columns] with row i of `update` added to row `rows[i]`; the rows are distinct. */
  add(x: tf.Tensor2D, rows: Int32Array, update: tf.Tensor2D): tf.Tensor2D;
  /**
   * The transpose of a gather of nine neighbours, added to x: part k of row i
   * of `parts` [fired, 9 · columns] goes to row `table[9 i + k]` of x
   * [n, columns]. Rows beyond n belong to cells without a gradient and are
   * passed over.
   */
  spread(x: tf.Tensor2D, table: Int32Array, parts: tf.Tensor2D): tf.Tensor2D;
  /** The sum of all rows, [columns]. */
  sum(x: tf.Tensor2D): tf.Tensor1D;
  /** activation(x · kernel + bias). */
  layer(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D | null, relu: boolean): tf.Tensor2D;
  /** `slope` where a ReLU's `output` of the same shape is positive, which is where its input was; zero elsewhere. */
  passPositive(slope: tf.Tensor2D, output: tf.Tensor2D): tf.Tensor2D;
  /** aᵀ · b for a [n, p] and b [n, q]. */
  crossProduct(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D;
}

/** Plain TensorFlow.js operations, for any backend. */
export const portableKernels: Kernels = {
  onGpu: false,

  gather(x, rows, group) {
    return tf.tidy(() => {
      const [count, columns] = x.shape;
      const indices = rows.map((row) => (row < 0 ? count : row));
      const extended = tf.concat([x, tf.zeros([1, columns])], 0);
      const gathered = tf.gather(extended, tf.tensor1d(indices, 'int32'));
      return tf.reshape(gathered, [rows.length / group, columns * group]);
    });
  },

  add(x, rows, update) {
    return tf.tidy(() => {
      const source = new Int32Array(x.shape[0]).fill(-1);
      rows.forEach((row, index) => (source[row] = index));
      return tf.add(x, portableKernels.gather(update, source, 1));
    });
  },

  spread(x, table, parts) {
    return tf.tidy(() => {
      const [count, columns] = x.shape;
      // The table is symmetric, so the transpose of a gather is a gather too.
      // Several cells may send to one row, but at most one through each tap.
      const source = new Int32Array(count * TAPS).fill(-1);
      table.forEach((row, part) => {
        if (row >= 0 && row < count) source[row * TAPS + (part % TAPS)] = part;
      });
      const cells = tf.reshape<tf.Rank.R2>(parts, [table.length, columns]);
      const received = portableKernels.gather(cells, source, 1);
      return tf.add<tf.Tensor2D>(x, tf.sum(tf.reshape(received, [count, TAPS, columns]), 1));
    });
  },

  sum: (x) => tf.sum(x, 0),

  layer: (x, kernel, bias, relu) =>
    tf.fused.matMul({ a: x, b: kernel, bias: bias ?? undefined, activation: relu ? 'relu' : 'linear' }) as tf.Tensor2D,

  passPositive: (slope, output) => tf.tidy(() => tf.mul(slope, tf.step(output))),

  // An explicit transpose: on some backends the flags of matMul are a slow path.
  crossProduct: (a, b) => tf.tidy(() => tf.matMul(tf.transpose(a), b)),
};
