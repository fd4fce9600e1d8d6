/**
 * A model's weights as one flat array, and as the chain of matrices that a
 * rollout multiplies with.
 *
 * Depthwise perception is linear, so it either becomes a matrix [9 C, C M] that
 * is zero where channels differ, or is folded with the layer behind it into one
 * [9 C, H], whichever costs fewer multiply-adds: on a CPU a dense product runs
 * so much faster than a sparse one that the zeros cost nothing.
 */
import { sizeOf, weightShapes, type Tensor, type Weights } from '../../common/model/weights.ts';
import type { Activation } from '../../common/model/activations.ts';
import { updateUnitOfChannel, type ModelSpecification } from '../../common/model/specification.ts';
import { ModelError } from '../../common/model/model-error.ts';
import { TAPS } from './live-cells.ts';

/** Where a weight stands in the flat array. */
export interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** One matrix of the chain: output = activation(input · kernel + bias). */
export interface Layer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  /** Row-major [inputs, units]. */
  readonly kernel: Float32Array;
  /** [units]; null where there is none. */
  readonly bias: Float32Array | null;
}

/** The gradient of a {@link Layer}. */
export interface LayerGradient {
  readonly kernel: Float32Array;
  readonly bias: Float32Array | null;
}

/** All weights of a specification, in storage order, one after the other. */
export function variablesOf(specification: ModelSpecification): Variable[] {
  let offset = 0;
  return [...weightShapes(specification)].map(([name, shape]) => {
    const variable = { name, shape, offset, size: sizeOf(shape) };
    offset += variable.size;
    return variable;
  });
}

/** Packs named weights into one array in the order of {@link variablesOf}. */
export function flattenWeights(specification: ModelSpecification, weights: Weights): Float32Array {
  const variables = variablesOf(specification);
  const flat = new Float32Array(variables.reduce((total, { size }) => total + size, 0));
  for (const { name, offset } of variables) {
    const tensor = weights.get(name);
    if (!tensor) throw new ModelError(`The weights lack "${name}".`);
    flat.set(tensor.data, offset);
  }
  return flat;
}

/** The named weights in a flat array; copies. */
export function nameWeights(specification: ModelSpecification, flat: Float32Array): Map<string, Tensor> {
  return new Map(
    variablesOf(specification).map(({ name, shape, offset, size }) => [
      name,
      { shape, data: flat.slice(offset, offset + size) },
    ]),
  );
}

/** Turns flat weights into a chain of matrices, and the chain's gradient back. */
export class LayerChain {
  readonly #specification: ModelSpecification;
  readonly #variables: Map<string, Variable>;
  readonly #size: number;
  readonly #unitOfChannel: number[];
  /** Whether perception and the first 1×1 layer are one matrix. */
  readonly folded: boolean;

  constructor(specification: ModelSpecification) {
    this.#specification = specification;
    const variables = variablesOf(specification);
    this.#variables = new Map(variables.map((variable) => [variable.name, variable]));
    this.#size = variables.reduce((total, { size }) => total + size, 0);
    this.#unitOfChannel = updateUnitOfChannel(specification);
    this.folded = foldingPays(specification);
  }

