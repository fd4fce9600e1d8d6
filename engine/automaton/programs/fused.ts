/**
 * The step as one pass. Its weights are either read in loops from a texture, a uniform block or several uniform blocks,
 * or are constants in the shader. Loops are quick to compile and fast on GPUs with hardware loops and caches.
 */
import { codeOf } from '../../common/model/activations.ts';
import type { Model } from '../../common/model/weights.ts';
import type { Device } from '../../gpu/device.ts';
import type { BufferRange, Texture } from '../../gpu/gl-objects.ts';
import { CapabilityError } from '../../gpu/device-error.ts';
import { createAll, disposeOnFailure } from '../../gpu/create-all.ts';
import { shaderSource, type Defines } from '../../gpu/shader-source.ts';
import { bindAll, BlockPass, stateSamplers, type StepMoment } from '../block-pass.ts';
import { packNetwork, type PackedLayer, type PackedNetwork } from '../packed-network.ts';
import type { StepState } from '../slot-store.ts';
import type { GroupRange } from '../state-pair.ts';
import type { StepProgram } from './step-program.ts';
import { blockNetwork } from './block-network.ts';
import { unrolledNetwork } from './unrolled.ts';
import { blockName } from './weight-blocks.ts';
import { WeightList } from './weight-list.ts';

/** Where the weights of a fused program are. */
export type WeightHolder = 'texture' | 'uniform' | 'blocks' | 'constants';

/** Places the packed weights, and returns the defines that the loops need. */
function layOut(network: PackedNetwork, weights: WeightList): Defines {
  const early = network.layers.slice(0, -2);
  const hidden: PackedLayer | undefined = network.layers[network.layers.length - 2];
  const output = network.layers[network.layers.length - 1];
  const list = (values: readonly number[]) => values.join(', ');
  const defines: Defines = {
    FULL_CONVOLUTION: network.convolution === 'full',
    FILTER_GROUPS: network.filterGroups,
    PERCEIVE_ACTIVATION: codeOf(network.perceiveActivation),
    PERCEIVE_KERNEL: weights.place(network.perceiveKernel),
    PERCEIVE_BIAS: weights.place(network.perceiveBias),
    EARLY_LAYERS: early.length,
    WIDEST_GROUPS: Math.max(network.featureGroups, ...early.map(({ unitGroups }) => unitGroups)),
    EARLY_INPUTS: list(early.map(({ inputGroups }) => inputGroups)),
    EARLY_UNITS: list(early.map(({ unitGroups }) => unitGroups)),
    EARLY_ACTIVATIONS: list(early.map(({ activation }) => codeOf(activation))),
    EARLY_KERNELS: list(early.map(({ kernel }) => weights.place(kernel))),
    EARLY_BIASES: list(early.map(({ bias }) => weights.place(bias))),
    HIDDEN_GROUPS: hidden?.unitGroups ?? 0,
    HIDDEN_INPUTS: hidden?.inputGroups ?? 0,
    HIDDEN_ACTIVATION: codeOf(hidden?.activation ?? 'none'),
    HIDDEN_KERNEL: hidden ? weights.place(hidden.kernel) : 0,
    HIDDEN_BIAS: hidden ? weights.place(hidden.bias) : 0,
    OUTPUT_KERNEL: weights.place(output.kernel),
    OUTPUT_BIAS: weights.place(output.bias),
  };
  return { ...defines, WEIGHT_VECTORS: weights.vectors };
}

/** A uniform block of the shader, and the part of a buffer that it reads. */
interface UniformBlock {
  readonly name: string;
  readonly range: BufferRange;
}

class FusedProgram implements StepProgram {
  readonly name: WeightHolder;
  readonly #device: Device;
  readonly #passes: readonly BlockPass[];
  readonly #texture: Texture | null;
  readonly #blocks: readonly UniformBlock[];
  readonly replaceWeights: ((model: Model) => void) | null;

  constructor(
    name: WeightHolder,
    device: Device,
    passes: readonly BlockPass[],
    texture: Texture | null,
    blocks: readonly UniformBlock[],
  ) {
    this.name = name;
    this.#device = device;
    this.#passes = passes;
    this.#texture = texture;
    this.#blocks = blocks;
    this.replaceWeights = name === 'texture' || name === 'uniform' ? (model) => this.#replace(model) : null;
  }

