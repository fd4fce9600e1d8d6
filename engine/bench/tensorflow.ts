/**
 * The same network in TensorFlow.js on its WebGL backend. It shows what a step costs if a general library computes
 * every cell of the canvas.
 */
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { keptUpdateScale } from '../common/model/specification.ts';
import { tensorOf, type Model } from '../common/model/weights.ts';
import { LEAK, type Activation } from '../common/model/activations.ts';
import type { Work } from './timing.ts';

type Layer = (input: tf.Tensor4D) => tf.Tensor4D;

function kernelOf(model: Model, name: string, shape: [number, number, number, number]): tf.Tensor4D {
  return tf.tensor4d(tensorOf(model.weights, name).data, shape);
}

function layersOf(model: Model): Layer[] {
  const { perceive, channels, update } = model.specification;
  const activated = (tensor: tf.Tensor4D, activation: Activation): tf.Tensor4D => {
    if (activation === 'relu') return tf.relu(tensor);
    if (activation === 'leaky-relu') return tf.leakyRelu(tensor, LEAK);
    return activation === 'tanh' ? tf.tanh(tensor) : tensor;
  };
  const layers: Layer[] = [];
  let inputs: number;
  if (perceive.kind === 'conv3x3') {
    inputs = perceive.features;
    const kernel = kernelOf(model, 'perceive.kernel', [3, 3, channels.count, inputs]);
    const bias = tf.tensor1d(tensorOf(model.weights, 'perceive.bias').data);
    layers.push((state) => activated(tf.add(tf.conv2d(state, kernel, 1, 'same'), bias), perceive.activation));
  } else {
    inputs = channels.count * perceive.filters;
    const kernel = kernelOf(model, 'perceive.kernel', [3, 3, channels.count, perceive.filters]);
    layers.push((state) => activated(tf.depthwiseConv2d(state, kernel, 1, 'same'), perceive.activation));
  }
  update.forEach(({ units, activation }, index) => {
    const kernel = kernelOf(model, `update.${index}.kernel`, [1, 1, inputs, units]);
    const bias = tf.tensor1d(tensorOf(model.weights, `update.${index}.bias`).data);
    layers.push((values) => activated(tf.add(tf.conv2d(values, kernel, 1, 'same'), bias), activation));
    inputs = units;
  });
  return layers;
}

/** The network on the canvas, ready to be timed. */
export interface TensorFlowRun extends Work {
  /** Frees everything that it uses on the GPU. */
  dispose(): void;
}

/**
 * Creates the step in TensorFlow.js. In its favour, the mask of cells that fire is drawn only once, and there is no
 * noise and no life rule.
 * @param ink one byte per cell
 */
export async function openTensorFlow(
  model: Model,
  width: number,
  height: number,
  ink: Uint8Array,
  dropout: number,
): Promise<TensorFlowRun> {
  await tf.setBackend('webgl');
  await tf.ready();
  const { channels, update } = model.specification;
  const layers = layersOf(model);
  const initial = new Float32Array(width * height * channels.count);
  ink.forEach((byte, cell) => {
    initial[cell * channels.count + channels.ink] = byte / 255;
  });
  const scale = keptUpdateScale(model.specification, dropout);
  const mask = tf.tidy(() =>
    tf.mul(tf.cast(tf.greaterEqual(tf.randomUniform([1, height, width, 1]), dropout), 'float32'), scale),
  );
  let state = tf.tensor4d(initial, [1, height, width, channels.count]);
  const lacksInk = update[update.length - 1].units < channels.count;
  const before = channels.ink;
  const after = channels.count - channels.ink - 1;
  const step = () => {
    const next = tf.tidy(() => {
      const made = layers.reduce((values, layer) => layer(values), state);
      const masked = tf.mul(made, mask);
      const full = lacksInk ? padInk(masked, before, after) : masked;
      return tf.add<tf.Tensor4D>(state, full);
    });
    state.dispose();
    state = next;
  };
  return {
    run: (times) => {
      for (let index = 0; index < times; index += 1) step();
    },
    // One value is enough to know that the GPU has come this far.
    settled: () => tf.tidy(() => tf.slice(state, [0, 0, 0, 0], [1, 1, 1, 1])).data(),
    dispose: () => {
      tf.disposeVariables();
      state.dispose();
      mask.dispose();
    },
  };
}

/** Adds a channel of zeros in the position of the ink. */
function padInk(update: tf.Tensor, before: number, after: number): tf.Tensor {
  const [batch, height, width] = update.shape;
  const zeros = tf.zeros([batch, height, width, 1]);
  if (before === 0) return tf.concat([zeros, update], 3);
  const head = tf.slice(update, [0, 0, 0, 0], [batch, height, width, before]);
  const tail = tf.slice(update, [0, 0, 0, before], [batch, height, width, after]);
  return after === 0 ? tf.concat([head, zeros], 3) : tf.concat([head, zeros, tail], 3);
}
