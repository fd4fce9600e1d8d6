/** What the shader of each layer of a network needs: the perception first, then the hidden layers, then the update. */
import { codeOf } from '../../common/model/activations.ts';
import type { Model } from '../../common/model/weights.ts';
import type { Defines } from '../../gpu/shader-source.ts';
import { packNetwork, vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../state-pair.ts';
import {
  convolutionLayer,
  filterInputs,
  type LayerParts,
  neighbourhoodInputs,
  unitInputs,
  unitsInOrder,
  unitsOfChannels,
  updateLayers,
} from './dense-layers.ts';
import { blockWeights, type LayerWeights, unrolledLayer, unrolledPerception } from './unrolled-layers.ts';
import type { WeightList } from './weight-list.ts';

export interface LayerShader {
  /** The number of vectors of units that the layer computes. */
  readonly vectors: number;
  readonly defines: Defines;
  /** The text that replaces `shaders/layer.glsl` in the pass that draws `range`, if it is generated. */
  readonly textOf?: (range: GroupRange) => string;
  /** The weights that the pass that draws `range` reads from its uniform block, if it has one. */
  readonly blockOf?: (range: GroupRange) => Float32Array;
}

/** Layers whose text is generated. Their weights are constants, or in a uniform block for each pass. */
export function generatedLayers(model: Model, weights: LayerWeights): LayerShader[] {
  const { perceive, channels } = model.specification;
  const layers = updateLayers(model);
  const isFull = perceive.kind === 'conv3x3';
  const isInBlock = weights !== 'constants';
  let inputs = isFull ? unitInputs(perceive.features) : filterInputs(model, perceive.filters);
  const neighbourhood = (range: GroupRange): LayerParts => ({
    layer: convolutionLayer(model),
    inputs: neighbourhoodInputs(model),
    wanted: unitsInOrder(range),
  });
  const shaders: LayerShader[] = [
    {
      vectors: inputs.vectors,
      defines: {},
      textOf: (range) => unrolledPerception(model, range, weights),
      // The few weights of a filter for each channel are always constants.
      ...(isFull && isInBlock ? { blockOf: (range) => blockWeights(neighbourhood(range)) } : {}),
    },
  ];
  layers.forEach((layer, index) => {
    const read = inputs;
    const isLast = index === layers.length - 1;
    inputs = unitInputs(layer.bias.length);
    const partsOf = (range: GroupRange): LayerParts => ({
      layer,
      inputs: read,
      wanted: isLast ? unitsOfChannels(model, range) : unitsInOrder(range),
    });
    shaders.push({
      vectors: isLast ? vectorsFor(channels.count) : inputs.vectors,
      defines: {},
      textOf: (range) => unrolledLayer(partsOf(range), weights),
      ...(isInBlock ? { blockOf: (range) => blockWeights(partsOf(range)) } : {}),
    });
  });
  return shaders;
}

/** Layers as loops over the weights, which are placed in `weights`. */
export function loopLayers(model: Model, weights: WeightList): LayerShader[] {
  const network = packNetwork(model);
  const isFull = network.convolution === 'full';
  const perception: LayerShader = {
    vectors: network.featureGroups,
    defines: {
      LAYER_INPUT: isFull ? 1 : 2,
      UNIT_GROUPS: network.featureGroups,
      FILTER_GROUPS: network.filterGroups,
      LAYER_ACTIVATION: codeOf(network.perceiveActivation),
      LAYER_KERNEL: weights.place(network.perceiveKernel),
      LAYER_BIAS: weights.place(network.perceiveBias),
    },
  };
  return [
    perception,
    ...network.layers.map((layer): LayerShader => ({
      vectors: layer.unitGroups,
      defines: {
        LAYER_INPUT: 0,
        INPUT_GROUPS: layer.inputGroups,
        UNIT_GROUPS: layer.unitGroups,
        LAYER_ACTIVATION: codeOf(layer.activation),
        LAYER_KERNEL: weights.place(layer.kernel),
        LAYER_BIAS: weights.place(layer.bias),
      },
    })),
  ];
}
