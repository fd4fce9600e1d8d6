/** The layers of a model as the generators of straight-line GLSL see them. */
import { gridOf } from '../../common/model/grid.ts';
import { updateUnitOfChannel, type Activation } from '../../common/model/specification.ts';
import { tensorOf, type Model } from '../../common/model/weights.ts';
import { vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../state-pair.ts';
import { COMPONENTS, matrix, vector } from './glsl-text.ts';

export interface DenseLayer {
  /** [inputs, units], row-major, as whole numbers times one scale or as they are. */
  readonly kernel: ArrayLike<number>;
  readonly scale: number;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/** Which of a layer's inputs each component of the vectors that it reads is, −1 for none. */
export interface InputMap {
  readonly vectors: number;
  inputOf(vector: number, component: number): number;
}

/** For each of a layer's vectors of outputs, its unit of each component; −1 or too large for none. */
export type WantedUnits = readonly (readonly number[])[];

/** What a pass makes of a layer. */
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

/** A full convolution is a dense layer over the nine cells of {@link neighbourhoodInputs}. */
export function convolutionLayer({ specification, weights }: Model): DenseLayer {
  const { values, scale } = gridOf(tensorOf(weights, 'perceive.kernel').data);
  const bias = tensorOf(weights, 'perceive.bias').data;
  return { kernel: values, scale, bias, activation: specification.perceive.activation };
}

/** Nine cells one after the other, each with the channels of its state textures. */
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

/** Depthwise features: vector (group · filters + m) holds filter m of the group's four channels. */
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

/** A layer's units in their order. */
export function unitInputs(units: number): InputMap {
  return {
    vectors: vectorsFor(units),
    inputOf: (index, component) => (index * 4 + component < units ? index * 4 + component : -1),
  };
}

/** A layer's own units, in their order. */
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

/** What the sum for a vector of units begins with. */
export function biasText({ bias, scale }: DenseLayer, units: readonly number[]): string {
  return vector(units.map((unit) => (unit >= 0 && unit < bias.length ? bias[unit] / scale : 0)));
}

/** What a vector of inputs is multiplied by for a vector of units, column by column: four weights for each input. */
export function matrixEntries(layer: DenseLayer, inputs: InputMap, source: number, units: readonly number[]): number[] {
  return COMPONENTS.flatMap((component) => weightsOf(layer, inputs.inputOf(source, component), units));
}

/** The same as text; null if it is all zero. */
export function matrixText(
  layer: DenseLayer,
  inputs: InputMap,
  source: number,
  units: readonly number[],
): string | null {
  const entries = matrixEntries(layer, inputs, source, units);
  return entries.every((entry) => entry === 0) ? null : matrix(entries);
}

/** What an input is multiplied by for each of some units; 0 where there is no such input or unit. */
export function weightsOf({ kernel, bias }: DenseLayer, input: number, units: readonly number[]): number[] {
  return units.map((unit) => (input >= 0 && unit >= 0 && unit < bias.length ? kernel[input * bias.length + unit] : 0));
}
