import type { Device, Target, Texture } from '../gpu/device.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { beginPasses, bindAll, BlockPass, stateSamplers } from './block-pass.ts';
import { BLOCK_ROWS, rowsOf, slotShiftFor } from './blocks.ts';

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

/** One of the two sides that a step ping-pongs between. */
interface Side {
  readonly textures: readonly Texture[];
  /** One target for each range of groups. */
  readonly targets: readonly Target[];
}

let allocations = 0;

/**
 * The state and the links of all slots on the GPU: two sides of state textures,
 * one read while the other is drawn, and two textures of links. Owns them all.
 */
export class SlotStore {
  readonly ranges: readonly GroupRange[];
  readonly groups: number;
  #device: Device;
  #holds: readonly BlockPass[];
  #rows = 0;
  #slotShift = 0;
  #allocation = 0;
  #now: Side = { textures: [], targets: [] };
  #next: Side = { textures: [], targets: [] };
  #links: readonly Texture[] = [];
  #linkTarget: Target | null = null;

  private constructor(device: Device, groups: number, ranges: readonly GroupRange[], holds: readonly BlockPass[]) {
    this.#device = device;
    this.groups = groups;
    this.ranges = ranges;
    this.#holds = holds;
  }

  /** @param channels of the state; four share a texture */
  static async create(device: Device, channels: number): Promise<SlotStore> {
    const groups = Math.ceil(channels / 4);
    const ranges = groupRanges(groups, device.capabilities.drawBuffers);
    const holds = await Promise.all(ranges.map((range) => createHold(device, channels, range, 'all')));
    return new SlotStore(device, groups, ranges, holds);
  }

  /** Width of the slot textures: 2 to this power. */
  get slotShift(): number {
    return this.#slotShift;
  }

  /** Slots in a row of the textures. */
  get width(): number {
    return 1 << this.#slotShift;
  }

  /** Rows of slots that there is memory for. */
  get rows(): number {
    return this.#rows;
  }

  /** Rows that hold the slots before `end`. */
  rowsOf(end: number): number {
    return rowsOf(end, this.#slotShift);
  }

  /** Tells one set of textures from another, among all stores. */
  get allocation(): number {
    return this.#allocation;
  }

  /** The state textures that hold the state now. */
  get now(): Side {
    return this.#now;
  }

  /** The state textures that the step draws next; before it, they hold the state of a step earlier. */
  get next(): Side {
    return this.#next;
  }

  /** Slot and ink of the first four and of the last four neighbours. */
  get links(): readonly Texture[] {
    return this.#links;
  }

  get linkTarget(): Target {
    if (!this.#linkTarget) throw new Error('The slot store has no memory yet.');
    return this.#linkTarget;
  }

  swap(): void {
    [this.#now, this.#next] = [this.#next, this.#now];
  }

  /**
   * Makes room for the slots before `end`; the state of the slots there are is kept.
   * @returns whether textures were replaced; the links are blank then and have to be written again
   * @throws DeviceError if the adapter has no room for them; the store is as before
   */
  reserve(end: number): boolean {
    const slotShift = Math.max(this.#slotShift, slotShiftFor(end));
    const rows = rowsOf(end, slotShift);
    if (slotShift === this.#slotShift && rows <= this.#rows) return false;
    const width = 1 << slotShift;
    const headroom = Math.ceil((rows * 1.25) / BLOCK_ROWS) * BLOCK_ROWS;
    const capacity = Math.max(rows, Math.min(headroom, this.#device.capabilities.textureSize));
    const made: (Texture | Target)[] = [];
    const device = this.#device;
    const keep = <T extends Texture | Target>(object: T): T => {
      made.push(object);
      return object;
    };
    try {
      const links = [0, 1].map(() => keep(device.createTexture('rgba32ui', width, capacity)));
      const linkTarget = keep(device.createTarget(links));
      const [now, next] = [0, 1].map((): Side => {
        const textures = Array.from({ length: this.groups }, () =>
          keep(device.createTexture(device.floatFormat, width, capacity)),
        );
        const targets = this.ranges.map(({ first, count }) =>
          keep(device.createTarget(textures.slice(first, first + count))),
        );
        return { textures, targets };
      });
      if (this.#rows > 0) this.#copy(this.#now, now, rowsOf(this.#rows << this.#slotShift, slotShift));
      this.#free();
      this.#now = now;
      this.#next = next;
      this.#links = links;
      this.#linkTarget = linkTarget;
      this.#rows = capacity;
      this.#slotShift = slotShift;
      allocations += 1;
      this.#allocation = allocations;
    } catch (error) {
      for (const object of made) freeObject(device, object);
      throw error;
    }
    return true;
  }

  /** Copies the whole state to the next side, so that single slots can be drawn over it. */
  copyToNext(end: number): void {
    this.#copy(this.#now, this.#next, this.rowsOf(end));
  }

  /** Takes the shape that a new store for the slots before `end` would have, so that the past leaves no trace; all state is lost. */
  fit(end: number): void {
    if (slotShiftFor(end) === this.#slotShift) return;
    this.#free();
    this.reserve(end);
  }

  dispose(): void {
    this.#free();
    for (const hold of this.#holds) hold.dispose();
  }

  /** Copies slot by slot, whatever the widths; `rows` are those of `to`. */
  #copy(from: Side, to: Side, rows: number): void {
    beginPasses(this.#device);
    this.#holds.forEach((hold, index) => {
      const pass = hold.begin(to.targets[index]);
      pass.set('sourceShift', Math.log2(from.textures[0].width));
      bindAll(pass, from.textures);
      hold.draw(rows);
    });
  }

  #free(): void {
    for (const side of [this.#now, this.#next]) {
      for (const target of side.targets) this.#device.freeTarget(target);
      for (const texture of side.textures) this.#device.freeTexture(texture);
    }
    for (const texture of this.#links) this.#device.freeTexture(texture);
    if (this.#linkTarget) this.#device.freeTarget(this.#linkTarget);
    this.#now = { textures: [], targets: [] };
    this.#next = { textures: [], targets: [] };
    this.#links = [];
    this.#linkTarget = null;
    this.#rows = 0;
    this.#slotShift = 0;
  }
}

function freeObject(device: Device, object: Texture | Target): void {
  if ('framebuffer' in object) device.freeTarget(object);
  else device.freeTexture(object);
}

/** A pass that copies a range of the state's textures. */
export function createHold(
  device: Device,
  channels: number,
  range: GroupRange,
  coverage: 'all' | 'held',
): Promise<BlockPass> {
  const defines = { CHANNELS: channels, FIRST_GROUP: range.first, TARGETS: range.count };
  const source = shaderSource('hold.frag', defines);
  return BlockPass.create(device, source, stateSamplers(Math.ceil(channels / 4)), coverage);
}
