// Replacements for kernels of tfjs-node that go through JavaScript.
//
// Step (the derivative of relu) builds two constant arrays of the input's size
// in JavaScript and uploads them on every call. GatherV2 reads all indices back
// and checks them in a loop. On a GPU both also stall the stream.

/**
 * Call once after the backend 'tensorflow' is registered.
 *
 * @param {typeof import('@tensorflow/tfjs-core')} tf
 */
export function useFasterKernels(tf) {
  const slowStep = tf.getKernel('Step', 'tensorflow').kernelFunc;

  replace(tf, 'Step', (args) => {
    const { x } = args.inputs;
    if (args.attrs.alpha !== 0 || x.dtype !== 'float32') return slowStep(args);
    // Unlike a comparison with zero, this keeps NaN, as the kernel must.
    const positive = args.backend.executeSingleInput('Relu', x);
    const step = args.backend.executeSingleInput('Sign', positive);
    positive.dispose();
    return step;
  });

  // TensorFlow checks indices itself on the CPU; on a GPU an index out of range
  // yields zeros.
  replace(tf, 'GatherV2', ({ inputs, attrs, backend }) => {
    const { x, indices } = inputs;
    const { axis, batchDims } = attrs;
    const { TF_ATTR_INT, TF_ATTR_TYPE } = backend.binding;
    const type = (name, dtype) => ({
      name,
      type: TF_ATTR_TYPE,
      value: backend.getDTypeInteger(dtype),
    });
    tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims);
    const axisTensor = tf.scalar(axis, 'int32');
    const rows = backend.executeSingleOutput(
      'GatherV2',
      [
        { name: 'batch_dims', type: TF_ATTR_INT, value: batchDims },
        type('Tparams', x.dtype),
        type('Tindices', indices.dtype),
        type('Taxis', 'int32'),
      ],
      [x, indices, axisTensor],
    );
    axisTensor.dispose();
    return rows;
  });
}

function replace(tf, kernelName, kernelFunc) {
  tf.unregisterKernel(kernelName, 'tensorflow');
  tf.registerKernel({ kernelName, backendName: 'tensorflow', kernelFunc });
}
