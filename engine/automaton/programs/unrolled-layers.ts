/**
 * One layer of the network as generated GLSL, equivalent to the loops in `shaders/layer.glsl`. A pass computes a few
 * vectors of units. Their sums stay in registers, and each input is fetched once. The weights are constants, or are in a
 * uniform block. In the latter case, all passes of a layer have the same text and differ only in the part of a buffer
 * that the block reads. A 1×1 layer may then loop over its inputs, a few at a time, because compilers take seconds for
 * the straight-line text of a wide layer.
 */
import type { Model } from '../../common/model/weights.ts';
import { vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../state-pair.ts';
import {
  biasText,
  convolutionLayer,
  matrixEntries,
  matrixText,
  neighbourhoodInputs,
  unitsInOrder,
  type LayerParts,
} from './dense-layers.ts';
import { ACTIVATION_TEXT, COMPONENTS, finished } from './glsl-text.ts';
import { fetchLines, filterText, NEIGHBOURS, TAPS } from './perception.ts';

/** Where the weights of a layer's pass are, and whether a 1×1 layer whose weights are in a block is a loop. */
export type LayerWeights = 'constants' | 'block' | 'looped-block';

/** The name of the uniform block with the weights of a pass. */
export const LAYER_BLOCK = 'LayerBlock';

/** The text of `layerOf` for a full convolution, or for a few filters per channel, whose sums follow one another. */
export function unrolledPerception(model: Model, range: GroupRange, weights: LayerWeights): string {
  const { specification } = model;
  const { perceive, channels } = specification;
  if (perceive.kind === 'depthwise3x3')
    return layerText([...NEIGHBOURS, ...filterLines(model, perceive.filters, range)]);
  const groups = vectorsFor(channels.count);
  const fetch = (source: number) => fetchLines(specification, source % groups, Math.floor(source / groups), 'v');
  const parts = { layer: convolutionLayer(model), inputs: neighbourhoodInputs(model), wanted: unitsInOrder(range) };
  return layerText([...NEIGHBOURS, ...sumLines(parts, weights, fetch)], weights === 'constants' ? null : parts);
}

/** The text of `layerOf` for a 1×1 layer. */
export function unrolledLayer(parts: LayerParts, weights: LayerWeights): string {
  if (weights === 'looped-block') return layerText(loopLines(parts), parts);
  const lines = sumLines(parts, weights, (source) => [`v = inputGroup(${source}, texel);`]);
  return layerText(lines, weights === 'constants' ? null : parts);
}

/**
 * The weights in the block of a pass: the bias of each vector of units, then the weights of each component of each
 * input.
 */
export function blockWeights({ layer, inputs, wanted }: LayerParts): Float32Array {
  const { bias, scale } = layer;
  const values = wanted.flatMap((units) => units.map((unit) => (bias[unit] ?? 0) / scale));
  for (let source = 0; source < inputs.vectors; source += 1) {
    for (const units of wanted) values.push(...matrixEntries(layer, inputs, source, units));
  }
  return Float32Array.from(values);
}

/** @param block the layer, if its weights are in a uniform block */
function layerText(lines: readonly string[], block: LayerParts | null = null): string {
  const vectors = block ? block.wanted.length * (1 + 4 * block.inputs.vectors) : 0;
  const declaration = `layout(std140) uniform ${LAYER_BLOCK} {\n  highp vec4 weights[${vectors}];\n};\n`;
  return `${ACTIVATION_TEXT}#include "band.glsl"
${block ? declaration : ''}
void layerOf(ivec2 texel, out vec4 units[TARGETS]) {
${lines.map((line) => `  ${line}`).join('\n')}
}
`;
}

/** The vectors of inputs that an iteration of a loop takes. */
const INPUTS_AT_ONCE = 4;

/** The sums of a 1×1 layer whose weights are in a block. */
function loopLines(parts: LayerParts): string[] {
  const { inputs, wanted } = parts;
  const count = wanted.length;
  const vectorsOfInput = 4 * count;
  const looped = inputs.vectors - (inputs.vectors % INPUTS_AT_ONCE);
  const terms = (source: string, at: string): string[] => [
    `v = inputGroup(${source}, texel);`,
    ...wanted.map((_, index) => {
      const columns = COMPONENTS.map((component) => `weights[${at} + ${4 * index + component}]`);
      return `sum${index} += mat4(${columns.join(', ')}) * v;`;
    }),
  ];
  const lines = ['vec4 v;', ...wanted.map((_, index) => `vec4 sum${index} = weights[${index}];`)];
  if (looped > 0) {
    lines.push(`for (int source = 0; source < ${looped}; source += ${INPUTS_AT_ONCE}) {`);
    lines.push(`int at = ${count} + source * ${vectorsOfInput};`);
    for (let next = 0; next < INPUTS_AT_ONCE; next += 1) {
      lines.push(...terms(`source + ${next}`, `at + ${next * vectorsOfInput}`));
    }
    lines.push('}');
  }
  for (let source = looped; source < inputs.vectors; source += 1) {
    lines.push(...terms(String(source), String(count + source * vectorsOfInput)));
  }
  return [...lines, ...unitLines(parts)];
}

function unitLines({ layer, wanted }: LayerParts): string[] {
  return wanted.map((_, index) => `units[${index}] = ${finished(`sum${index}`, layer.scale, layer.activation)};`);
}

function sumLines(parts: LayerParts, weights: LayerWeights, fetch: (source: number) => readonly string[]): string[] {
  const { layer, inputs, wanted } = parts;
  const count = wanted.length;
  const start = (units: readonly number[], index: number): string =>
    weights === 'constants' ? biasText(layer, units) : `weights[${index}]`;
  const product = (source: number, units: readonly number[], index: number): string | null => {
    if (weights === 'constants') return matrixText(layer, inputs, source, units);
    const at = count + (source * count + index) * 4;
    return `mat4(weights[${at}], weights[${at + 1}], weights[${at + 2}], weights[${at + 3}])`;
  };
  const lines = ['vec4 v;', ...wanted.map((units, index) => `vec4 sum${index} = ${start(units, index)};`)];
  for (let source = 0; source < inputs.vectors; source += 1) {
    const terms = wanted.flatMap((units, index) => {
      const text = product(source, units, index);
      return text === null ? [] : [`sum${index} += ${text} * v;`];
    });
    if (terms.length > 0) lines.push(...fetch(source), ...terms);
  }
  return [...lines, ...unitLines(parts)];
}

function filterLines(model: Model, filters: number, { first, count }: GroupRange): string[] {
  const textOf = filterText(model, filters);
  const lines = TAPS.map((tap) => `vec4 near${tap};`);
  for (let index = first; index < first + count; index += 1) {
    const group = Math.floor(index / filters);
    if (index === first || index % filters === 0) {
      for (const tap of TAPS) lines.push(...fetchLines(model.specification, group, tap, `near${tap}`));
    }
    lines.push(`units[${index - first}] = ${textOf(group, index % filters)};`);
  }
  return lines;
}
