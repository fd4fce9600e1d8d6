/**
 * The network as straight-line GLSL with its weights as constants, equivalent to the loops in `shaders/network.glsl`.
 *
 * The form is the one that a software GPU's compiler handles best (see engine/DIARY.md): matrices times vectors, one
 * vector of units at a time. Features and hidden units are written to arrays that the compiler has to keep in memory,
 * since an index that is unknown to it may write to them. Otherwise it would keep hundreds of values in registers that
 * do not exist, and spill. Equal constants are stored once, so weights on a coarse grid (see {@link gridOf}) are
 * written as whole numbers, and each sum is scaled once.
 */
import type { Model } from '../../common/model/weights.ts';
import { vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../state-pair.ts';
import {
  biasText,
  convolutionLayer,
  filterInputs,
  matrixText,
  neighbourhoodInputs,
  unitInputs,
  unitsInOrder,
  unitsOfChannels,
  updateLayers,
  type DenseLayer,
  type InputMap,
  type WantedUnits,
} from './dense-layers.ts';
import { ACTIVATION_TEXT, finished } from './glsl-text.ts';
import { fetchLines, filterText, NEIGHBOURS, TAPS } from './perception.ts';

/** Inputs in an array of the shader. */
interface Inputs extends InputMap {
  readonly array: string;
}

/**
 * The text of `updateOf` for one model.
 *
 * @param range the state textures whose update is needed
 */
export function unrolledNetwork(model: Model, range: GroupRange): string {
  const { perceive } = model.specification;
  const layers = updateLayers(model);
  const lines: string[] = [];
  let inputs: Inputs;
  if (perceive.kind === 'conv3x3') {
    // The neighbourhood is one long vector, and the perception is the first of the dense layers.
    inputs = gather(lines, model);
    layers.unshift(convolutionLayer(model));
  } else {
    inputs = filter(lines, model, perceive.filters);
  }
  layers.forEach((layer, index) => {
    if (index < layers.length - 1) inputs = hiddenLayer(lines, layer, inputs, `units${index}`);
    else dense(lines, layer, inputs, unitsOfChannels(model, range), 'update');
  });
  return `${ACTIVATION_TEXT}// Always below zero, which no compiler can know.
uniform highp int never;

void updateOf(ivec2 texel, out vec4 update[TARGETS]) {
${[...NEIGHBOURS, 'vec4 v;', 'vec4 sum;', ...lines].map((line) => `  ${line}`).join('\n')}
}
`;
}

function gather(lines: string[], model: Model): Inputs {
  const groups = vectorsFor(model.specification.channels.count);
  const names = TAPS.flatMap((tap) => Array.from({ length: groups }, (_, group) => `near${tap}_${group}`));
  for (const tap of TAPS) {
    for (let group = 0; group < groups; group += 1) {
      const name = `near${tap}_${group}`;
      lines.push(`vec4 ${name};`, ...fetchLines(model.specification, group, tap, name));
    }
  }
  lines.push(declareArray('near', names), keepInMemory('near'));
  return { array: 'near', ...neighbourhoodInputs(model) };
}

function filter(lines: string[], model: Model, filters: number): Inputs {
  const inputs = filterInputs(model, filters);
  const textOf = filterText(model, filters);
  for (const tap of TAPS) lines.push(`vec4 near${tap};`);
  for (let index = 0; index < inputs.vectors; index += 1) {
    const group = Math.floor(index / filters);
    if (index % filters === 0) {
      for (const tap of TAPS) lines.push(...fetchLines(model.specification, group, tap, `near${tap}`));
    }
    lines.push(`vec4 feature${index} = ${textOf(group, index % filters)};`);
  }
  const names = Array.from({ length: inputs.vectors }, (_, index) => `feature${index}`);
  lines.push(declareArray('features', names), keepInMemory('features'));
  return { array: 'features', ...inputs };
}

function hiddenLayer(lines: string[], layer: DenseLayer, inputs: Inputs, array: string): Inputs {
  const made = unitInputs(layer.bias.length);
  // The values do not matter, since all of them are replaced.
  const values = new Array<string>(made.vectors).fill('v');
  lines.push(declareArray(array, values));
  dense(lines, layer, inputs, unitsInOrder({ first: 0, count: made.vectors }), array);
  lines.push(keepInMemory(array));
  return { array, ...made };
}

function dense(lines: string[], layer: DenseLayer, inputs: Inputs, wanted: WantedUnits, into: string): void {
  wanted.forEach((units, index) => {
    lines.push(`sum = ${biasText(layer, units)};`);
    for (let source = 0; source < inputs.vectors; source += 1) {
      const text = matrixText(layer, inputs, source, units);
      if (text !== null) lines.push(`v = ${inputs.array}[${source}]; sum += ${text} * v;`);
    }
    lines.push(`${into}[${index}] = ${finished('sum', layer.scale, layer.activation)};`);
  });
}

/**
 * Declares an array with initial values. Without them, WebGL sets the array to zero, and a software GPU does so twice.
 */
function declareArray(name: string, values: readonly string[]): string {
  const type = `vec4[${values.length}]`;
  return `${type} ${name} = ${type}(${values.join(', ')});`;
}

/** Returns an access with an index that never occurs. Without it, the array would be split into registers. */
function keepInMemory(array: string): string {
  return `if (never >= 0) ${array}[never] = vec4(0.0);`;
}
