/**
 * The step as a chain of passes, one layer of the network after the other. The results of a layer are kept in half
 * floats, in textures of the slots' shape, for one band of slots at a time. Their memory is therefore bounded for any
 * canvas, and a band's features may still be in the GPU's cache when the next layer reads them.
 */
import type { Model } from '../../common/model/weights.ts';
import { createAll, disposeOnFailure } from '../../gpu/create-all.ts';
import type { Device } from '../../gpu/device.ts';
import { CapabilityError } from '../../gpu/device-error.ts';
import type { BufferRange, Target, Texture, TextureArray } from '../../gpu/gl-objects.ts';
import { shaderSource, type Defines } from '../../gpu/shader-source.ts';
import { bindAll, BlockPass, stateSamplers, type StepMoment } from '../block-pass.ts';
import { BLOCK_ROWS } from '../blocks.ts';
import type { StepState } from '../slot-store.ts';
import { groupRanges, type GroupRange } from '../state-pair.ts';
import { generatedLayers, loopLayers, type LayerShader } from './layer-shaders.ts';
import { RangedBuffer } from './ranged-buffer.ts';
import type { StepProgram } from './step-program.ts';
import { LAYER_BLOCK, type LayerWeights } from './unrolled-layers.ts';
import { WeightList } from './weight-list.ts';

/** The memory for the features of a band of slots. */
const BAND_BYTES = 64 * 2 ** 20;

/** The size of four half floats. */
const VECTOR_BYTES = 8;

/** A program that draws some of a layer's units. Passes with the same text share it. */
interface LayerPass {
  readonly block: BlockPass;
  /** The part of the buffer that its uniform block reads, or null if it has none. */
  readonly weights: BufferRange | null;
}

/** The passes of a layer, and the vectors of units that each of them draws. */
interface Stage {
  readonly vectors: number;
  readonly ranges: readonly GroupRange[];
  readonly passes: readonly LayerPass[];
}

/** The textures for the results of two layers, used in turn, for a band of slots. */
interface Band {
  readonly width: number;
  readonly rows: number;
  readonly arrays: readonly TextureArray[];
  /** For each stage, a target for each of its passes. */
  readonly targets: readonly (readonly Target[])[];
}

class LayeredProgram implements StepProgram {
  readonly name: string;
  readonly #device: Device;
  readonly #stages: readonly Stage[];
  readonly #update: readonly LayerPass[];
  readonly #weights: Texture | null;
  readonly #blocks: WebGLBuffer | null;
  /** The number of vectors that each of the two arrays has room for. */
  readonly #layers: readonly number[];
  readonly replaceWeights: ((model: Model) => void) | null;
  #band: Band | null = null;

  constructor(
    name: string,
    device: Device,
    stages: readonly Stage[],
    update: readonly LayerPass[],
    weights: Texture | null,
    blocks: WebGLBuffer | null,
  ) {
    this.name = name;
    this.#device = device;
    this.#stages = stages;
    this.#update = update;
    this.#weights = weights;
    this.#blocks = blocks;
    this.replaceWeights = weights ? (model) => this.#replace(weights, model) : null;
    const most = (parity: number) =>
      Math.max(0, ...stages.filter((_, index) => index % 2 === parity).map(({ vectors }) => vectors));
    this.#layers = [most(0), most(1)];
  }

  run(state: StepState, rows: number, moment: StepMoment): void {
    const band = this.#reserve(state);
    for (let start = 0; start < rows; start += band.rows) {
      this.#runBand(band, state, start, Math.min(rows, start + band.rows), moment);
    }
  }

