/**
 * A network's weights in the form that the shaders expect: every row is padded to whole four-component vectors, and the
 * units of the last layer are in the order of the channels, with zeros for the ink.
 */
import type { Activation } from '../common/model/activations.ts';
import { featureCount, updateUnitOfChannel, type ModelSpecification } from '../common/model/specification.ts';
import { tensorOf, type Model } from '../common/model/weights.ts';

/** A 1×1 layer. The groups are vectors of four. */
export interface PackedLayer {
  readonly inputGroups: number;
  readonly unitGroups: number;
  /** Vector (input · unitGroups + g): the weights from an input to units 4 g … 4 g + 3. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

export interface PackedNetwork {
  readonly channels: number;
  /** The number of state textures. */
  readonly groups: number;
  readonly inkChannel: number;
  readonly convolution: 'full' | 'depthwise';
  /** The number of vectors of features computed from one channel (depthwise), or from all channels together (full). */
  readonly filterGroups: number;
  readonly featureGroups: number;
  /** Vector ((tap · channels + channel) · filterGroups + g). */
  readonly perceiveKernel: Float32Array;
  readonly perceiveBias: Float32Array;
  readonly perceiveActivation: Activation;
  /** The hidden layers, then the layer that computes the update: one unit per channel. */
  readonly layers: readonly PackedLayer[];
}

/** The number of vectors of four that hold `count` values. */
export function vectorsFor(count: number): number {
  return Math.ceil(count / 4);
}

/** The number of values in a packed network. */
export function packedLength({ perceiveKernel, perceiveBias, layers }: PackedNetwork): number {
  return layers.reduce(
    (sum, { kernel, bias }) => sum + kernel.length + bias.length,
    perceiveKernel.length + perceiveBias.length,
  );
}

/** @param model a model whose weights have been checked */
export function packNetwork(model: Model): PackedNetwork {
  const { specification, weights } = model;
  const { perceive, channels, update } = specification;
  const perFilterSet = perceive.kind === 'conv3x3' ? perceive.features : perceive.filters;
  const filterGroups = vectorsFor(perFilterSet);
  const featureGroups = perceive.kind === 'conv3x3' ? filterGroups : filterGroups * channels.count;
  const kernel = tensorOf(weights, 'perceive.kernel').data;
  const bias = perceive.kind === 'conv3x3' ? tensorOf(weights, 'perceive.bias').data : new Float32Array(0);
  let inputs = paddedFeatureIndices(specification);
  const layers = update.map((layer, index) => {
    const isLast = index === update.length - 1;
    const outputs = isLast ? updateUnitOfChannel(specification) : range(layer.units);
    const source = tensorOf(weights, `update.${index}.kernel`).data;
    const biases = tensorOf(weights, `update.${index}.bias`).data;
    const packed = packLayer(source, biases, layer.units, inputs, outputs, layer.activation);
    inputs = padded(range(layer.units));
    return packed;
  });
  return {
    channels: channels.count,
    groups: vectorsFor(channels.count),
    inkChannel: channels.ink,
    convolution: perceive.kind === 'conv3x3' ? 'full' : 'depthwise',
    filterGroups,
    featureGroups,
    perceiveKernel: padRows(kernel, perFilterSet),
    perceiveBias: padRows(bias, bias.length),
    perceiveActivation: perceive.activation,
    layers,
  };
}

/** For each padded feature, the index of that feature in the specification, or −1 for padding. */
function paddedFeatureIndices(specification: ModelSpecification): number[] {
  const { perceive, channels } = specification;
  if (perceive.kind === 'conv3x3') return padded(range(featureCount(specification)));
  const perChannel = vectorsFor(perceive.filters) * 4;
  return Array.from({ length: channels.count * perChannel }, (_, index) => {
    const filter = index % perChannel;
    return filter < perceive.filters ? Math.floor(index / perChannel) * perceive.filters + filter : -1;
  });
}

/**
 * @param inputs the row of the kernel for each packed input, −1 for none
 * @param outputs the column of the kernel for each packed output, −1 for none
 */
function packLayer(
  kernel: Float32Array,
  bias: Float32Array,
  units: number,
  inputs: readonly number[],
  outputs: readonly number[],
  activation: Activation,
): PackedLayer {
  const unitGroups = vectorsFor(outputs.length);
  const packed = new Float32Array(inputs.length * unitGroups * 4);
  const packedBias = new Float32Array(unitGroups * 4);
  outputs.forEach((output, column) => {
    if (output < 0) return;
    packedBias[column] = bias[output];
    inputs.forEach((input, row) => {
      if (input >= 0) packed[row * unitGroups * 4 + column] = kernel[input * units + output];
    });
  });
  return { inputGroups: inputs.length / 4, unitGroups, kernel: packed, bias: packedBias, activation };
}

/** Pads each row of `rowLength` values with zeros to whole vectors. */
function padRows(values: Float32Array, rowLength: number): Float32Array {
  if (rowLength === 0) return values;
  const padded = vectorsFor(rowLength) * 4;
  const rows = values.length / rowLength;
  const result = new Float32Array(rows * padded);
  for (let row = 0; row < rows; row += 1) {
    result.set(values.subarray(row * rowLength, (row + 1) * rowLength), row * padded);
  }
  return result;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function padded(indices: number[]): number[] {
  const missing = vectorsFor(indices.length) * 4 - indices.length;
  return [...indices, ...Array.from({ length: missing }, () => -1)];
}
