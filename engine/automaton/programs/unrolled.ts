/**
 * The network as straight-line GLSL with its weights as constants: what
 * `shaders/network.glsl` says in loops.
 *
 * The form is the one that a software GPU's compiler makes most of (see
 * engine/BENCHMARKS.md): matrices times vectors, one vector of units at a time.
 * Features and hidden units are written to arrays that the compiler has to keep
 * in memory, since an index that it cannot know may write to them; it would
 * else keep hundreds of values in registers that there are not, and spill.
 * Equal constants are stored once, so weights on a coarse grid (see
 * {@link gridOf}) are written as whole numbers, and each sum is scaled once.
 */
import { gridOf } from '../../common/model/grid.ts';
import { updateUnitOfChannel, type Activation } from '../../common/model/specification.ts';
import { tensorOf, type Model } from '../../common/model/weights.ts';
import { vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../slot-store.ts';

const COMPONENTS = [0, 1, 2, 3] as const;
const LETTERS = ['x', 'y', 'z', 'w'] as const;
const TAPS = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
const OWN_TAP = 4;

/** The words that tell slot and ink of each neighbour; the cell itself has none. */
const LINKS = TAPS.map((tap) => `${tap < OWN_TAP ? 'before' : 'after'}.${'xyzw?xyzw'.charAt(tap)}`);

/** Vectors that a layer reads, and which of the layer's inputs each component is, −1 for none. */
interface Inputs {
  readonly array: string;
  readonly vectors: number;
  inputOf(vector: number, component: number): number;
}

interface DenseLayer {
  /** [inputs, units], row-major. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/**
 * The text of `updateOf` for one model.
 * @param range the state textures whose update is wanted
 */
export function unrolledNetwork(model: Model, range: GroupRange): string {
  const { specification, weights } = model;
  const layers = specification.update.map((layer, index): DenseLayer => ({
    kernel: tensorOf(weights, `update.${index}.kernel`).data,
    bias: tensorOf(weights, `update.${index}.bias`).data,
    activation: layer.activation,
  }));
  const lines: string[] = [];
  let inputs: Inputs;
  if (specification.perceive.kind === 'conv3x3') {
    // The neighbourhood is one long vector, and perception the first of the dense layers.
    inputs = gather(lines, model);
    const kernel = tensorOf(weights, 'perceive.kernel').data;
    const bias = tensorOf(weights, 'perceive.bias').data;
    layers.unshift({ kernel, bias, activation: specification.perceive.activation });
  } else {
    inputs = filter(lines, model, specification.perceive.filters, specification.perceive.activation);
  }
  layers.forEach((layer, index) => {
    if (index < layers.length - 1) inputs = hiddenLayer(lines, layer, inputs, `units${index}`);
    else outputLayer(lines, layer, inputs, updateUnitOfChannel(specification), range);
  });
  return `// Always below zero, which no compiler can know.
uniform highp int never;

void updateOf(ivec2 texel, out vec4 update[TARGETS]) {
  uvec4 before = texelFetch(linksBefore, texel, 0);
  uvec4 after = texelFetch(linksAfter, texel, 0);
${TAPS.map((tap) => `  ivec2 at${tap} = ${tap === OWN_TAP ? 'texel' : `texelOfSlot(slotOfLink(${LINKS[tap]}))`};`).join('\n')}
  vec4 v;
  vec4 sum;
${lines.map((line) => `  ${line}`).join('\n')}
}
`;
}

/** Fetches four channels of a neighbour; the ink of dead cells stands only in the links. */
function fetch(lines: string[], { specification }: Model, group: number, tap: number, into: string): void {
  const { ink } = specification.channels;
  lines.push(`${into} = texelFetch(state${group}, at${tap}, 0);`);
  if (ink >> 2 === group && tap !== OWN_TAP) lines.push(`${into}.${LETTERS[ink & 3]} = inkOfLink(${LINKS[tap]});`);
}

function gather(lines: string[], model: Model): Inputs {
  const { count } = model.specification.channels;
  const groups = vectorsFor(count);
  lines.push(`vec4 near[${TAPS.length * groups}];`);
  for (const tap of TAPS) {
    for (let group = 0; group < groups; group += 1) fetch(lines, model, group, tap, `near[${tap * groups + group}]`);
  }
  lines.push(keepInMemory('near'));
  return {
    array: 'near',
    vectors: TAPS.length * groups,
    inputOf: (vector, component) => {
      const channel = (vector % groups) * 4 + component;
      return channel < count ? Math.floor(vector / groups) * count + channel : -1;
    },
  };
}

/** Depthwise perception: vector (group · filters + m) holds filter m of the group's four channels. */
function filter(lines: string[], model: Model, filters: number, activation: Activation): Inputs {
  const { count } = model.specification.channels;
  const groups = vectorsFor(count);
  const { values, scale } = gridOf(tensorOf(model.weights, 'perceive.kernel').data);
  lines.push(`vec4 features[${groups * filters}];`);
  for (const tap of TAPS) lines.push(`vec4 near${tap};`);
  for (let group = 0; group < groups; group += 1) {
    for (const tap of TAPS) fetch(lines, model, group, tap, `near${tap}`);
    for (let index = 0; index < filters; index += 1) {
      const terms = TAPS.map((tap) => {
        const row = COMPONENTS.map((component) => {
          const channel = group * 4 + component;
          return channel < count ? values[(tap * count + channel) * filters + index] : 0;
        });
        return `${vector(row)} * near${tap}`;
      });
      lines.push(`features[${group * filters + index}] = ${finish(terms.join(' + '), scale, activation)};`);
    }
  }
  lines.push(keepInMemory('features'));
  return {
    array: 'features',
    vectors: groups * filters,
    inputOf: (index, component) => {
      const channel = Math.floor(index / filters) * 4 + component;
      return channel < count ? channel * filters + (index % filters) : -1;
    },
  };
}

function hiddenLayer(lines: string[], layer: DenseLayer, inputs: Inputs, array: string): Inputs {
  const units = layer.bias.length;
  const vectors = vectorsFor(units);
  lines.push(`vec4 ${array}[${vectors}];`);
  const unitsOf = (index: number) => COMPONENTS.map((component) => index * 4 + component);
  dense(
    lines,
    layer,
    inputs,
    Array.from({ length: vectors }, (_, index) => unitsOf(index)),
    (index) => `${array}[${index}]`,
  );
  lines.push(keepInMemory(array));
  const inputOf = (index: number, component: number) => (index * 4 + component < units ? index * 4 + component : -1);
  return { array, vectors, inputOf };
}

function outputLayer(
  lines: string[],
  layer: DenseLayer,
  inputs: Inputs,
  unitOfChannel: readonly number[],
  { first, count }: GroupRange,
): void {
  const wanted = Array.from({ length: count }, (_, index) =>
    COMPONENTS.map((component) => unitOfChannel[(first + index) * 4 + component] ?? -1),
  );
  dense(lines, layer, inputs, wanted, (index) => `update[${index}]`);
}

/** @param wanted for each vector to be made, the layer's unit of each component, −1 or too large for none */
function dense(
  lines: string[],
  { kernel, bias, activation }: DenseLayer,
  inputs: Inputs,
  wanted: readonly (readonly number[])[],
  nameOf: (index: number) => string,
): void {
  const units = bias.length;
  const { values, scale } = gridOf(kernel);
  wanted.forEach((row, index) => {
    lines.push(`sum = ${vector(row.map((unit) => (unit >= 0 && unit < units ? bias[unit] / scale : 0)))};`);
    for (let source = 0; source < inputs.vectors; source += 1) {
      const entries = COMPONENTS.flatMap((component) => {
        const input = inputs.inputOf(source, component);
        return row.map((unit) => (input >= 0 && unit >= 0 && unit < units ? values[input * units + unit] : 0));
      });
      if (entries.every((entry) => entry === 0)) continue;
      lines.push(`v = ${inputs.array}[${source}]; sum += mat4(${entries.map(literal).join(', ')}) * v;`);
    }
    lines.push(`${nameOf(index)} = ${finish('sum', scale, activation)};`);
  });
}

function finish(sum: string, scale: number, activation: Activation): string {
  const scaled = scale === 1 ? `(${sum})` : `(${sum}) * ${literal(scale)}`;
  return activation === 'relu' ? `max(${scaled}, 0.0)` : scaled;
}

/** An access by an index that is never taken: without it, the array would be split into registers. */
function keepInMemory(array: string): string {
  return `if (never >= 0) ${array}[never] = vec4(0.0);`;
}

function vector(values: readonly number[]): string {
  return `vec4(${values.map(literal).join(', ')})`;
}

/**
 * A float32 as GLSL.
 * @throws RangeError if it is not finite: nothing but numbers may get into a shader
 */
export function literal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no constant for a shader.`);
  const text = String(Number(Math.fround(value).toPrecision(9)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
