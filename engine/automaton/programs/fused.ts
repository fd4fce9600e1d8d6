/**
 * The step as one pass. Its weights are read from a texture or a uniform block
 * in loops, which are quick to compile and fast where the GPU's own loops and
 * caches are, or stand in the shader as constants.
 */
import type { Model } from '../../common/model/weights.ts';
import { CapabilityError, type Device, type Texture } from '../../gpu/device.ts';
import { shaderSource, type Defines } from '../../gpu/shader-source.ts';
import { bindAll, BlockPass, stateSamplers, type StepMoment } from '../block-pass.ts';
import { packNetwork, type PackedLayer, type PackedNetwork } from '../packed-network.ts';
import type { GroupRange, SlotStore } from '../slot-store.ts';
import type { StepProgram } from './step-program.ts';
import type { Strategy } from './strategies.ts';
import { unrolledNetwork } from './unrolled.ts';

/** Vectors of one row of the texture of packed weights. */
const WEIGHTS_WIDTH = 256;

/** Packed weights one after the other, and what the loops have to know of them. */
interface PackedWeights {
  readonly defines: Defines;
  readonly weights: Float32Array;
}

function layOut(network: PackedNetwork): PackedWeights {
  const parts: Float32Array[] = [];
  let vectors = 0;
  const place = (array: Float32Array): number => {
    const start = vectors;
    parts.push(array);
    vectors += array.length / 4;
    return start;
  };
  const early = network.layers.slice(0, -2);
  const hidden: PackedLayer | undefined = network.layers[network.layers.length - 2];
  const output = network.layers[network.layers.length - 1];
  const list = (values: readonly (number | boolean)[]) => values.join(', ');
  const defines: Defines = {
    FULL_CONVOLUTION: network.convolution === 'full',
    FILTER_GROUPS: network.filterGroups,
    PERCEIVE_RELU: network.perceiveRelu,
    PERCEIVE_KERNEL: place(network.perceiveKernel),
    PERCEIVE_BIAS: place(network.perceiveBias),
    EARLY_LAYERS: early.length,
    WIDEST_GROUPS: Math.max(network.featureGroups, ...early.map(({ unitGroups }) => unitGroups)),
    EARLY_INPUTS: list(early.map(({ inputGroups }) => inputGroups)),
    EARLY_UNITS: list(early.map(({ unitGroups }) => unitGroups)),
    EARLY_RELUS: list(early.map(({ relu }) => relu)),
    EARLY_KERNELS: list(early.map(({ kernel }) => place(kernel))),
    EARLY_BIASES: list(early.map(({ bias }) => place(bias))),
    HIDDEN_GROUPS: hidden?.unitGroups ?? 0,
    HIDDEN_INPUTS: hidden?.inputGroups ?? 0,
    HIDDEN_RELU: hidden?.relu ?? false,
    HIDDEN_KERNEL: hidden ? place(hidden.kernel) : 0,
    HIDDEN_BIAS: hidden ? place(hidden.bias) : 0,
    OUTPUT_KERNEL: place(output.kernel),
    OUTPUT_BIAS: place(output.bias),
  };
  const weights = new Float32Array(Math.ceil(vectors / WEIGHTS_WIDTH) * WEIGHTS_WIDTH * 4);
  let offset = 0;
  for (const part of parts) {
    weights.set(part, offset);
    offset += part.length;
  }
  return { defines: { ...defines, WEIGHT_VECTORS: vectors }, weights };
}

class FusedProgram implements StepProgram {
  readonly strategy: string;
  readonly #device: Device;
  readonly #passes: readonly BlockPass[];
  readonly #texture: Texture | null;
  readonly #uniforms: WebGLBuffer | null;

  constructor(
    strategy: string,
    device: Device,
    passes: readonly BlockPass[],
    texture: Texture | null,
    uniforms: WebGLBuffer | null,
  ) {
    this.strategy = strategy;
    this.#device = device;
    this.#passes = passes;
    this.#texture = texture;
    this.#uniforms = uniforms;
  }

  run(store: SlotStore, rows: number, moment: StepMoment): void {
    for (let index = 0; index < this.#passes.length; index += 1) {
      const block = this.#passes[index];
      const pass = block.begin(store.next.targets[index], moment);
      pass.set('never', -1);
      bindAll(pass, store.now.textures);
      bindAll(pass, store.links, store.groups);
      if (this.#texture) pass.bind(store.groups + 2, this.#texture.handle);
      if (this.#uniforms) pass.bindBlock('WeightBlock', 0, this.#uniforms);
      block.draw(rows);
    }
  }

  dispose(): void {
    for (const pass of this.#passes) pass.dispose();
    if (this.#texture) this.#device.freeTexture(this.#texture);
    if (this.#uniforms) this.#device.freeBuffer(this.#uniforms);
  }
}

/**
 * @param ranges the state textures that each pass draws
 * @throws CapabilityError if the GPU has no room for the weights
 * @throws DeviceError if a shader does not compile on it
 */
export async function createFused(
  device: Device,
  model: Model,
  ranges: readonly GroupRange[],
  holder: Strategy,
): Promise<StepProgram> {
  const network = packNetwork(model);
  const { defines, weights } = layOut(network);
  const bytes = Number(defines.WEIGHT_VECTORS) * 16;
  if (holder === 'uniform' && bytes > device.capabilities.uniformBlockBytes) {
    throw new CapabilityError(
      `The weights take ${bytes} bytes; a uniform block of this GPU holds ${device.capabilities.uniformBlockBytes}.`,
    );
  }
  const samplers = [...stateSamplers(network.groups), 'linksBefore', 'linksAfter', 'weights'];
  const common = { CHANNELS: network.channels, INK_CHANNEL: network.inkChannel };
  const holderDefines: Defines = holder === 'uniform' ? { ...defines, WEIGHTS_IN_UNIFORMS: 1 } : defines;
  const passes = await Promise.all(
    ranges.map((range) => {
      const target = { ...common, FIRST_GROUP: range.first, TARGETS: range.count };
      const source =
        holder === 'constants'
          ? shaderSource('step.frag', target, { 'network.glsl': unrolledNetwork(model, range) })
          : shaderSource('step.frag', { ...holderDefines, ...target });
      return BlockPass.create(device, source, samplers, 'fired');
    }),
  );
  switch (holder) {
    case 'constants':
      return new FusedProgram('constants', device, passes, null, null);
    case 'uniform':
      return new FusedProgram('uniform', device, passes, null, device.createUniformBuffer(weights));
    case 'texture': {
      const texture = device.createTexture('rgba32f', WEIGHTS_WIDTH, weights.length / (WEIGHTS_WIDTH * 4), weights);
      return new FusedProgram('texture', device, passes, texture, null);
    }
  }
}
