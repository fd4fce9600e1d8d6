/**
 * The step as one pass. Its weights are read from a texture or a uniform block
 * in loops, which are quick to compile and fast where the GPU's own loops and
 * caches are, or stand in the shader as constants.
 */
import type { Model } from '../../common/model/weights.ts';
import { CapabilityError, type Device, type Texture } from '../../gpu/device.ts';
import { allOrNone } from '../../gpu/all-or-none.ts';
import { shaderSource, type Defines } from '../../gpu/shader-source.ts';
import { bindAll, BlockPass, stateSamplers, type StepMoment } from '../block-pass.ts';
import { packNetwork, type PackedLayer, type PackedNetwork } from '../packed-network.ts';
import type { StepState } from '../slot-store.ts';
import type { GroupRange } from '../state-pair.ts';
import type { StepProgram } from './step-program.ts';
import { unrolledNetwork } from './unrolled.ts';
import { WeightList } from './weight-list.ts';

/** Where a fused program's weights stand. */
export type WeightHolder = 'texture' | 'uniform' | 'constants';

/** Places the packed weights, and says what the loops have to know of them. */
function layOut(network: PackedNetwork, weights: WeightList): Defines {
  const early = network.layers.slice(0, -2);
  const hidden: PackedLayer | undefined = network.layers[network.layers.length - 2];
  const output = network.layers[network.layers.length - 1];
  const list = (values: readonly (number | boolean)[]) => values.join(', ');
  const defines: Defines = {
    FULL_CONVOLUTION: network.convolution === 'full',
    FILTER_GROUPS: network.filterGroups,
    PERCEIVE_RELU: network.perceiveRelu,
    PERCEIVE_KERNEL: weights.place(network.perceiveKernel),
    PERCEIVE_BIAS: weights.place(network.perceiveBias),
    EARLY_LAYERS: early.length,
    WIDEST_GROUPS: Math.max(network.featureGroups, ...early.map(({ unitGroups }) => unitGroups)),
    EARLY_INPUTS: list(early.map(({ inputGroups }) => inputGroups)),
    EARLY_UNITS: list(early.map(({ unitGroups }) => unitGroups)),
    EARLY_RELUS: list(early.map(({ relu }) => relu)),
    EARLY_KERNELS: list(early.map(({ kernel }) => weights.place(kernel))),
    EARLY_BIASES: list(early.map(({ bias }) => weights.place(bias))),
    HIDDEN_GROUPS: hidden?.unitGroups ?? 0,
    HIDDEN_INPUTS: hidden?.inputGroups ?? 0,
    HIDDEN_RELU: hidden?.relu ?? false,
    HIDDEN_KERNEL: hidden ? weights.place(hidden.kernel) : 0,
    HIDDEN_BIAS: hidden ? weights.place(hidden.bias) : 0,
    OUTPUT_KERNEL: weights.place(output.kernel),
    OUTPUT_BIAS: weights.place(output.bias),
  };
  return { ...defines, WEIGHT_VECTORS: weights.vectors };
}

class FusedProgram implements StepProgram {
  readonly name: WeightHolder;
  readonly #device: Device;
  readonly #passes: readonly BlockPass[];
  readonly #texture: Texture | null;
  readonly #uniforms: WebGLBuffer | null;

  constructor(
    name: WeightHolder,
    device: Device,
    passes: readonly BlockPass[],
    texture: Texture | null,
    uniforms: WebGLBuffer | null,
  ) {
    this.name = name;
    this.#device = device;
    this.#passes = passes;
    this.#texture = texture;
    this.#uniforms = uniforms;
  }

  run(state: StepState, rows: number, moment: StepMoment): void {
    for (let index = 0; index < this.#passes.length; index += 1) {
      const block = this.#passes[index];
      const pass = block.begin(state.next.targets[index], moment);
      pass.set('never', -1);
      bindAll(pass, state.now.textures);
      bindAll(pass, state.links, state.groups);
      if (this.#texture) pass.bind(state.groups + 2, this.#texture.handle);
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
    return allOrNone(made);
  };
  if (holder === 'constants') {
    const passes = await compile((range, defines) =>
      shaderSource('step.frag', defines, { 'network.glsl': unrolledNetwork(model, range) }),
    );
    return new FusedProgram(holder, device, passes, null, null);
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
  return holder === 'uniform'
    ? new FusedProgram(holder, device, passes, null, device.createUniformBuffer(weights.toArray()))
    : new FusedProgram(holder, device, passes, weights.toTexture(device), null);
}
