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

/** The labels of the present state, and those of one step earlier. */
interface LabelSides {
  now: LabelSide;
  earlier: LabelSide;
}

/**
 * Determines the label of each slot's cell, see `label.frag`. Owns its program and two textures of labels: the present
 * ones, and those of one step earlier.
 */
export class LabelPass {
  readonly #device: Device;
  readonly #block: BlockPass;
  #sides: LabelSides | null = null;
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
    if (!this.#sides) throw new Error('No labels have been requested yet.');
    return this.#sides.now;
  }

  /**
   * @param rows the number of rows of slots in use
   * @param earlier where the labels of the previous step come from: the last refresh had them, the store's next side
   * still holds that step's state, or there was no such step
   */
  refresh(store: SlotStore, rows: number, earlier: 'labelled' | 'stored' | 'none'): void {
    const kept = this.#allocation === store.allocation ? this.#sides : null;
    const sides = kept ?? this.#allocate(store);
    beginPasses(this.#device);
    if (kept && earlier === 'labelled') {
      const { now } = sides;
      sides.now = sides.earlier;
      sides.earlier = now;
    } else {
      this.#draw(store, earlier === 'none' ? store.now.textures : store.next.textures, sides.now, sides.earlier, rows);
    }
    this.#draw(store, store.now.textures, sides.earlier, sides.now, rows);
    endPasses(this.#device);
  }

  dispose(): void {
    this.#block.dispose();
    this.#free();
  }

  #draw(store: SlotStore, state: readonly Texture[], before: LabelSide, into: LabelSide, rows: number): void {
    const pass = this.#block.begin(into.target);
    bindAll(pass, state);
    pass.bind(store.groups, before.texture.handle);
    this.#block.draw(rows);
  }

  #allocate(store: SlotStore): LabelSides {
    this.#free();
    this.#allocation = store.allocation;
    const [now, earlier] = [0, 1].map((): LabelSide => {
      const texture = this.#device.createTexture('rgba8', store.width, store.rows);
      return { texture, target: this.#device.createTarget([texture]) };
    });
    this.#sides = { now, earlier };
    return this.#sides;
  }

  #free(): void {
    if (!this.#sides) return;
    for (const { target, texture } of [this.#sides.now, this.#sides.earlier]) {
      this.#device.freeTarget(target);
      this.#device.freeTexture(texture);
    }
    this.#sides = null;
  }
}
