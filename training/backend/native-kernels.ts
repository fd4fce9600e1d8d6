/**
 * Kernels for the backend "tensorflow", the native addon. Several operations of
 * TensorFlow.js's Node package go through JavaScript there; these call
 * TensorFlow's own.
 */
import * as tf from '@tensorflow/tfjs-core';
import { activateTensor, GatheredRoutes, portableKernels, type Kernels } from './kernels.ts';

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: boolean | number;
}

/** The part of the addon's backend that a kernel needs. */
interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: {
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_FLOAT: number;
    readonly TF_INT32: number;
  };
  executeSingleOutput(name: string, attributes: Attribute[], inputs: tf.TensorInfo[]): tf.Tensor;
}

/** Kernels for the native backend, which must be the current one. */
export function nativeKernels(): Kernels {
  const backend = tf.backend() as unknown as NativeBackend;
  const { TF_ATTR_BOOL, TF_ATTR_INT, TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = backend.binding;
  const flag = (name: string, value: boolean): Attribute => ({ name, type: TF_ATTR_BOOL, value });
  const type = (name: string, value: number): Attribute => ({ name, type: TF_ATTR_TYPE, value });
  const float = type('T', TF_FLOAT);
  const run = (name: string, inputs: tf.Tensor[], attributes: Attribute[] = []): tf.Tensor2D =>
    backend.executeSingleOutput(name, [float, ...attributes], inputs) as tf.Tensor2D;
  const plain = [flag('transpose_a', false), flag('transpose_b', false)];
  const crossed = [flag('transpose_a', true), flag('transpose_b', false)];
  const gathering = [
    { name: 'batch_dims', type: TF_ATTR_INT, value: 0 },
    type('Tparams', TF_FLOAT),
    type('Tindices', TF_INT32),
    type('Taxis', TF_INT32),
  ];
  const firstAxis = tf.keep(tf.scalar(0, 'int32'));
  const kernels: Kernels = {
    ...portableKernels,
    onGpu: backend.isUsingGpuDevice,
    layer: (x, kernel, bias, activation) =>
      tf.tidy(() => {
        const weighted = run('MatMul', [x, kernel], plain);
        const shifted = bias ? run('BiasAdd', [weighted, bias]) : weighted;
        return activation === 'relu' ? run('Relu', [shifted]) : activateTensor(shifted, activation);
      }),
    sum: (x) => backend.executeSingleOutput('BiasAddGrad', [float], [x]) as tf.Tensor1D,
    passBack: (slope, output, activation) =>
      activation === 'relu' ? run('ReluGrad', [slope, output]) : portableKernels.passBack(slope, output, activation),
    product: (a, b) => run('MatMul', [a, b], plain),
    // The left operand is packed at a greater cost: a much wider one had better be the right one.
    crossProduct: (a, b) =>
      tf.tidy(() => {
        if (a.shape[1] < 4 * b.shape[1]) return run('MatMul', [a, b], crossed);
        return tf.transpose(run('MatMul', [b, a], crossed));
      }),
  };
  if (backend.isUsingGpuDevice) return kernels;
  return {
    ...kernels,
    // TensorFlow.js reads all indices back and checks them in a loop; TensorFlow checks them itself.
    routes: (rows) =>
      new GatheredRoutes(rows, (x, indices) =>
        backend.executeSingleOutput('GatherV2', gathering, [x, indices, firstAxis]),
      ),
  };
}
