/**
 * The network as GLSL for the compilers of real GPUs: loops with few, fully unrolled iterations, whose weights are in
 * uniform blocks. The features stay in registers, since nothing indexes them with a number that is unknown to the
 * compiler. An iteration computes four hidden units and adds them to the outputs immediately.
 */
import type { Model } from '../../common/model/weights.ts';
import { vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../state-pair.ts';
import {
  biasText,
  convolutionLayer,
  filterInputs,
  unitInputs,
  unitsInOrder,
  unitsOfChannels,
  matrixEntries,
  updateLayers,
  weightsOf,
  type DenseLayer,
  type InputMap,
  type WantedUnits,
} from './dense-layers.ts';
import { ACTIVATION_TEXT, COMPONENTS, finished, LETTERS } from './glsl-text.ts';
import { fetchLines, filterText, NEIGHBOURS, TAPS } from './perception.ts';
import { type Segment, WeightBlocks } from './weight-blocks.ts';

/** Inputs that are variables of the shader. */
interface Variables extends InputMap {
  readonly names: readonly string[];
}

export interface BlockNetwork {
  /** The weights of each uniform block. */
  readonly blocks: readonly Float32Array[];
  /** Returns the text of `updateOf` for some of the state textures. */
  textOf(range: GroupRange): string;
}

/**
 * @param blockBytes the maximum size of a uniform block, in bytes
 * @throws CapabilityError if the weights of one iteration do not fit into a block
 */
export function blockNetwork(model: Model, blockBytes: number): BlockNetwork {
  const { perceive, channels } = model.specification;
  const weights = new WeightBlocks(blockBytes);
  const layers = updateLayers(model);
  const output = layers[layers.length - 1];
  const hidden = layers.at(-2);
  const lines: string[] = [];
  let inputs = perceive.kind === 'conv3x3' ? convolve(lines, model, weights) : filter(lines, model, perceive.filters);
  layers.slice(0, -2).forEach((layer, index) => {
    inputs = writtenLayer(lines, layer, inputs, weights, `early${index}_`);
  });
  const groups = vectorsFor(channels.count);
  const all = unitsOfChannels(model, { first: 0, count: groups });
  const read = inputs;
  const outputRows = hidden
    ? weights.place(hiddenRows(hidden, output, read, all))
    : weights.place(all.map((units) => rowOf(output, read, units, false)));

  return {
    blocks: weights.blocks,
    textOf: (range) => {
      const sums = all.slice(range.first, range.first + range.count);
      const body = [...lines, ...sums.map((units, index) => `vec4 sum${index} = ${biasText(output, units)};`)];
      if (hidden) body.push(...hiddenLoops(hidden, read, outputRows, groups, range));
      else body.push(...writtenSums(read, outputRows, range));
      sums.forEach((_, index) => {
        body.push(`update[${index}] = ${finished(`sum${index}`, output.scale, output.activation)};`);
      });
      return `${ACTIVATION_TEXT}${weights.declarations}
void updateOf(ivec2 texel, out vec4 update[TARGETS]) {
${body.map((line) => `  ${line}`).join('\n')}
}
`;
    },
  };
}

/** Depthwise features. Their few weights are part of the text. */
function filter(lines: string[], model: Model, filters: number): Variables {
  const inputs = filterInputs(model, filters);
  const textOf = filterText(model, filters);
  lines.push(...NEIGHBOURS, ...TAPS.map((tap) => `vec4 near${tap};`));
  const names = Array.from({ length: inputs.vectors }, (_, index) => {
    const group = Math.floor(index / filters);
    if (index % filters === 0) {
      for (const tap of TAPS) lines.push(...fetchLines(model.specification, group, tap, `near${tap}`));
    }
    lines.push(`vec4 feature${index} = ${textOf(group, index % filters)};`);
    return `feature${index}`;
  });
  return { names, ...inputs };
}

/** The features of a full convolution, with one iteration for each of the nine cells. */
function convolve(lines: string[], model: Model, weights: WeightBlocks): Variables {
  const { channels } = model.specification;
  const layer = convolutionLayer(model);
  const groups = vectorsFor(channels.count);
  const made = unitInputs(layer.bias.length);
  const wanted = unitsInOrder({ first: 0, count: made.vectors });
  const names = wanted.map((_, index) => `feature${index}`);
  wanted.forEach((units, index) => lines.push(`vec4 ${names[index]} = ${biasText(layer, units)};`));
  lines.push('uvec4 before = texelFetch(linksBefore, texel, 0);', 'uvec4 after = texelFetch(linksAfter, texel, 0);');
  const rows = TAPS.map((tap) => {
    const inputOf = (group: number, component: number): number => {
      const channel = group * 4 + component;
      return channel < channels.count ? tap * channels.count + channel : -1;
    };
    return Float32Array.from(
      Array.from({ length: groups }, (_, group) =>
        COMPONENTS.flatMap((component) =>
          wanted.flatMap((units) => weightsOf(layer, inputOf(group, component), units)),
        ),
      ).flat(),
    );
  });
  let tap = 0;
  for (const { block, first, rows: count } of weights.place(rows)) {
    const rowVectors = groups * 4 * made.vectors;
    lines.push(`for (int tap = ${tap}; tap < ${tap + count}; tap += 1) {`);
    lines.push(`int at = ${first} + (tap - ${tap}) * ${rowVectors};`);
    lines.push('uint link = tap < 4 ? before[tap & 3] : after[(tap - 5) & 3];');
    lines.push('ivec2 near = tap == 4 ? texel : texelOfSlot(slotOfLink(link));', 'vec4 v;');
    for (let group = 0; group < groups; group += 1) {
      lines.push(`v = texelFetch(state${group}, near, 0);`);
      if (channels.ink >> 2 === group) {
        const ink = `v.${LETTERS[channels.ink & 3]}`;
        lines.push(`${ink} = tap == 4 ? ${ink} : inkOfLink(link);`);
      }
      LETTERS.forEach((letter, component) => {
        if (group * 4 + component >= channels.count) return;
        const offset = (group * 4 + component) * made.vectors;
        names.forEach((name, index) => lines.push(`${name} += v.${letter} * weights${block}[at + ${offset + index}];`));
      });
    }
    lines.push('}');
    tap += count;
  }
  for (const name of names) lines.push(`${name} = ${finished(name, layer.scale, layer.activation)};`);
  return { names, ...made };
}

/** A hidden layer before the last one, with one variable for every four units. */
function writtenLayer(
  lines: string[],
  layer: DenseLayer,
  inputs: Variables,
  weights: WeightBlocks,
  prefix: string,
): Variables {
  const made = unitInputs(layer.bias.length);
  const wanted = unitsInOrder({ first: 0, count: made.vectors });
  const segments = weights.place(wanted.map((units) => rowOf(layer, inputs, units, false)));
  const names = wanted.map((_, index) => `${prefix}${index}`);
  wanted.forEach((units, index) => {
    lines.push(`vec4 ${names[index]} = ${biasText(layer, units)};`);
    const { block, at } = placeOf(segments, index, 4 * inputs.vectors);
    lines.push(...productLines(names[index], inputs, block, String(at)));
    lines.push(`${names[index]} = ${finished(names[index], layer.scale, layer.activation)};`);
  });
  return { names, ...made };
}

/** For every four hidden units: their bias, the weights of their inputs, and the weights of their outputs. */
function hiddenRows(hidden: DenseLayer, output: DenseLayer, inputs: InputMap, all: WantedUnits): Float32Array[] {
  const made = unitInputs(hidden.bias.length);
  return unitsInOrder({ first: 0, count: made.vectors }).map((units, index) => {
    const outputs = COMPONENTS.flatMap((component) =>
      all.flatMap((wanted) => weightsOf(output, made.inputOf(index, component), wanted)),
    );
    return Float32Array.from([...rowOf(hidden, inputs, units, true), ...outputs]);
  });
}

function hiddenLoops(
  { scale, activation }: DenseLayer,
  inputs: Variables,
  segments: readonly Segment[],
  groups: number,
  range: GroupRange,
): string[] {
  const inputVectors = 4 * inputs.vectors;
  const rowVectors = 1 + inputVectors + 4 * groups;
  return segments.flatMap(({ block, first, rows }) => [
    `for (int at = ${first}; at < ${first + rows * rowVectors}; at += ${rowVectors}) {`,
    `vec4 hidden = weights${block}[at];`,
    ...productLines('hidden', inputs, block, 'at + 1'),
    `hidden = ${finished('hidden', scale, activation)};`,
    ...LETTERS.flatMap((letter, component) =>
      Array.from({ length: range.count }, (_, index) => {
        const offset = 1 + inputVectors + component * groups + range.first + index;
        return `sum${index} += hidden.${letter} * weights${block}[at + ${offset}];`;
      }),
    ),
    '}',
  ]);
}

/** The outputs, computed directly from the features. */
function writtenSums(inputs: Variables, segments: readonly Segment[], { first, count }: GroupRange): string[] {
  return Array.from({ length: count }, (_, index) => {
    const { block, at } = placeOf(segments, first + index, 4 * inputs.vectors);
    return productLines(`sum${index}`, inputs, block, String(at));
  }).flat();
}

/** Adds the products of all inputs with the weights from `at` on. */
function productLines(sum: string, { names }: Variables, block: number, at: string): string[] {
  return names.flatMap((name, source) =>
    LETTERS.map(
      (letter, component) => `${sum} += ${name}.${letter} * weights${block}[${at} + ${source * 4 + component}];`,
    ),
  );
}

/** The weights of four units for each component of each input, preceded by their bias if `withBias` is true. */
function rowOf(layer: DenseLayer, inputs: InputMap, units: readonly number[], withBias: boolean): Float32Array {
  const { bias, scale } = layer;
  const row = withBias ? units.map((unit) => (unit >= 0 && unit < bias.length ? bias[unit] / scale : 0)) : [];
  for (let source = 0; source < inputs.vectors; source += 1) {
    row.push(...matrixEntries(layer, inputs, source, units));
  }
  return Float32Array.from(row);
}

/** Returns the position of a row. */
function placeOf(segments: readonly Segment[], row: number, rowVectors: number): { block: number; at: number } {
  let before = 0;
  for (const { block, first, rows } of segments) {
    if (row < before + rows) return { block, at: first + (row - before) * rowVectors };
    before += rows;
  }
  throw new RangeError(`There is no row ${row}.`);
}
