/**
 * Kernels for the backend "tensorflow", the native addon. Several operations of
 * TensorFlow.js's Node package go through JavaScript there; these call
 * TensorFlow's own.
 */
import * as tf from '@tensorflow/tfjs-core';
import { portableKernels, type Kernels } from './kernels.ts';
import { addRows, copyRows } from './row-loops.ts';

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: boolean | number;
}

/** The part of the addon's backend that a kernel needs. */
interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_ATTR_BOOL: number; readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number };
  executeSingleOutput(name: string, attributes: Attribute[], inputs: tf.TensorInfo[]): tf.Tensor;
}

/** Kernels for the native backend, which must be the current one. */
export function nativeKernels(): Kernels {
  const backend = tf.backend() as unknown as NativeBackend;
  const { TF_ATTR_BOOL, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const type: Attribute = { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT };
  const run = (name: string, inputs: tf.Tensor[], attributes: Attribute[] = []): tf.Tensor2D =>
    backend.executeSingleOutput(name, [type, ...attributes], inputs) as tf.Tensor2D;
  const matMul = (a: tf.Tensor2D, b: tf.Tensor2D, transposeA: boolean): tf.Tensor2D =>
    run(
      'MatMul',
      [a, b],
      [
        { name: 'transpose_a', type: TF_ATTR_BOOL, value: transposeA },
        { name: 'transpose_b', type: TF_ATTR_BOOL, value: false },
      ],
    );
  const kernels: Kernels = {
    ...portableKernels,
    onGpu: backend.isUsingGpuDevice,
    layer: (x, kernel, bias, relu) =>
      tf.tidy(() => {
        const product = matMul(x, kernel, false);
        const shifted = bias ? run('BiasAdd', [product, bias]) : product;
        return relu ? run('Relu', [shifted]) : shifted;
      }),
    sum: (x) => backend.executeSingleOutput('BiasAddGrad', [type], [x]) as tf.Tensor1D,
    passPositive: (slope, output) => run('ReluGrad', [slope, output]),
    crossProduct: (a, b) => matMul(a, b, true),
  };
  return backend.isUsingGpuDevice ? kernels : { ...kernels, ...hostRows };
}

/** Rows moved by this thread: on a CPU two copies and a loop cost less than TensorFlow's gather. */
const hostRows: Pick<Kernels, 'gather' | 'add' | 'spread'> = {
  gather(x, rows, group) {
    const columns = x.shape[1];
    const output = new Float32Array(rows.length * columns);
    copyRows(x.dataSync<'float32'>(), rows, columns, output);
    return tf.tensor2d(output, [rows.length / group, columns * group]);
  },
  add(x, rows, update) {
    const output = x.dataSync<'float32'>().slice();
    addRows(output, rows, x.shape[1], update.dataSync<'float32'>());
    return tf.tensor2d(output, x.shape);
  },
  spread: (x, table, parts) => hostRows.add(x, table, parts),
};
