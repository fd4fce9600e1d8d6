import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';

/** A range of state textures that one pass draws into. */
export interface GroupRange {
  /** The index of the first texture. */
  readonly first: number;
  readonly count: number;
}

/** Splits the state's textures into as few passes as the GPU's draw buffers allow. */
export function groupRanges(groups: number, drawBuffers: number): GroupRange[] {
  const ranges: GroupRange[] = [];
  for (let first = 0; first < groups; first += drawBuffers) {
    ranges.push({ first, count: Math.min(drawBuffers, groups - first) });
  }
  return ranges;
}

/** The format of the state's numbers on the GPU. */
export type StateFormat = 'rgba32f' | 'rgba16f';

/** The format of the state: float32 if the GPU can draw into it, unless half floats are requested. */
export function stateFormat(device: Device, half: boolean): StateFormat {
  return half ? 'rgba16f' : device.floatFormat;
}

/** One of the two sides that a step ping-pongs between. */
export interface Side {
  readonly textures: readonly Texture[];
  /** One target for each range of groups. */
  readonly targets: readonly Target[];
}

/** The shape of the slot textures. */
export interface SlotShape {
  /** In texels. */
  readonly width: number;
  readonly rows: number;
}

/**
 * Creates state textures of one shape and format, and their targets.
 *
 * @throws DeviceError if the GPU has no room for them; nothing is left behind
 */
export function createSide(
  device: Device,
  format: StateFormat,
  ranges: readonly GroupRange[],
  { width, rows }: SlotShape,
): Side {
  const textures: Texture[] = [];
  const targets: Target[] = [];
  const side = { textures, targets };
  try {
    for (const { first, count } of ranges) {
      for (let index = 0; index < count; index += 1) textures.push(device.createTexture(format, width, rows));
      targets.push(device.createTarget(textures.slice(first, first + count)));
    }
    return side;
  } catch (error) {
    freeSide(device, side);
    throw error;
  }
}

export function freeSide(device: Device, { textures, targets }: Side): void {
  for (const target of targets) device.freeTarget(target);
  for (const texture of textures) device.freeTexture(texture);
}

/** Two sides of state textures of one shape and format. Owns them. */
export class StatePair {
  readonly format: StateFormat;
  readonly #device: Device;
  #now: Side;
  #next: Side;

  /** @throws DeviceError if the GPU has no room for them; nothing is left behind */
  constructor(device: Device, format: StateFormat, ranges: readonly GroupRange[], shape: SlotShape) {
    this.#device = device;
    this.format = format;
    this.#now = createSide(device, format, ranges, shape);
    try {
      this.#next = createSide(device, format, ranges, shape);
    } catch (error) {
      freeSide(device, this.#now);
      throw error;
    }
  }

  /** The side with the present state. */
  get now(): Side {
    return this.#now;
  }

  /** The side that is drawn next. Until then, it holds the state of the previous step. */
  get next(): Side {
    return this.#next;
  }

  swap(): void {
    [this.#now, this.#next] = [this.#next, this.#now];
  }

  dispose(): void {
    freeSide(this.#device, this.#now);
    freeSide(this.#device, this.#next);
  }
}
