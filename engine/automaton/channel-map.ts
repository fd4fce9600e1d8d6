/** Carries the state of a model's cells over to a model with other classes or more channels. */
import type { ModelSpecification } from '../common/model/specification.ts';
import { createAll } from '../gpu/create-all.ts';
import type { Device } from '../gpu/device.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { beginPasses, bindAll, BlockPass, endPasses, stateSamplers } from './block-pass.ts';
import type { SlotStore } from './slot-store.ts';

/**
 * For each channel of `to`, the channel of `from` with the same meaning, or −1 if there is none: the ink, the logit of
 * the class of the same name, and the hidden channels in their order.
 */
export function channelSources(from: ModelSpecification, to: ModelSpecification): number[] {
  const hidden = hiddenChannels(from);
  let passed = 0;
  return Array.from({ length: to.channels.count }, (_, channel) => {
    if (channel === to.channels.ink) return from.channels.ink;
    const label = channel - to.channels.firstLogit;
    if (label >= 0 && label < to.classes.length) {
      const before = from.classes.findIndex(({ name }) => name === to.classes[label].name);
      return before < 0 ? -1 : from.channels.firstLogit + before;
    }
    passed += 1;
    return hidden[passed - 1] ?? -1;
  });
}

/** Whether two models differ in nothing but their weights and texts. */
export function hasSameShape(one: ModelSpecification, other: ModelSpecification): boolean {
  const namesOf = ({ classes }: ModelSpecification): string => JSON.stringify(classes.map(({ name }) => name));
  return one === other || (namesOf(one) === namesOf(other) && hasSamePrograms(one, other));
}

/** Whether the same programs compute both models. */
export function hasSamePrograms(one: ModelSpecification, other: ModelSpecification): boolean {
  const shapeOf = ({ classes, channels, perceive, update, step, life, classification }: ModelSpecification): string =>
    JSON.stringify([classes.length, channels, perceive, update, step, life, classification]);
  return shapeOf(one) === shapeOf(other);
}

function hiddenChannels({ channels, classes }: ModelSpecification): number[] {
  const isHidden = (channel: number): boolean =>
    channel !== channels.ink && (channel < channels.firstLogit || channel >= channels.firstLogit + classes.length);
  return Array.from({ length: channels.count }, (_, channel) => channel).filter(isHidden);
}

/** Copies the state of all slots into a store of another model. Owns its programs. */
export class ChannelMap {
  readonly #device: Device;
  readonly #passes: readonly BlockPass[];

  private constructor(device: Device, passes: readonly BlockPass[]) {
    this.#device = device;
    this.#passes = passes;
  }

  /** @param into a store for the model `to` */
  static async create(
    device: Device,
    from: ModelSpecification,
    to: ModelSpecification,
    into: SlotStore,
  ): Promise<ChannelMap> {
    const sources = channelSources(from, to);
    const samplers = stateSamplers(Math.ceil(from.channels.count / 4));
    const passes = await createAll(
      into.ranges.map(({ first, count }) => {
        const list = Array.from({ length: 4 * count }, (_, index) => sources[4 * first + index] ?? -1);
        const defines = { CHANNELS: from.channels.count, TARGETS: count, SOURCE_LIST: list.join(', ') };
        return BlockPass.create(device, shaderSource('map-channels.frag', defines), samplers, 'all');
      }),
    );
    return new ChannelMap(device, passes);
  }

  /** @param end one past the last slot in use; both stores have room for it */
  run(from: SlotStore, into: SlotStore, end: number): void {
    beginPasses(this.#device);
    this.#passes.forEach((block, index) => {
      const pass = block.begin(into.now.targets[index]);
      pass.set('sourceShift', from.slotShift);
      bindAll(pass, from.now.textures);
      block.draw(into.rowsOf(end));
    });
    endPasses(this.#device);
  }

  dispose(): void {
    for (const pass of this.#passes) pass.dispose();
  }
}
