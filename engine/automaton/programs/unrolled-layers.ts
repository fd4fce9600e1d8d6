/**
 * One layer of the network as straight-line GLSL with its weights as constants:
 * what `shaders/layer.glsl` says in loops. A pass makes a few vectors of units;
 * their sums stay in registers while the inputs go by, each fetched once.
 */
import type { Model } from '../../common/model/weights.ts';
import { vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../state-pair.ts';
import {
  biasText,
  convolutionLayer,
  matrixText,
  neighbourhoodInputs,
  unitsInOrder,
  type DenseLayer,
  type InputMap,
  type WantedUnits,
} from './dense-layers.ts';
import { finished } from './glsl-text.ts';
import { fetchLines, filterText, NEIGHBOURS, TAPS } from './perception.ts';

/** The text of `layerOf` for a full convolution, or for a few filters a channel, whose sums follow one another. */
export function unrolledPerception(model: Model, range: GroupRange): string {
  const { specification } = model;
  const { perceive, channels } = specification;
  if (perceive.kind === 'depthwise3x3')
    return layerText([...NEIGHBOURS, ...filterLines(model, perceive.filters, range)]);
  const groups = vectorsFor(channels.count);
  const fetch = (source: number) => fetchLines(specification, source % groups, Math.floor(source / groups), 'v');
  const sums = sumLines(convolutionLayer(model), neighbourhoodInputs(model), unitsInOrder(range), fetch);
  return layerText([...NEIGHBOURS, ...sums]);
}

/** The text of `layerOf` for a 1×1 layer. */
export function unrolledLayer(layer: DenseLayer, inputs: InputMap, wanted: WantedUnits): string {
  return layerText(sumLines(layer, inputs, wanted, (source) => [`v = inputGroup(${source}, texel);`]));
}

function layerText(lines: readonly string[]): string {
  return `#include "band.glsl"

void layerOf(ivec2 texel, out vec4 units[TARGETS]) {
${lines.map((line) => `  ${line}`).join('\n')}
}
`;
}

function sumLines(
  layer: DenseLayer,
  inputs: InputMap,
  wanted: WantedUnits,
  fetch: (source: number) => readonly string[],
): string[] {
  const lines = ['vec4 v;', ...wanted.map((units, index) => `vec4 sum${index} = ${biasText(layer, units)};`)];
  for (let source = 0; source < inputs.vectors; source += 1) {
    const terms = wanted.flatMap((units, index) => {
      const text = matrixText(layer, inputs, source, units);
      return text === null ? [] : [`sum${index} += ${text} * v;`];
    });
    if (terms.length > 0) lines.push(...fetch(source), ...terms);
  }
  wanted.forEach((_, index) => {
    lines.push(`units[${index}] = ${finished(`sum${index}`, layer.scale, layer.activation)};`);
  });
  return lines;
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