  dispose(): void {
    for (const { passes } of this.#stages) for (const { block } of passes) block.dispose();
    for (const { block } of this.#update) block.dispose();
    if (this.#weights) this.#device.freeTexture(this.#weights);
    if (this.#blocks) this.#device.freeBuffer(this.#blocks);
    this.#free();
  }

  #replace(texture: Texture, model: Model): void {
    const weights = new WeightList();
    loopLayers(model, weights);
    weights.updateTexture(this.#device, texture);
  }

  #runBand(band: Band, state: StepState, start: number, end: number, moment: StepMoment): void {
    for (let stage = 0; stage < this.#stages.length; stage += 1) {
      const { passes } = this.#stages[stage];
      for (let index = 0; index < passes.length; index += 1) {
        const { block } = passes[index];
        const pass = block.begin(band.targets[stage][index], moment, start);
        pass.set('bandStart', start);
        if (stage === 0) {
          bindAll(pass, state.now.textures);
          bindAll(pass, state.links, state.groups);
        }
        this.#bind(passes[index], state, stage > 0 ? band.arrays[(stage - 1) % 2] : null);
        block.draw(end, start);
      }
    }
    for (let index = 0; index < this.#update.length; index += 1) {
      const { block } = this.#update[index];
      const pass = block.begin(state.next.targets[index], moment);
      pass.set('bandStart', start);
      bindAll(pass, state.now.textures);
      this.#bind(this.#update[index], state, band.arrays[(this.#stages.length - 1) % 2]);
      block.draw(end, start);
    }
  }

  #bind({ block, weights }: LayerPass, state: StepState, inputs: TextureArray | null): void {
    const { pass } = block;
    if (this.#weights) pass.bind(state.groups + 2, this.#weights.handle);
    if (weights) pass.bindBlock(LAYER_BLOCK, 0, weights);
    if (inputs) pass.bindArray(state.groups + 3, inputs.handle);
  }

  /** Returns the textures for a band of these slots. The present ones are reused if they fit. */
  #reserve({ width, rows }: StepState): Band {
    const slotBytes = (this.#layers[0] + this.#layers[1]) * VECTOR_BYTES;
    const most = Math.max(1, Math.floor(BAND_BYTES / (slotBytes * width * BLOCK_ROWS))) * BLOCK_ROWS;
    const wanted = Math.min(rows, most);
    if (this.#band && this.#band.width === width && this.#band.rows >= wanted) return this.#band;
    this.#free();
    const device = this.#device;
    const arrays: TextureArray[] = [];
    const targets: Target[][] = this.#stages.map(() => []);
    this.#band = { width, rows: wanted, arrays, targets };
    try {
      for (const layers of this.#layers) {
        if (layers > 0) arrays.push(device.createTextureArray('rgba16f', width, wanted, layers));
      }
      this.#stages.forEach(({ ranges }, stage) => {
        for (const { first, count } of ranges) {
          targets[stage].push(device.createLayerTarget(arrays[stage % 2], first, count));
        }
      });
    } catch (error) {
      this.#free();
      throw error;
    }
    return this.#band;
  }

  #free(): void {
    if (!this.#band) return;
    for (const target of this.#band.targets.flat()) this.#device.freeTarget(target);
    for (const array of this.#band.arrays) this.#device.freeTexture(array);
    this.#band = null;
  }
}

/** Where the weights of a layered program are. */
type LayerHolder = 'texture' | LayerWeights;

/**
 * @param ranges the state textures that each of the last passes draws
 * @param targets the number of vectors that each of the earlier passes draws, limited to what the GPU supports
 * @throws CapabilityError if the GPU has no room for the features or the weights
 * @throws DeviceError if a shader does not compile on the GPU
 */
export async function createLayered(
  device: Device,
  model: Model,
  ranges: readonly GroupRange[],
  targets: number,
  holder: LayerHolder,
  name: string,
): Promise<StepProgram> {
  const { channels } = model.specification;
  const weights = new WeightList();
  const shaders = holder === 'texture' ? loopLayers(model, weights) : generatedLayers(model, holder);
  const perPass = Math.min(targets, device.capabilities.drawBuffers);
  const layers = shaders.map((shader, index) => ({
    shader,
    ranges: index < shaders.length - 1 ? groupRanges(shader.vectors, perPass) : ranges,
  }));
  const buffer = new RangedBuffer(device);
  const sources = layers.map(({ shader, ranges: passRanges }, index) => {
    const isLast = index === layers.length - 1;
    return passRanges.map((range) => ({
      source: layerSource(isLast ? 'update.frag' : 'layer.frag', model, shader, range),
      weights: shader.blockOf ? buffer.place(shader.blockOf(range)) : null,
    }));
  });
  const samplers = [...stateSamplers(Math.ceil(channels.count / 4)), 'linksBefore', 'linksAfter', 'weights', 'band'];
  if (samplers.length > device.capabilities.textureUnits) {
    throw new CapabilityError(
      `A layer reads ${samplers.length} textures; a shader of this GPU reads ${device.capabilities.textureUnits} at most.`,
    );
  }
  const texts = [...new Set(sources.flat().map(({ source }) => source))];
  const made = await createAll(texts.map((source) => BlockPass.create(device, source, samplers, 'fired')));
  const blockOfText = new Map(texts.map((text, index) => [text, made[index]]));
  const [texture, handle] = disposeOnFailure(made, () => [
    holder === 'texture' ? weights.toTexture(device) : null,
    buffer.upload(),
  ]);
  const passesOf = (layer: number): LayerPass[] =>
    sources[layer].flatMap(({ source, weights: part }) => {
      const block = blockOfText.get(source);
      return block ? [{ block, weights: part && handle ? { buffer: handle, ...part } : null }] : [];
    });
  const last = layers.length - 1;
  return new LayeredProgram(
    name,
    device,
    layers.slice(0, last).map(({ shader, ranges: passRanges }, index) => ({
      vectors: shader.vectors,
      ranges: passRanges,
      passes: passesOf(index),
    })),
    passesOf(last),
    texture,
    handle,
  );
}

/**
 * Passes that read their weights from a uniform block have the same text, and so the same program, for all ranges of
 * the same size.
 */
function layerSource(file: string, model: Model, { defines, textOf, blockOf }: LayerShader, range: GroupRange): string {
  const { channels } = model.specification;
  const all: Defines = {
    CHANNELS: channels.count,
    INK_CHANNEL: channels.ink,
    FIRST_GROUP: blockOf && file === 'layer.frag' ? 0 : range.first,
    TARGETS: range.count,
    ...defines,
  };
  const text = textOf?.(range);
  return shaderSource(file, all, text === undefined ? {} : { 'layer.glsl': text });
}
