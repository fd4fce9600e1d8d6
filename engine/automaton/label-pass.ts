import type { ModelSpecification } from '../common/model/specification.ts';
import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { beginPasses, bindAll, BlockPass, endPasses, stateSamplers } from './block-pass.ts';
import type { SlotStore } from './slot-store.ts';

interface LabelSide {
  readonly texture: Texture;
  readonly target: Target;
}

/**
 * Determines the label of each slot's cell, see `label.frag`. Owns its program and two textures of labels: the present
 * ones, and those of one step earlier.
 */
export class LabelPass {
  readonly #device: Device;
  readonly #block: BlockPass;
  #now: LabelSide | null = null;
  #earlier: LabelSide | null = null;
  #allocation = 0;

  private constructor(device: Device, block: BlockPass) {
    this.#device = device;
    this.#block = block;
  }

  static async create(device: Device, specification: ModelSpecification): Promise<LabelPass> {
    const { channels, classes, classification } = specification;
    const source = shaderSource('label.frag', {
      CHANNELS: channels.count,
      FIRST_LOGIT: channels.firstLogit,
      CLASSES: classes.length,
      UNDECIDED_BELOW: classification.undecidedBelow.toExponential(9),
    });
    const samplers = [...stateSamplers(Math.ceil(channels.count / 4)), 'before'];
    return new LabelPass(device, await BlockPass.create(device, source, samplers, 'all'));
  }

  /** The labels as of the last {@link refresh}, in the shape of the slot textures. */
  get texture(): Texture {
    return this.#side.texture;
  }

  get target(): Target {
    return this.#side.target;
  }

  get #side(): LabelSide {
    if (!this.#now) throw new Error('No labels have been requested yet.');
    return this.#now;
  }

  /**
   * @param rows the number of rows of slots in use
   * @param earlier where the labels of the previous step come from: the last refresh had them, the store's next side
   * still holds that step's state, or there was no such step
   */
  refresh(store: SlotStore, rows: number, earlier: 'labelled' | 'stored' | 'none'): void {
    const areKept = this.#allocation === store.allocation;
    if (!areKept) this.#allocate(store);
    beginPasses(this.#device);
    if (earlier === 'labelled' && areKept) [this.#now, this.#earlier] = [this.#earlier, this.#now];
    else
      this.#draw(store, earlier === 'none' ? store.now.textures : store.next.textures, this.#now, this.#earlier, rows);
    this.#draw(store, store.now.textures, this.#earlier, this.#now, rows);
    endPasses(this.#device);
  }

  dispose(): void {
    this.#block.dispose();
    this.#free();
  }

  #draw(
    store: SlotStore,
    state: readonly Texture[],
    before: LabelSide | null,
    into: LabelSide | null,
    rows: number,
  ): void {
    if (!before || !into) return;
    const pass = this.#block.begin(into.target);
    bindAll(pass, state);
    pass.bind(store.groups, before.texture.handle);
    this.#block.draw(rows);
  }

  #allocate(store: SlotStore): void {
    this.#free();
    this.#allocation = store.allocation;
    [this.#now, this.#earlier] = [0, 1].map(() => {
      const texture = this.#device.createTexture('rgba8', store.width, store.rows);
      return { texture, target: this.#device.createTarget([texture]) };
    });
  }

  #free(): void {
    for (const side of [this.#now, this.#earlier]) {
      if (!side) continue;
      this.#device.freeTarget(side.target);
      this.#device.freeTexture(side.texture);
    }
    this.#now = null;
    this.#earlier = null;
  }
}
