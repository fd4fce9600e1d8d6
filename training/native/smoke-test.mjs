// Proves that the addon loads and computes. Run by build-addon.sh.
//
// usage: node smoke-test.mjs [--want-gpu]

import assert from 'node:assert/strict';
import { useFasterKernels } from './faster-kernels.mjs';
import { loadCore, loadNative } from './load.mjs';

// The core is loaded first, as the training programs do, so that the check
// covers an engine that another copy of tfjs-core made.
const tf = loadCore();
const native = loadNative();
await tf.ready();
assert.equal(tf.getBackend(), 'tensorflow');
assert.equal(tf.engine(), native.engine(), 'two engines: versions differ');

function close(tensor, expected) {
  const actual = tensor.dataSync();
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => {
    // Loose enough for TF32, which GPUs use for matrix products.
    assert.ok(
      Math.abs(actual[i] - value) <= 2e-3 * (1 + Math.abs(value)),
      `element ${i}: ${actual[i]}, expected ${value}`,
    );
  });
}

const a = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
const b = tf.tensor2d([1, 0, 2, -1, 0.5, 3], [3, 2]);
close(tf.matMul(a, b), [6.5, 7, 17, 13]);
close(tf.matMul(a, a, false, true), [14, 32, 32, 77]);
close(tf.fused.matMul({ a, b, bias: tf.tensor1d([1, -10]), activation: 'relu' }), [7.5, 0, 18, 3]);

const rows = tf.tensor1d([1, 0, 1], 'int32');
function checkReplaceable() {
  close(tf.gather(a, rows), [4, 5, 6, 1, 2, 3, 4, 5, 6]);
  close(tf.grad((x) => tf.sum(tf.gather(x, rows)))(a), [1, 1, 1, 2, 2, 2]);
  close(tf.grad((x) => tf.sum(tf.relu(x)))(tf.tensor1d([-2, 0, 3])), [0, 0, 1]);
}
checkReplaceable();
useFasterKernels(tf);
checkReplaceable();

const normal = (shape, std, seed) => tf.randomNormal(shape, 0, std, 'float32', seed);
const x = normal([256, 8], 1, 1);
const y = tf.tanh(tf.matMul(x, normal([8, 1], 1, 2)));
const w1 = tf.variable(normal([8, 32], 0.3, 3));
const b1 = tf.variable(tf.zeros([32]));
const w2 = tf.variable(normal([32, 1], 0.3, 4));
const optimizer = tf.train.adam(0.01);
const losses = [];
let tensors;
for (let step = 0; step < 100; step++) {
  const loss = optimizer.minimize(() => {
    const hidden = tf.fused.matMul({
      a: x,
      b: w1,
      bias: b1,
      activation: 'relu',
    });
    return tf.mean(tf.squaredDifference(tf.matMul(hidden, w2), y));
  }, true);
  losses.push(loss.dataSync()[0]);
  loss.dispose();
  if (step === 0) tensors = tf.memory().numTensors;
}
assert.ok(losses[99] < 0.1 * losses[0], `loss ${losses[0]} -> ${losses[99]}`);
assert.equal(tf.memory().numTensors, tensors, 'a training step leaks tensors');

const { binding, isUsingGpuDevice } = tf.backend();
console.log(
  `native backend: TensorFlow ${binding.TF_Version}, ${isUsingGpuDevice ? 'GPU' : 'CPU'}; ` +
    `100 training steps: loss ${losses[0].toFixed(3)} -> ${losses[99].toFixed(3)}`,
);
if (process.argv.includes('--want-gpu') && !isUsingGpuDevice) {
  console.warn(
    'native backend: no GPU visible, computing on the CPU (check nvidia-smi; TF_CPP_MIN_LOG_LEVEL=0 says why)',
  );
}
