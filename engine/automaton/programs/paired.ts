/**
 * The step for weights that change on a software GPU. A first pass computes the updates of two slots in one fragment, so
 * that each weight is read once for both, and a number of the weights' texture holds two weights of 12 bits. The second
 * pass takes the updates. What this gains is in engine/DIARY.md. It is loaded with its shaders when it is needed.
 */
import { codeOf } from '../../common/model/activations.ts';
import type { Model } from '../../common/model/weights.ts';
import { createAll, disposeOnFailure } from '../../gpu/create-all.ts';
import type { Device } from '../../gpu/device.ts';
import { CapabilityError } from '../../gpu/device-error.ts';
import type { Target, Texture, TextureArray } from '../../gpu/gl-objects.ts';
import { shaderSource } from '../../gpu/shader-source.ts';
import { bindAll, BlockPass, stateSamplers, type StepMoment } from '../block-pass.ts';
import { packNetwork, vectorsFor } from '../packed-network.ts';
import type { StepState } from '../slot-store.ts';
import type { GroupRange } from '../state-pair.ts';
import type { StepProgram } from './step-program.ts';
import { canPair } from './strategies.ts';
import { WeightList } from './weight-list.ts';
import stepText from '../../../shaders/paired/step.frag?raw';
import updatesText from '../../../shaders/paired/updates.frag?raw';

const TAPS = 9;
const VECTOR = 4;
const SLOTS_PER_FRAGMENT = 2;

/** The largest weight of a kernel is this many times its scale. */
const LEVELS = 2047;
/** A number holds this many times the first of its two weights, plus the second. */
const FIRST_WEIGHT = 4096;

/** The weights in the order of `shaders/paired/updates.frag`. */
function placeWeights(model: Model): WeightList {
  const { channels, groups, perceiveKernel, layers } = packNetwork(model);
  const [hidden, output] = layers;
  const filters = pairer(perceiveKernel);
  const inputs = pairer(hidden.kernel);
  const outputs = pairer(output.kernel);
  const pairs = Math.ceil(channels / 2);
  const weights = new WeightList();
  weights.place(Float32Array.of(filters.scale, inputs.scale, outputs.scale, 0));
  weights.place(output.bias);
  for (let tap = 0; tap < TAPS; tap += 1) {
    for (let channel = 0; channel < 2 * pairs; channel += 2) {
      const next = channel + 1 < channels ? tap * channels + channel + 1 : null;
      weights.place(filters.pair(tap * channels + channel, next));
    }
  }
  for (let unit = 0; unit < hidden.unitGroups; unit += 1) {
    weights.place(hidden.bias.subarray(VECTOR * unit, VECTOR * (unit + 1)));
    for (let input = 0; input < VECTOR * 2 * pairs; input += 2) {
      const isThere = input < VECTOR * hidden.inputGroups;
      const at = input * hidden.unitGroups + unit;
      weights.place(inputs.pair(isThere ? at : null, isThere ? at + hidden.unitGroups : null));
    }
    for (let group = 0; group < groups; group += 1) {
      for (let input = VECTOR * unit; input < VECTOR * (unit + 1); input += 2) {
        weights.place(outputs.pair(input * groups + group, (input + 1) * groups + group));
      }
    }
  }
  return weights;
}

/** Writes two vectors of a kernel into one. Null stands for zeros. */
function pairer(kernel: Float32Array): {
  scale: number;
  pair: (first: number | null, second: number | null) => Float32Array;
} {
  const scale = kernel.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / LEVELS || 1;
  const level = (vector: number | null, component: number): number =>
    vector === null ? 0 : Math.round(kernel[VECTOR * vector + component] / scale);
  return {
    scale,
    pair: (first, second) =>
      Float32Array.from(
        { length: VECTOR },
        (_, component) => FIRST_WEIGHT * level(first, component) + level(second, component),
      ),
  };
}

/** What the first pass draws. */
interface Updates {
  readonly texture: TextureArray;
  readonly target: Target;
}

