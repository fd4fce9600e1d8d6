/**
 * How a network's matrices lie in a GPU's memory, and the constants that tell
 * the shaders so. All widths are rounded up to fours with zeros, so that the
 * shaders' loops need no rest.
 */
import { codeOf, type Activation } from '../../common/model/activations.ts';
import type { Layer, LayerGradient } from '../rollout/layers.ts';
import { TAPS } from '../rollout/live-cells.ts';

/** Cells that a workgroup takes at once; as in `network.wgsl`. */
export const CELLS_PER_BLOCK = 8;
/** Inputs and units of a tile of the gradient; as in `gradient.wgsl`. */
const TILE_SIDE = 64;
/** Parts that the rows of a trace are cut into for the gradient, so that there is work for a large GPU. */
const SHARES = 32;
/** Bytes of the sums that few units are put together from; as in `product.wgsl`. */
const PARTIALS_BYTES = 256 * 2 * 16;

/** A layer in the GPU's memory; all offsets count numbers. */
interface PlacedLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  readonly kernelAt: number;
  readonly biasAt: number;
  readonly transposedAt: number;
  readonly inputsBefore: number;
  readonly unitsBefore: number;
}

/** The shape of a matrix of the chain, without its numbers. */
type LayerShape = Pick<Layer, 'inputs' | 'units' | 'activation'>;

const roundUp = (count: number): number => 4 * Math.ceil(count / 4);

export class NetworkLayout {
  /** Numbers of a cell, as they are and rounded up. */
  readonly channels: number;
  readonly paddedChannels: number;
  readonly #shapes: readonly LayerShape[];
  readonly #layers: readonly PlacedLayer[];
  /** Numbers of kernels and biases, which is what a gradient has. */
  readonly parameters: number;
  /** The same with the transposed kernels behind them. */
  readonly weightsLength: number;
  /** All layers' inputs and all layers' units: numbers of a row in the traces. */
  readonly inputsLength: number;
  readonly unitsLength: number;
  /** Tiles that a gradient is computed in, and shares of each. */
  readonly tileCount: number;
  readonly shareCount = SHARES;
  /** Bytes of a workgroup's memory. */
  readonly workgroupBytes: number;
  /** WGSL behind `network.wgsl`: constants of this network. */
  readonly constants: string;
  /** WGSL behind `gradient.wgsl`, whose struct it needs. */
  readonly tiles: string;
  /** Zero wherever there are no numbers to fill it with. */
  readonly #packed: Float32Array<ArrayBuffer>;

