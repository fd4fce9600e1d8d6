/** The layers of a model in the form that the generators of straight-line GLSL need. */
import { gridOf } from '../../common/model/grid.ts';
import type { Activation } from '../../common/model/activations.ts';
import { updateUnitOfChannel } from '../../common/model/specification.ts';
import { tensorOf, type Model } from '../../common/model/weights.ts';
import { vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../state-pair.ts';
import { COMPONENTS, matrix, vector } from './glsl-text.ts';

export interface DenseLayer {
  /** [inputs, units], row-major; either whole numbers times a common scale, or the values themselves. */
  readonly kernel: ArrayLike<number>;
  readonly scale: number;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/** For each component of the vectors that a layer reads, the index of the layer's input, or −1 for none. */
export interface InputMap {
  readonly vectors: number;
  inputOf(vector: number, component: number): number;
}

/**
 * For each of a layer's output vectors, the unit of each component. An index that is −1 or too large stands for none.
 */
export type WantedUnits = readonly (readonly number[])[];

/** The part of a layer that one pass computes. */
export interface LayerParts {
  readonly layer: DenseLayer;
  readonly inputs: InputMap;
  readonly wanted: WantedUnits;
}

/** The 1×1 layers. */
export function updateLayers({ specification, weights }: Model): DenseLayer[] {
  return specification.update.map(({ activation }, index) => {
    const { values, scale } = gridOf(tensorOf(weights, `update.${index}.kernel`).data);
    return { kernel: values, scale, bias: tensorOf(weights, `update.${index}.bias`).data, activation };
  });
}

/** A full convolution, as a dense layer over the nine cells of {@link neighbourhoodInputs}. */
export function convolutionLayer({ specification, weights }: Model): DenseLayer {
  const { values, scale } = gridOf(tensorOf(weights, 'perceive.kernel').data);
  const bias = tensorOf(weights, 'perceive.bias').data;
  return { kernel: values, scale, bias, activation: specification.perceive.activation };
}

/** The nine cells one after the other, each with the channels of its state textures. */
export function neighbourhoodInputs({ specification }: Model): InputMap {
  const { count } = specification.channels;
  const groups = vectorsFor(count);
  return {
    vectors: 9 * groups,
    inputOf: (index, component) => {
      const channel = (index % groups) * 4 + component;
      return channel < count ? Math.floor(index / groups) * count + channel : -1;
    },
  };
}

/** Depthwise features. Vector (group · filters + m) holds filter m of the group's four channels. */
export function filterInputs({ specification }: Model, filters: number): InputMap {
  const { count } = specification.channels;
  return {
    vectors: vectorsFor(count) * filters,
    inputOf: (index, component) => {
      const channel = Math.floor(index / filters) * 4 + component;
      return channel < count ? channel * filters + (index % filters) : -1;
    },
  };
}

/** The units of a layer, in order. */
export function unitInputs(units: number): InputMap {
  return {
    vectors: vectorsFor(units),
    inputOf: (index, component) => (index * 4 + component < units ? index * 4 + component : -1),
  };
}

/** A range of a layer's own units, in order. */
export function unitsInOrder({ first, count }: GroupRange): WantedUnits {
  return Array.from({ length: count }, (_, index) => COMPONENTS.map((component) => (first + index) * 4 + component));
}

/** The last layer's units in the order of the channels. */
export function unitsOfChannels({ specification }: Model, { first, count }: GroupRange): WantedUnits {
  const unitOfChannel = updateUnitOfChannel(specification);
  return Array.from({ length: count }, (_, index) =>
    COMPONENTS.map((component) => unitOfChannel[(first + index) * 4 + component] ?? -1),
  );
}

/** The initial value of the sum for a vector of units. */
export function biasText({ bias, scale }: DenseLayer, units: readonly number[]): string {
  return vector(units.map((unit) => (unit >= 0 && unit < bias.length ? bias[unit] / scale : 0)));
}

/**
 * The matrix that a vector of inputs is multiplied by for a vector of units, column by column: four weights for each
 * input.
 */
export function matrixEntries(layer: DenseLayer, inputs: InputMap, source: number, units: readonly number[]): number[] {
  return COMPONENTS.flatMap((component) => weightsOf(layer, inputs.inputOf(source, component), units));
}

/** The same matrix as text, or null if it is all zero. */
export function matrixText(
  layer: DenseLayer,
  inputs: InputMap,
  source: number,
  units: readonly number[],
): string | null {
  const entries = matrixEntries(layer, inputs, source, units);
  return entries.every((entry) => entry === 0) ? null : matrix(entries);
}

/** The weights of one input for the given units; 0 where there is no such input or unit. */
export function weightsOf({ kernel, bias }: DenseLayer, input: number, units: readonly number[]): number[] {
  return units.map((unit) => (input >= 0 && unit >= 0 && unit < bias.length ? kernel[input * bias.length + unit] : 0));
}