class PairedProgram implements StepProgram {
  readonly name = 'paired';
  readonly #device: Device;
  readonly #compute: BlockPass;
  readonly #take: readonly BlockPass[];
  readonly #weights: Texture;
  #updates: Updates | null = null;

  constructor(device: Device, compute: BlockPass, take: readonly BlockPass[], weights: Texture) {
    this.#device = device;
    this.#compute = compute;
    this.#take = take;
    this.#weights = weights;
  }

  run(state: StepState, rows: number, moment: StepMoment): void {
    const { texture, target } = this.#reserve(state);
    const compute = this.#compute.begin(target, moment);
    bindAll(compute, state.now.textures);
    bindAll(compute, state.links, state.groups);
    compute.bind(state.groups + 2, this.#weights.handle);
    this.#compute.draw(rows);
    for (let index = 0; index < this.#take.length; index += 1) {
      const take = this.#take[index].begin(state.next.targets[index], moment);
      bindAll(take, state.now.textures);
      take.bindArray(state.groups, texture.handle);
      this.#take[index].draw(rows);
    }
  }

  readonly replaceWeights = (model: Model): void => {
    placeWeights(model).updateTexture(this.#device, this.#weights);
  };

  dispose(): void {
    this.#compute.dispose();
    for (const take of this.#take) take.dispose();
    this.#device.freeTexture(this.#weights);
    this.#free();
  }

  /** Returns a texture for the updates of all slots. The present one is reused if it fits. */
  #reserve({ groups, width, rows }: StepState): Updates {
    const texels = width / SLOTS_PER_FRAGMENT;
    const before = this.#updates;
    if (before && before.texture.width === texels && before.texture.height >= rows) return before;
    this.#free();
    const texture = this.#device.createTextureArray('rgba32ui', texels, rows, groups);
    try {
      this.#updates = { texture, target: this.#device.createLayerTarget(texture, 0, groups) };
    } catch (error) {
      this.#device.freeTexture(texture);
      throw error;
    }
    return this.#updates;
  }

  #free(): void {
    if (!this.#updates) return;
    this.#device.freeTarget(this.#updates.target);
    this.#device.freeTexture(this.#updates.texture);
    this.#updates = null;
  }
}

/**
 * @param ranges the state textures that each of the second passes draws
 * @throws CapabilityError if the model has another shape, or the GPU has no room for it
 * @throws DeviceError if a shader does not compile on the GPU
 */
export async function createPaired(device: Device, model: Model, ranges: readonly GroupRange[]): Promise<StepProgram> {
  const { specification } = model;
  if (!canPair(specification, device.capabilities.drawBuffers)) {
    throw new CapabilityError('Slots are paired only for a few depthwise filters, one hidden layer and few channels.');
  }
  const { channels, perceive, update } = specification;
  const shape = { CHANNELS: channels.count, INK_CHANNEL: channels.ink };
  const pairs = Math.ceil(channels.count / 2);
  const samplers = stateSamplers(vectorsFor(channels.count));
  const compute = BlockPass.create(
    device,
    shaderSource(
      'updates.frag',
      {
        ...shape,
        'EACH_PAIR(DO)': Array.from({ length: pairs }, (_, pair) => `DO(${pair})`).join(' '),
        PERCEIVE_ACTIVATION: codeOf(perceive.activation),
        HIDDEN_GROUPS: vectorsFor(update[0].units),
        HIDDEN_ACTIVATION: codeOf(update[0].activation),
      },
      { 'updates.frag': updatesText },
    ),
    [...samplers, 'linksBefore', 'linksAfter', 'weights'],
    'fired',
    SLOTS_PER_FRAGMENT,
  );
  const take = ranges.map(({ first, count }) =>
    BlockPass.create(
      device,
      shaderSource('step.frag', { ...shape, FIRST_GROUP: first, TARGETS: count }, { 'step.frag': stepText }),
      [...samplers, 'updates'],
      'fired',
    ),
  );
  const passes = await createAll([compute, ...take]);
  const weights = disposeOnFailure(passes, () => placeWeights(model).toTexture(device));
  return new PairedProgram(device, passes[0], passes.slice(1), weights);
}