  /** `shapes` are those of a chain whose first inputs are the nine neighbours' `channels`. */
  constructor(channels: number, shapes: readonly LayerShape[]) {
    this.channels = channels;
    this.paddedChannels = roundUp(channels);
    this.#shapes = shapes;
    let at = 0;
    let inputsBefore = 0;
    let unitsBefore = 0;
    const placed = shapes.map(({ inputs, units, activation }, index) => {
      const layer = {
        inputs: index === 0 ? TAPS * this.paddedChannels : roundUp(inputs),
        units: roundUp(units),
        activation,
        kernelAt: at,
        inputsBefore,
        unitsBefore,
      };
      const biasAt = at + layer.inputs * layer.units;
      at = biasAt + layer.units;
      inputsBefore += layer.inputs;
      unitsBefore += layer.units;
      return { ...layer, biasAt };
    });
    this.parameters = at;
    this.#layers = placed.map((layer): PlacedLayer => {
      const transposedAt = at;
      at += layer.inputs * layer.units;
      return { ...layer, transposedAt };
    });
    this.weightsLength = at;
    this.#packed = new Float32Array(at);
    this.inputsLength = inputsBefore;
    this.unitsLength = unitsBefore;

    const tiles = this.#layers.flatMap(({ inputs, units }, layer) =>
      steps(inputs).flatMap((input) => steps(units).map((unit) => `Tile(${layer}u, ${input}u, ${unit}u)`)),
    );
    this.tileCount = tiles.length;
    // The inputs of every layer, then the output: neighbours in this list are never in one place.
    const widths = [...this.#layers.map(({ inputs }) => inputs), this.paddedChannels];
    const widest = (odd: number): number => Math.max(...widths.filter((_, index) => index % 2 === odd));
    const vectors = CELLS_PER_BLOCK / 4;
    const blockSize = vectors * (widest(0) + widest(1));
    this.workgroupBytes = 16 * blockSize + PARTIALS_BYTES;
    const structs = this.#layers.map(
      ({ inputs, units, activation, kernelAt, biasAt, transposedAt, inputsBefore: before, unitsBefore: behind }) =>
        `Layer(${[inputs, units, codeOf(activation), kernelAt, biasAt, transposedAt, before, behind].map((value) => `${value}u`).join(', ')})`,
    );
    this.constants = [
      `const CHANNELS = ${this.paddedChannels}u;`,
      `const LAYER_COUNT = ${structs.length}u;`,
      `const LAYERS = array<Layer, ${structs.length}>(${structs.join(', ')});`,
      `const ODD_AT = ${vectors * widest(0)}u;`,
      `const BLOCK_SIZE = ${blockSize}u;`,
      `const PARAMETERS = ${this.parameters}u;`,
      `const SHARES = ${SHARES}u;`,
      `const TILE_COUNT = ${tiles.length}u;`,
    ].join('\n');
    this.tiles = `const TILES = array<Tile, TILE_COUNT>(${tiles.join(', ')});`;
  }

  /** The matrices as the GPU reads them: kernels and biases, then the kernels transposed; good until the next call. */
  pack(layers: readonly Layer[]): Float32Array<ArrayBuffer> {
    const packed = this.#packed;
    this.#layers.forEach(({ inputs: width, units: height, kernelAt, biasAt, transposedAt }, index) => {
      const { inputs, units, kernel, bias } = layers[index];
      if (bias) packed.set(bias, biasAt);
      for (let input = 0; input < inputs; input += 1) {
        const row = this.#rowOf(index, input);
        for (let unit = 0; unit < units; unit += 1) {
          const value = kernel[input * units + unit];
          packed[kernelAt + row * height + unit] = value;
          packed[transposedAt + unit * width + row] = value;
        }
      }
    });
    return packed;
  }

  /** The gradients of the matrices from the GPU's numbers, of which they may be parts. */
  unpack(gradient: Float32Array): LayerGradient[] {
    return this.#layers.map(({ units: height, kernelAt, biasAt }, index) => {
      const { inputs, units } = this.#shapes[index];
      const bias = gradient.subarray(biasAt, biasAt + units);
      // Without numbers that only fill up, the kernel is there as it is.
      if (units === height && this.#rowOf(index, inputs - 1) === inputs - 1) {
        return { kernel: gradient.subarray(kernelAt, kernelAt + inputs * units), bias };
      }
      const kernel = new Float32Array(inputs * units);
      for (let input = 0; input < inputs; input += 1) {
        const from = kernelAt + this.#rowOf(index, input) * height;
        kernel.set(gradient.subarray(from, from + units), input * units);
      }
      return { kernel, bias };
    });
  }

  /** Rows of cells, [rows, channels], with the numbers of each rounded up; the same ones if there is nothing to do. */
  padRows(rows: Float32Array): Float32Array {
    return this.#copyRows(rows, this.channels, this.paddedChannels);
  }

  /** The way back from {@link padRows}. */
  cutRows(rows: Float32Array): Float32Array {
    return this.#copyRows(rows, this.paddedChannels, this.channels);
  }

  #copyRows(rows: Float32Array, from: number, to: number): Float32Array {
    if (from === to) return rows;
    const result = new Float32Array((rows.length / from) * to);
    const both = Math.min(from, to);
    for (let source = 0, target = 0; source < rows.length; source += from, target += to) {
      for (let channel = 0; channel < both; channel += 1) result[target + channel] = rows[source + channel];
    }
    return result;
  }

  /** The kernel's row of an input, which for the first layer is a neighbour's channel. */
  #rowOf(layer: number, input: number): number {
    if (layer > 0) return input;
    return Math.floor(input / this.channels) * this.paddedChannels + (input % this.channels);
  }
}

/** Where tiles over `width` begin. */
function steps(width: number): number[] {
  return Array.from({ length: Math.ceil(width / TILE_SIDE) }, (_, index) => index * TILE_SIDE);
}
