/** What a canvas goes on with when its model gets other classes, more channels or other layers. */
import type { ModelSpecification } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import type { StepMoment } from './block-pass.ts';
import { BLOCK_ROWS, FIRST_SLOT, slotShiftFor } from './blocks.ts';
import { ChannelMap, channelSources } from './channel-map.ts';
import { Machine } from './machine.ts';
import { learningStrategy } from './programs/choose.ts';
import type { CanvasLayout } from './types.ts';

/** One past the last slot of the first block that is drawn. */
const WARM_UP_END = FIRST_SLOT + (BLOCK_ROWS << slotShiftFor(FIRST_SLOT));
const WARM_UP_MOMENT: StepMoment = {
  seed: 0,
  step: 0,
  // Some blocks fire, and the others are held.
  dropout: 0.5,
  noise: 0,
  updateScale: 1,
  cellFiring: false,
};

/** A machine for a model that learns, and the way of the cells' state into it. */
export class Successor {
  readonly #machine: Machine;
  readonly #channels: ChannelMap;
  readonly #from: ModelSpecification;
  readonly #layout: CanvasLayout;

  private constructor(machine: Machine, channels: ChannelMap, from: ModelSpecification, layout: CanvasLayout) {
    this.#machine = machine;
    this.#channels = channels;
    this.#from = from;
    this.#layout = layout;
  }

  /** @throws DeviceError if the GPU cannot run the model */
  static async create(before: Machine, model: Model, layout: CanvasLayout): Promise<Successor> {
    const { device } = before;
    const from = before.model.specification;
    const machine = await Machine.create(device, model, layout, learningStrategy(device, model));
    try {
      return new Successor(
        machine,
        await ChannelMap.create(device, from, model.specification, machine.store),
        from,
        layout,
      );
    } catch (error) {
      machine.dispose();
      throw error;
    }
  }

  /** Draws a block with each program. Software GPUs compile a program only when it draws for the first time. */
  warmUp(before: Machine): void {
    this.#machine.store.reserve(WARM_UP_END);
    this.#channels.run(before.store, this.#machine.store, WARM_UP_END);
    this.#machine.step(WARM_UP_END, WARM_UP_MOMENT);
    this.#machine.refreshLabels(WARM_UP_END);
  }

  /** Whether this is what another model goes on with, whatever its weights are and its new classes are called. */
  isFor(before: Machine, model: Model, layout: CanvasLayout): boolean {
    const { specification } = this.#machine.model;
    const sources = (to: ModelSpecification): string => JSON.stringify(channelSources(this.#from, to));
    return (
      !this.#machine.isGone &&
      before.model.specification === this.#from &&
      layout === this.#layout &&
      this.#machine.canTake(model) &&
      sources(specification) === sources(model.specification)
    );
  }

  /**
   * Takes over from another machine, which can only be disposed of afterwards.
   *
   * @param end one past the last slot in use
   * @throws DeviceError if there is no room for the state; the other machine is unchanged
   */
  takeOver(before: Machine, model: Model, end: number): Machine {
    this.#machine.replaceWeights(model);
    this.#machine.takeOver(before, this.#channels, end);
    this.#channels.dispose();
    return this.#machine;
  }

  dispose(): void {
    this.#channels.dispose();
    this.#machine.dispose();
  }
}
