/**
 * The step as one pass, in loops that read the weights from a texture or a
 * uniform block: small, quick to compile, and fast where the GPU's own loops
 * and caches are. For networks with one hidden layer.
 */
import { DeviceError, type Device, type Texture } from '../../gpu/device.ts';
import { shaderSource, type Defines } from '../../gpu/shader-source.ts';
import { bindAll, BlockPass, stateSamplers, type StepMoment } from '../block-pass.ts';
import { SLOT_WIDTH } from '../blocks.ts';
import type { PackedNetwork } from '../packed-network.ts';
import type { GroupRange, SlotStore } from '../slot-store.ts';
import type { StepProgram } from './step-program.ts';

/** Vectors of one row of the texture of packed weights. */
const WEIGHTS_WIDTH = 256;

export type WeightHolder = 'texture' | 'uniform';

/** Whether the fused pass can run this network at all. */
export function canFuse(network: PackedNetwork): boolean {
  return network.layers.length === 2;
}

/** Where each array begins in the packed weights, in vectors, and all of them in one array. */
function layOut(network: PackedNetwork): { defines: Defines; weights: Float32Array } {
  const [hidden, output] = network.layers;
  const arrays: [string, Float32Array][] = [
    ['PERCEIVE_KERNEL', network.perceiveKernel],
    ['PERCEIVE_BIAS', network.perceiveBias],
    ['HIDDEN_KERNEL', hidden.kernel],
    ['HIDDEN_BIAS', hidden.bias],
    ['OUTPUT_KERNEL', output.kernel],
    ['OUTPUT_BIAS', output.bias],
  ];
  const defines: Defines = {};
  let floats = 0;
  for (const [name, array] of arrays) {
    defines[name] = floats / 4;
    floats += array.length;
  }
  const weights = new Float32Array(Math.ceil(floats / (WEIGHTS_WIDTH * 4)) * WEIGHTS_WIDTH * 4);
  for (const [name, array] of arrays) weights.set(array, Number(defines[name]) * 4);
  return { defines: { ...defines, WEIGHT_VECTORS: floats / 4 }, weights };
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
 * @throws DeviceError if the network or the GPU does not allow it
 */
export async function createFused(
  device: Device,
  network: PackedNetwork,
  ranges: readonly GroupRange[],
  holder: WeightHolder,
): Promise<StepProgram> {
  if (!canFuse(network)) throw new DeviceError('A network without exactly one hidden layer does not fit one pass.');
  const { defines, weights } = layOut(network);
  const bytes = Number(defines.WEIGHT_VECTORS) * 16;
  if (holder === 'uniform' && bytes > device.capabilities.uniformBlockBytes) {
    throw new DeviceError(
      `The weights take ${bytes} bytes; a uniform block of this GPU holds ${device.capabilities.uniformBlockBytes}.`,
    );
  }
  const [hidden] = network.layers;
  const samplers = [...stateSamplers(network.groups), 'linksBefore', 'linksAfter', 'weights'];
  const passes = await Promise.all(
    ranges.map(({ first, count }) => {
      const source = shaderSource('step.frag', {
        ...defines,
        SLOT_WIDTH,
        CHANNELS: network.channels,
        INK_CHANNEL: network.inkChannel,
        FULL_CONVOLUTION: network.convolution === 'full',
        FILTER_GROUPS: network.filterGroups,
        PERCEIVE_RELU: network.perceiveRelu,
        HIDDEN_GROUPS: hidden.unitGroups,
        HIDDEN_RELU: hidden.relu,
        FIRST_GROUP: first,
        TARGETS: count,
        ...(holder === 'uniform' ? { WEIGHTS_IN_UNIFORMS: 1 } : {}),
      });
      return BlockPass.create(device, source, samplers, 'fired');
    }),
  );
  if (holder === 'uniform') {
    return new FusedProgram('fused-uniform', device, passes, null, device.createUniformBuffer(weights));
  }
  const rows = weights.length / (WEIGHTS_WIDTH * 4);
  const texture = device.createTexture('rgba32f', WEIGHTS_WIDTH, rows, weights);
  return new FusedProgram('fused-texture', device, passes, texture, null);
}
