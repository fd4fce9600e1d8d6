/**
 * Kernels for the WASM backend that work on its memory in place. Its own gather
 * takes a microsecond a row, which is ten times what the matrix product after
 * it costs.
 */
import * as tf from '@tensorflow/tfjs-core';
import { portableKernels, type Kernels, type Routes } from './kernels.ts';
import { TAPS } from './step-rows.ts';
import { addRows, copyRows, sumRows } from './row-loops.ts';
import type { StepRows } from './step-rows.ts';

/** The part of the WASM backend that a kernel needs. */
interface WasmMemory {
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): tf.backend_util.TypedArray;
}

interface RowAttributes {
  readonly rows: Int32Array;
  /** Rows from this one on take nothing. */
  readonly limit: number;
  readonly shape: number[];
}

type RowKernel = (inputs: Float32Array[], attributes: RowAttributes, columns: number, output: Float32Array) => void;

const KERNELS: Record<string, RowKernel> = {
  NcaCopyRows: ([x], { rows }, columns, output) => copyRows(x, rows, columns, output),
  NcaAddRows: ([x, update], { rows, limit }, columns, output) => {
    output.set(x);
    addRows(output, rows, columns, update, limit);
  },
  NcaSumRows: ([x], _attributes, columns, output) => sumRows(x, columns, output),
};

function register(kernelName: string, run: RowKernel): void {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const memory = backend as WasmMemory;
      const attributes = attrs as unknown as RowAttributes;
      const tensors = Object.values(inputs) as tf.TensorInfo[];
      const output = memory.makeOutput(attributes.shape, 'float32');
      // The views are taken after the output was made: making it may move the memory.
      const views = tensors.map((tensor) => memory.typedArrayFromHeap(tensor) as Float32Array);
      run(views, attributes, tensors[0].shape[1], memory.typedArrayFromHeap(output) as Float32Array);
      return output;
    },
  });
}

function run<T extends tf.Tensor>(
  name: string,
  inputs: tf.NamedTensorMap,
  shape: number[],
  rows: Int32Array = new Int32Array(0),
  limit = 0,
): T {
  // An attribute may be any value for the kernel that reads it; the type only knows the built-in ones.
  const attributes = { rows, limit, shape } as unknown as tf.NamedAttrMap;
  return tf.engine().runKernel<T>(name, inputs, attributes);
}

/** Rows copied and added where they are. */
function routes({ fired, neighbours, liveCount }: StepRows): Routes {
  return {
    perceive: (x) => run('NcaCopyRows', { x }, [fired.length, TAPS * x.shape[1]], neighbours),
    add: (x, update) => run('NcaAddRows', { x, update }, x.shape, fired, liveCount),
    pick: (x) => run('NcaCopyRows', { x }, [fired.length, x.shape[1]], fired),
    spread: (x, parts) => run('NcaAddRows', { x, update: parts }, x.shape, neighbours, liveCount),
  };
}

/** Kernels for the WASM backend, which must be the current one. */
export function wasmKernels(): Kernels {
  for (const [name, kernel] of Object.entries(KERNELS)) {
    if (!tf.getKernel(name, 'wasm')) register(name, kernel);
  }
  return {
    ...portableKernels,
    routes,
    sum: (x) => run('NcaSumRows', { x }, [x.shape[1]]),
    // The right operand is packed anew at four times the cost of a transpose, so it is the narrower one.
    crossProduct: (a, b) =>
      tf.tidy(() => {
        if (b.shape[1] <= a.shape[1]) return tf.matMul(tf.transpose(a), b);
        const flipped: tf.Tensor2D = tf.matMul(tf.transpose(b), a);
        return tf.transpose(flipped);
      }),
  };
}