  run(state: StepState, rows: number, moment: StepMoment): void {
    for (let index = 0; index < this.#passes.length; index += 1) {
      const block = this.#passes[index];
      const pass = block.begin(state.next.targets[index], moment);
      pass.set('never', -1);
      bindAll(pass, state.now.textures);
      bindAll(pass, state.links, state.groups);
      if (this.#texture) pass.bind(state.groups + 2, this.#texture.handle);
      for (let block = 0; block < this.#blocks.length; block += 1) {
        pass.bindBlock(this.#blocks[block].name, block, this.#blocks[block].range);
      }
      block.draw(rows);
    }
  }

  dispose(): void {
    for (const pass of this.#passes) pass.dispose();
    if (this.#texture) this.#device.freeTexture(this.#texture);
    for (const { range } of this.#blocks) this.#device.freeBuffer(range.buffer);
  }

  #replace(model: Model): void {
    const weights = new WeightList();
    layOut(packNetwork(model), weights);
    if (this.#texture) weights.updateTexture(this.#device, this.#texture);
    for (const { range } of this.#blocks) this.#device.updateUniformBuffer(range.buffer, weights.toArray());
  }
}

/**
 * @param ranges the state textures that each pass draws
 * @throws CapabilityError if the GPU has no room for the weights
 * @throws DeviceError if a shader does not compile on the GPU
 */
export async function createFused(
  device: Device,
  model: Model,
  ranges: readonly GroupRange[],
  holder: WeightHolder,
): Promise<StepProgram> {
  const { channels } = model.specification;
  const samplers = [...stateSamplers(Math.ceil(channels.count / 4)), 'linksBefore', 'linksAfter', 'weights'];
  const compile = (sourceOf: (range: GroupRange, defines: Defines) => string) => {
    const made = ranges.map((range) => {
      const defines = {
        CHANNELS: channels.count,
        INK_CHANNEL: channels.ink,
        FIRST_GROUP: range.first,
        TARGETS: range.count,
      };
      return BlockPass.create(device, sourceOf(range, defines), samplers, 'fired');
    });
    return createAll(made);
  };
  if (holder === 'constants') {
    const passes = await compile((range, defines) =>
      shaderSource('step.frag', defines, { 'network.glsl': unrolledNetwork(model, range) }),
    );
    return new FusedProgram(holder, device, passes, null, []);
  }
  if (holder === 'blocks') {
    const { uniformBlockBytes, uniformBlocks } = device.capabilities;
    const network = blockNetwork(model, uniformBlockBytes);
    if (network.blocks.length > uniformBlocks) {
      throw new CapabilityError(
        `The weights take ${network.blocks.length} uniform blocks; a shader of this GPU has at most ${uniformBlocks}.`,
      );
    }
    const passes = await compile((range, defines) =>
      shaderSource('step.frag', defines, { 'network.glsl': network.textOf(range) }),
    );
    const blocks = disposeOnFailure(passes, () =>
      network.blocks.map((data, block) => uniformBlock(device, blockName(block), data)),
    );
    return new FusedProgram(holder, device, passes, null, blocks);
  }
  const weights = new WeightList();
  const layout = layOut(packNetwork(model), weights);
  const bytes = weights.vectors * 16;
  if (holder === 'uniform' && bytes > device.capabilities.uniformBlockBytes) {
    throw new CapabilityError(
      `The weights take ${bytes} bytes; a uniform block of this GPU holds ${device.capabilities.uniformBlockBytes}.`,
    );
  }
  if (holder === 'uniform') layout['WEIGHTS_IN_UNIFORMS'] = 1;
  const passes = await compile((_, defines) => shaderSource('step.frag', { ...layout, ...defines }));
  return disposeOnFailure(passes, () =>
    holder === 'uniform'
      ? new FusedProgram(holder, device, passes, null, [uniformBlock(device, 'WeightBlock', weights.toArray())])
      : new FusedProgram(holder, device, passes, weights.toTexture(device), []),
  );
}

function uniformBlock(device: Device, name: string, data: Float32Array): UniformBlock {
  return { name, range: { buffer: device.createUniformBuffer(data), offset: 0, bytes: data.byteLength } };
}
