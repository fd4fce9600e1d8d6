import type { Device, Target, Texture } from '../gpu/device.ts';

/** Some of the state textures that one pass draws into. */
export interface GroupRange {
  /** Index of the first texture. */
  readonly first: number;
  readonly count: number;
}

/** Splits the state's textures into as few passes as the adapter's draw buffers allow. */
export function groupRanges(groups: number, drawBuffers: number): GroupRange[] {
  const ranges: GroupRange[] = [];
  for (let first = 0; first < groups; first += drawBuffers) {
    ranges.push({ first, count: Math.min(drawBuffers, groups - first) });
  }
  return ranges;
}

/** How the state's numbers are kept on the GPU. */
export type StateFormat = 'rgba32f' | 'rgba16f';

/** One of the two sides that a step ping-pongs between. */
export interface Side {
  readonly textures: readonly Texture[];
  /** One target for each range of groups. */
  readonly targets: readonly Target[];
}

/** The shape of the slot textures. */
interface SlotShape {
  /** In texels. */
  readonly width: number;
  readonly rows: number;
}

/** Two sides of state textures of one shape and format. Owns them. */
export class StatePair {
  readonly format: StateFormat;
  readonly #device: Device;
  #now: Side;
  #next: Side;

  /** @throws DeviceError if the adapter has no room for them; nothing is left behind */
  constructor(
    device: Device,
    format: StateFormat,
    groups: number,
    ranges: readonly GroupRange[],
    { width, rows }: SlotShape,
  ) {
    this.#device = device;
    this.format = format;
    const textures: Texture[] = [];
    const targets: Target[] = [];
    this.#now = { textures, targets };
    this.#next = { textures: [], targets: [] };
    try {
      for (let index = 0; index < 2 * groups; index += 1) textures.push(device.createTexture(format, width, rows));
      const [now, next] = [0, groups].map((start): Side => {
        const side = textures.slice(start, start + groups);
        const first = targets.length;
        for (const range of ranges) {
          targets.push(device.createTarget(side.slice(range.first, range.first + range.count)));
        }
        return { textures: side, targets: targets.slice(first) };
      });
      this.#now = now;
      this.#next = next;
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** The state as it is. */
  get now(): Side {
    return this.#now;
  }

  /** What is drawn next; before that, the state of a step earlier. */
  get next(): Side {
    return this.#next;
  }

  swap(): void {
    [this.#now, this.#next] = [this.#next, this.#now];
  }

  dispose(): void {
    for (const side of [this.#now, this.#next]) {
      for (const target of side.targets) this.#device.freeTarget(target);
      for (const texture of side.textures) this.#device.freeTexture(texture);
    }
  }
}