  #part(flat: Float32Array, name: string): Float32Array {
    const variable = this.#variables.get(name);
    if (!variable) throw new ModelError(`The model has no weight "${name}".`);
    return flat.subarray(variable.offset, variable.offset + variable.size);
  }

  /**
   * The matrices for the given weights. The last one has a column for every
   * channel, zero for the ink, and is multiplied by `updateScale`.
   */
  build(flat: Float32Array, updateScale: number): Layer[] {
    const { channels, perceive, update } = this.#specification;
    const layers: Layer[] = [];
    let inputs = TAPS * channels.count;
    const push = (kernel: Float32Array, bias: Float32Array | null, activation: Activation): void => {
      const units = kernel.length / inputs;
      layers.push({ inputs, units, activation, kernel, bias });
      inputs = units;
    };
    const perception = this.#part(flat, 'perceive.kernel');
    if (perceive.kind === 'conv3x3') {
      push(perception, this.#part(flat, 'perceive.bias'), perceive.activation);
    } else if (!this.folded) {
      push(expandDepthwise(perception, channels.count, perceive.filters), null, perceive.activation);
    }
    update.forEach(({ activation }, index) => {
      let kernel = this.#part(flat, `update.${index}.kernel`);
      let bias = this.#part(flat, `update.${index}.bias`);
      if (index === 0 && this.folded && perceive.kind === 'depthwise3x3') {
        kernel = foldDepthwise(perception, channels.count, perceive.filters, kernel);
      }
      if (index === update.length - 1) {
        kernel = this.#columnsOfChannels(kernel, updateScale);
        bias = this.#columnsOfChannels(bias, updateScale);
      }
      push(kernel, bias, activation);
    });
    return layers;
  }

  /** The gradient of the flat weights from the gradients of {@link build}'s matrices. */
  gradient(flat: Float32Array, gradients: readonly LayerGradient[], updateScale: number): Float32Array {
    const { channels, perceive, update } = this.#specification;
    const result = new Float32Array(this.#size);
    const perception = this.#part(flat, 'perceive.kernel');
    const perceptionGradient = this.#part(result, 'perceive.kernel');
    let next = 0;
    if (perceive.kind === 'conv3x3') {
      const { kernel, bias } = gradients[next++];
      perceptionGradient.set(kernel);
      if (bias) this.#part(result, 'perceive.bias').set(bias);
    } else if (!this.folded) {
      collectDepthwise(gradients[next++].kernel, channels.count, perceive.filters, perceptionGradient);
    }
    update.forEach((_, index) => {
      let { kernel, bias } = gradients[next++];
      if (index === update.length - 1) {
        kernel = this.#channelsOfColumns(kernel, updateScale);
        bias = bias && this.#channelsOfColumns(bias, updateScale);
      }
      const target = this.#part(result, `update.${index}.kernel`);
      if (index === 0 && this.folded && perceive.kind === 'depthwise3x3') {
        const weights = this.#part(flat, 'update.0.kernel');
        unfoldGradient(perception, channels.count, perceive.filters, weights, kernel, perceptionGradient, target);
      } else {
        target.set(kernel);
      }
      if (bias) this.#part(result, `update.${index}.bias`).set(bias);
    });
    return result;
  }

  /** [rows, units of the last layer] → [rows, channels], scaled; the ink's column is zero. */
  #columnsOfChannels(values: Float32Array, scale: number): Float32Array {
    const { channels, update } = this.#specification;
    const { units } = update[update.length - 1];
    const rows = values.length / units;
    const result = new Float32Array(rows * channels.count);
    for (let row = 0; row < rows; row += 1) {
      this.#unitOfChannel.forEach((unit, channel) => {
        if (unit >= 0) result[row * channels.count + channel] = values[row * units + unit] * scale;
      });
    }
    return result;
  }

  /** The transpose of {@link #columnsOfChannels}. */
  #channelsOfColumns(values: Float32Array, scale: number): Float32Array {
    const { channels, update } = this.#specification;
    const { units } = update[update.length - 1];
    const rows = values.length / channels.count;
    const result = new Float32Array(rows * units);
    for (let row = 0; row < rows; row += 1) {
      this.#unitOfChannel.forEach((unit, channel) => {
        if (unit >= 0) result[row * units + unit] = values[row * channels.count + channel] * scale;
      });
    }
    return result;
  }
}

function foldingPays({ channels, perceive, update }: ModelSpecification): boolean {
  if (perceive.kind !== 'depthwise3x3' || perceive.activation !== 'none') return false;
  // The last layer is padded to a column a channel, which folding does not know; it is never folded.
  if (update.length < 2) return false;
  const inputs = TAPS * channels.count;
  const features = channels.count * perceive.filters;
  const { units } = update[0];
  return inputs * units <= inputs * features + features * units;
}

/** Depthwise [3, 3, C, M] as a matrix [9 C, C M] that is zero where channels differ. */
function expandDepthwise(kernel: Float32Array, channels: number, filters: number): Float32Array {
  const features = channels * filters;
  const matrix = new Float32Array(TAPS * channels * features);
  for (let row = 0; row < TAPS * channels; row += 1) {
    const to = row * features + (row % channels) * filters;
    for (let filter = 0; filter < filters; filter += 1) matrix[to + filter] = kernel[row * filters + filter];
  }
  return matrix;
}

/** The transpose of {@link expandDepthwise}. */
function collectDepthwise(matrix: Float32Array, channels: number, filters: number, kernel: Float32Array): void {
  const features = channels * filters;
  for (let row = 0; row < TAPS * channels; row += 1) {
    const from = row * features + (row % channels) * filters;
    for (let filter = 0; filter < filters; filter += 1) kernel[row * filters + filter] = matrix[from + filter];
  }
}

/** Depthwise [3, 3, C, M] followed by [C M, H], as one full convolution [9 C, H]. */
export function foldDepthwise(
  kernel: Float32Array,
  channels: number,
  filters: number,
  weights: Float32Array,
): Float32Array {
  const units = weights.length / (channels * filters);
  const folded = new Float32Array(TAPS * channels * units);
  for (let row = 0; row < TAPS * channels; row += 1) {
    for (let filter = 0; filter < filters; filter += 1) {
      const value = kernel[row * filters + filter];
      const from = ((row % channels) * filters + filter) * units;
      for (let unit = 0; unit < units; unit += 1) folded[row * units + unit] += value * weights[from + unit];
    }
  }
  return folded;
}

/** The gradients of both factors of {@link foldDepthwise} from that of their product. */
function unfoldGradient(
  kernel: Float32Array,
  channels: number,
  filters: number,
  weights: Float32Array,
  gradient: Float32Array,
  kernelGradient: Float32Array,
  weightsGradient: Float32Array,
): void {
  const units = weights.length / (channels * filters);
  for (let row = 0; row < TAPS * channels; row += 1) {
    for (let filter = 0; filter < filters; filter += 1) {
      const value = kernel[row * filters + filter];
      const from = ((row % channels) * filters + filter) * units;
      let total = 0;
      for (let unit = 0; unit < units; unit += 1) {
        const slope = gradient[row * units + unit];
        total += slope * weights[from + unit];
        weightsGradient[from + unit] += slope * value;
      }
      kernelGradient[row * filters + filter] = total;
    }
  }
}
