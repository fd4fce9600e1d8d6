// Times operations of the training programs on the native backend. Prints microseconds: the median over rounds of each round's median.
//
// usage: node bench.mjs [rounds]
//
// Every round runs each configuration in a process of its own, one after the
// other, so that other load on the machine falls on all of them alike.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { useFasterKernels } from './faster-kernels.mjs';
import { loadCore, loadNative } from './load.mjs';

const SAMPLES = 9;
const SAMPLE_MS = 3;

const configurations = {
  '1 thread': { backend: 'tensorflow', threads: 1 },
  '1 faster': { backend: 'tensorflow', threads: 1, faster: true },
  '2 faster': { backend: 'tensorflow', threads: 2, faster: true },
};

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Operations whose result is disposed by the caller, by name. */
function operations(tf) {
  const normal = (shape, seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);
  const a = normal([1100, 180]);
  const b = normal([180, 80]);
  const ab = normal([1100, 80]);
  const bias = normal([80]);
  const c = normal([2200, 64]);
  const d = normal([64, 256]);
  const cd = normal([2200, 256]);
  const wideBias = normal([256]);
  const rows = normal([1100, 20]);
  const indices = tf.tensor1d(
    Int32Array.from({ length: 9900 }, (_, i) => (i * 7919) % 1100),
    'int32',
  );
  const gathered = normal([9900, 20]);
  const other = normal([2200, 256], 2);
  const image = normal([8, 28, 28, 20]);
  const filter = normal([3, 3, 20, 80]);
  const tiny = normal([4]);
  const tinySquare = normal([2, 2]);
  const half = tf.scalar(0.5);
  const staging = new Float32Array(22000);
  const reluGradient = tf.grad((x) => tf.relu(x));

  return {
    'matMul [1100,180] x [180,80]': () => tf.matMul(a, b),
    'matMul [1100,180]T x [1100,80]': () => tf.matMul(a, ab, true, false),
    '  the same by tf.transpose': () => tf.tidy(() => tf.matMul(tf.transpose(a), ab)),
    'matMul [1100,80] x [180,80]T': () => tf.matMul(ab, b, false, true),
    'fused.matMul bias relu [1100,180] x [180,80]': () => tf.fused.matMul({ a, b, bias, activation: 'relu' }),
    'matMul [2200,64] x [64,256]': () => tf.matMul(c, d),
    'matMul [2200,64]T x [2200,256]': () => tf.matMul(c, cd, true, false),
    'matMul [2200,256] x [64,256]T': () => tf.matMul(cd, d, false, true),
    'fused.matMul bias relu [2200,64] x [64,256]': () =>
      tf.fused.matMul({ a: c, b: d, bias: wideBias, activation: 'relu' }),
    'conv2d 3x3 [8,28,28,20] -> 80': () => tf.conv2d(image, filter, 1, 'same'),
    'gather 9900 rows of [1100,20]': () => tf.gather(rows, indices),
    'unsortedSegmentSum [9900,20] -> [1100,20]': () => tf.unsortedSegmentSum(gathered, indices, 1100),
    'concat 2 x [1100,20]': () => tf.concat([rows, rows], 1),
    'slice [2200,256] -> [2200,64]': () => tf.slice(cd, [0, 64], [2200, 64]),
    'transpose [2200,256]': () => tf.transpose(cd),
    'add [2200,256]': () => tf.add(cd, other),
    'add [2200,256] + [256]': () => tf.add(cd, wideBias),
    'mul [2200,256] x scalar': () => tf.mul(cd, half),
    'relu [2200,256]': () => tf.relu(cd),
    'gradient of relu [2200,256]': () => reluGradient(cd, other),
    'tanh [2200,256]': () => tf.tanh(cd),
    'sigmoid [2200,256]': () => tf.sigmoid(cd),
    'sum [2200,256]': () => tf.sum(cd),
    'sum of rows [2200,256]': () => tf.sum(cd, 0),
    'softmax [1100,20]': () => tf.softmax(rows),
    'tiny add [4]': () => tf.add(tiny, tiny),
    'tiny relu [4]': () => tf.relu(tiny),
    'tiny matMul [2,2]': () => tf.matMul(tinySquare, tinySquare),
    'tiny reshape [4]': () => tf.reshape(tiny, [2, 2]),
    'upload [1100,20] and relu': () => tf.tidy(() => tf.relu(tf.tensor2d(staging, [1100, 20]))),
    'relu [1100,20] and read back': () => {
      const result = tf.relu(rows);
      result.dataSync();
      return result;
    },
    'training step, 8 x 2 dense layers, 1100 rows': trainingStep(tf, (state, dense) => dense(state), 180),
    '  the same with a gather per layer pair': trainingStep(
      tf,
      (state, dense) => dense(tf.reshape(tf.gather(state, indices), [1100, 180])),
      20,
    ),
  };
}

function trainingStep(tf, update, width) {
  const normal = (shape, std) => tf.randomNormal(shape, 0, std, 'float32', 1);
  const start = normal([1100, width], 1);
  const w1 = tf.variable(normal([180, 80], 0.05));
  const b1 = tf.variable(tf.zeros([80]));
  const w2 = tf.variable(normal([80, width], 0.01));
  const optimizer = tf.train.adam(1e-3);
  const dense = (x) => tf.matMul(tf.fused.matMul({ a: x, b: w1, bias: b1, activation: 'relu' }), w2);
  const loss = () => {
    let state = start;
    for (let i = 0; i < 8; i++) state = tf.add(state, update(state, dense));
    return tf.mean(tf.square(state));
  };
  return () => {
    const value = optimizer.minimize(loss, true, [w1, b1, w2]);
    value.dataSync();
    return value;
  };
}

async function measure({ backend, faster }) {
  console.warn = () => {};
  const tf = loadCore();
  loadNative();
  if (faster) useFasterKernels(tf);
  await tf.setBackend(backend);
  await tf.ready();

  const times = {};
  for (const [name, operation] of Object.entries(operations(tf))) {
    const run = (count) => {
      const start = performance.now();
      for (let i = 0; i < count; i++) operation().dispose();
      return (performance.now() - start) / count;
    };
    try {
      run(3);
    } catch {
      continue; // the backend lacks a kernel
    }
    const count = Math.max(1, Math.min(2000, Math.round(SAMPLE_MS / run(1))));
    run(count);
    times[name] = 1000 * median(Array.from({ length: SAMPLES }, () => run(count)));
  }
  return times;
}

function compare(rounds) {
  const results = Object.fromEntries(Object.keys(configurations).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { threads }] of Object.entries(configurations)) {
      const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--measure', name], {
        env: {
          ...process.env,
          TF_CPP_MIN_LOG_LEVEL: '3',
          ...(threads && { TF_NUM_INTRAOP_THREADS: String(threads) }),
        },
        encoding: 'utf8',
      });
      results[name].push(JSON.parse(output));
    }
  }

  const digits = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
  const line = (name, cells) => console.log(`| ${name} | ${cells.join(' | ')} |`);
  line('microseconds', Object.keys(configurations));
  line('---', Array(Object.keys(configurations).length).fill('--:'));
  for (const name of Object.keys(results['1 thread'][0])) {
    const medians = Object.values(results).map((runs) => median(runs.map((times) => times[name])));
    line(
      name.trimStart() === name ? name : `— ${name.trim()}`,
      medians.map((value) => (value === undefined ? 'no kernel' : digits(value))),
    );
  }
}

if (process.argv[2] === '--measure') {
  console.log(JSON.stringify(await measure(configurations[process.argv[3]])));
} else {
  compare(Number(process.argv[2] ?? 5));
}
