/**
 * Moving rows of matrices: what a network over a list of cells needs beside
 * matrix products. Everywhere a row number of −1 means "no cell": it reads as
 * zeros and takes nothing.
 *
 * There are two implementations. {@link portableRows} is made of plain
 * TensorFlow.js operations and runs on any backend; the transpose of a gather
 * through a symmetric neighbour table is again a gather. {@link wasmRows}
 * registers kernels that work on the WASM backend's memory in place: that
 * backend's own gather takes a microsecond a row, which is ten times what the
 * matrix product after it costs.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Neighbours of a cell, itself included. */
export const TAPS = 9;

export interface RowOperations {
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
  /** The sum of all rows, [1, columns]. */
  sum(x: tf.Tensor2D): tf.Tensor2D;
}

/** Row operations of plain TensorFlow.js operations, for any backend. */
export const portableRows: RowOperations = {
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
      return tf.add(x, portableRows.gather(update, source, 1));
    });
  },

  spread(x, table, parts) {
    return tf.tidy(() => {
      const [count, columns] = x.shape;
      // Several cells may send to one row, but at most one through each tap.
      const source = new Int32Array(count * TAPS).fill(-1);
      table.forEach((row, part) => {
        if (row >= 0 && row < count) source[row * TAPS + (part % TAPS)] = part;
      });
      const cells = tf.reshape(parts, [table.length, columns]) as tf.Tensor2D;
      const received = portableRows.gather(cells, source, 1);
      return tf.add(x, tf.sum(tf.reshape(received, [count, TAPS, columns]), 1)) as tf.Tensor2D;
    });
  },

  sum: (x) => tf.sum(x, 0, true) as tf.Tensor2D,
};

/** The part of the WASM backend that a kernel needs. */
interface WasmMemory {
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): tf.backend_util.TypedArray;
}

type RowKernel = (inputs: Float32Array[], rows: Int32Array, columns: number, output: Float32Array) => void;

function copyRows([x]: Float32Array[], rows: Int32Array, columns: number, output: Float32Array): void {
  for (let index = 0, to = 0; index < rows.length; index += 1, to += columns) {
    const row = rows[index];
    if (row < 0) {
      for (let column = 0; column < columns; column += 1) output[to + column] = 0;
    } else {
      const from = row * columns;
      for (let column = 0; column < columns; column += 1) output[to + column] = x[from + column];
    }
  }
}

/** Adds row i of the second input to row `rows[i]` of a copy of the first, where there is such a row. */
function addRows([x, update]: Float32Array[], rows: Int32Array, columns: number, output: Float32Array): void {
  output.set(x);
  const count = output.length / columns;
  for (let index = 0, from = 0; index < rows.length; index += 1, from += columns) {
    const row = rows[index];
    if (row < 0 || row >= count) continue;
    const to = row * columns;
    for (let column = 0; column < columns; column += 1) output[to + column] += update[from + column];
  }
}

function sumRows([x]: Float32Array[], _rows: Int32Array, columns: number, output: Float32Array): void {
  // In double precision, as a plain sum over thousands of rows loses digits.
  const total = new Float64Array(columns);
  for (let from = 0; from < x.length; from += columns) {
    for (let column = 0; column < columns; column += 1) total[column] += x[from + column];
  }
  output.set(total);
}

function registerRowKernel(kernelName: string, run: RowKernel, shapeOf: (x: tf.TensorInfo, rows: number) => number[]) {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const memory = backend as WasmMemory;
      const { rows, group } = attrs as unknown as { rows: Int32Array; group: number };
      const tensors = Object.values(inputs) as tf.TensorInfo[];
      const output = memory.makeOutput(shapeOf(tensors[0], rows.length), 'float32');
      // The views are taken after the output was made: making it may move the memory.
      const views = tensors.map((tensor) => memory.typedArrayFromHeap(tensor) as Float32Array);
      run(views, rows, tensors[0].shape[1], memory.typedArrayFromHeap(output) as Float32Array);
      return { ...output, shape: group > 1 ? [rows.length / group, tensors[0].shape[1] * group] : output.shape };
    },
  });
}

function runRowKernel(name: string, inputs: tf.NamedTensorMap, rows: Int32Array, group: number): tf.Tensor2D {
  // An attribute may be any value for the kernel that reads it; the type only knows the built-in ones.
  const attributes = { rows, group } as unknown as tf.NamedAttrMap;
  return tf.engine().runKernel<tf.Tensor2D>(name, inputs, attributes);
}

/** Row operations on the memory of the WASM backend, which must be the current one. */
export function wasmRows(): RowOperations {
  if (!tf.getKernel('NcaCopyRows', 'wasm')) {
    registerRowKernel('NcaCopyRows', copyRows, (x, rows) => [rows, x.shape[1]]);
    registerRowKernel('NcaAddRows', addRows, (x) => x.shape);
    registerRowKernel('NcaSumRows', sumRows, (x) => [1, x.shape[1]]);
  }
  return {
    gather: (x, rows, group) => runRowKernel('NcaCopyRows', { x }, rows, group),
    add: (x, rows, update) => runRowKernel('NcaAddRows', { x, update }, rows, 1),
    spread: (x, table, parts) => runRowKernel('NcaAddRows', { x, update: parts }, table, 1),
    sum: (x) => runRowKernel('NcaSumRows', { x }, new Int32Array(0), 1),
  };
}
