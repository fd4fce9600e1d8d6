import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { beginPasses, bindAll, BlockPass, endPasses, stateSamplers } from './block-pass.ts';
import { BLOCK_ROWS, rowsOf, slotShiftFor } from './blocks.ts';
import { groupRanges, StatePair, type GroupRange, type Side, type StateFormat } from './state-pair.ts';

/** What a step reads, and what it draws into. */
export interface StepState {
  /** The number of state textures on a side. */
  readonly groups: number;
  /** The number of slots in a row of the textures, and of rows that there is memory for. */
  readonly width: number;
  readonly rows: number;
  readonly now: Side;
  readonly next: Side;
  /** The slot and ink of the first four and of the last four neighbours. */
  readonly links: readonly Texture[];
}

const NO_SIDE: Side = { textures: [], targets: [] };

let allocations = 0;

/**
 * The state and the links of all slots on the GPU: two sides of state textures, one of which is read while the other is
 * drawn, and two textures of links. Owns all of them.
 */
export class SlotStore implements StepState {
  readonly ranges: readonly GroupRange[];
  readonly groups: number;
  #device: Device;
  #holds: readonly BlockPass[];
  #rows = 0;
  #slotShift = 0;
  #allocation = 0;
  #format: StateFormat;
  #state: StatePair | null = null;
  #links: readonly Texture[] = [];
  #linkTarget: Target | null = null;

  private constructor(
    device: Device,
    format: StateFormat,
    groups: number,
    ranges: readonly GroupRange[],
    holds: readonly BlockPass[],
  ) {
    this.#device = device;
    this.#format = format;
    this.groups = groups;
    this.ranges = ranges;
    this.#holds = holds;
  }

  /** @param channels the number of channels of the state; four share a texture */
  static async create(device: Device, channels: number, format: StateFormat = device.floatFormat): Promise<SlotStore> {
    const groups = Math.ceil(channels / 4);
    const ranges = groupRanges(groups, device.capabilities.drawBuffers);
    const holds = await Promise.all(ranges.map((range) => createHold(device, channels, range, 'all')));
    return new SlotStore(device, format, groups, ranges, holds);
  }

  /** The width of the slot textures is 2 to this power. */
  get slotShift(): number {
    return this.#slotShift;
  }

  /** The number of slots in a row of the textures. */
  get width(): number {
    return 1 << this.#slotShift;
  }

  /** The number of rows of slots that there is memory for. */
  get rows(): number {
    return this.#rows;
  }

  /** The number of rows that hold the slots before `end`. */
  rowsOf(end: number): number {
    return rowsOf(end, this.#slotShift);
  }

  /** Identifies the present set of textures. It is unique among all stores. */
  get allocation(): number {
    return this.#allocation;
  }

  get format(): StateFormat {
    return this.#format;
  }

  /** The state textures that hold the present state. */
  get now(): Side {
    return this.#state?.now ?? NO_SIDE;
  }

  /** The state textures that the next step draws. Until then, they hold the state of the previous step. */
  get next(): Side {
    return this.#state?.next ?? NO_SIDE;
  }

  get links(): readonly Texture[] {
    return this.#links;
  }

  get linkTarget(): Target {
    if (!this.#linkTarget) throw new Error('The slot store has no memory yet.');
    return this.#linkTarget;
  }

  swap(): void {
    this.#state?.swap();
  }

  /**
   * Changes the format of the state. The present state and that of the previous step are converted. The links are
   * unchanged.
   *
   * @throws DeviceError if the GPU has no room for both formats at the same time; the store is unchanged
   */
  convert(format: StateFormat): void {
    if (format === this.#format) return;
    const before = this.#state;
    if (before) {
      this.#state = this.copyAs(format);
      before.dispose();
    }
    this.#format = format;
  }

  /**
   * Copies the present state and that of the previous step, in the same shape.
   *
   * @throws DeviceError if the GPU has no room for the copy
   */
  copyAs(format: StateFormat): StatePair {
    const copy = new StatePair(this.#device, format, this.ranges, this);
    this.#copy(this.now, copy.now, this.#rows);
    this.#copy(this.next, copy.next, this.#rows);
    endPasses(this.#device);
    return copy;
  }

  /**
   * Makes room for the slots before `end`. The states of the existing slots are kept.
   *
   * @param leastShift the minimum width of the textures, as a power of two
   * @returns whether textures were replaced; the links are blank in that case and must be rewritten
   * @throws DeviceError if the GPU has no room for them; the store is unchanged
   */
  reserve(end: number, leastShift = 0): boolean {
    const slotShift = Math.max(this.#slotShift, slotShiftFor(end), leastShift);
    const rows = rowsOf(end, slotShift);
    if (slotShift === this.#slotShift && rows <= this.#rows) return false;
    const width = 1 << slotShift;
    const headroom = Math.ceil((rows * 1.25) / BLOCK_ROWS) * BLOCK_ROWS;
    const capacity = Math.max(rows, Math.min(headroom, this.#device.capabilities.textureSize));
    const device = this.#device;
    const links: Texture[] = [];
    let linkTarget: Target | null = null;
    let state: StatePair;
    try {
      for (let index = 0; index < 2; index += 1) links.push(device.createTexture('rgba32ui', width, capacity));
      linkTarget = device.createTarget(links);
      state = new StatePair(device, this.#format, this.ranges, { width, rows: capacity });
    } catch (error) {
      if (linkTarget) device.freeTarget(linkTarget);
      for (const texture of links) device.freeTexture(texture);
      throw error;
    }
    if (this.#rows > 0) this.#copy(this.now, state.now, rowsOf(this.#rows << this.#slotShift, slotShift));
    this.#free();
    this.#state = state;
    this.#links = links;
    this.#linkTarget = linkTarget;
    this.#rows = capacity;
    this.#slotShift = slotShift;
    allocations += 1;
    this.#allocation = allocations;
    return true;
  }

  /**
   * Takes the links of another store, and makes room for the state of the same slots. The other store keeps only its
   * state.
   *
   * @throws DeviceError if the GPU has no room for the state; both stores are unchanged
   */
  takeLinks(from: SlotStore): void {
    const state = new StatePair(this.#device, this.#format, this.ranges, from);
    this.#free();
    this.#state = state;
    this.#links = from.#links;
    this.#linkTarget = from.#linkTarget;
    this.#rows = from.#rows;
    this.#slotShift = from.#slotShift;
    from.#links = [];
    from.#linkTarget = null;
    allocations += 1;
    this.#allocation = allocations;
  }

  /** Copies the whole state to the next side, so that individual slots can be drawn over it. */
  copyToNext(end: number): void {
    this.#copy(this.now, this.next, this.rowsOf(end));
  }

  /** Copies the state of all slots before `end` into textures with at least as many rows. */
  keepIn(side: Side, end: number): void {
    this.#copy(this.now, side, rowsOf(end, Math.log2(side.textures[0].width)));
    endPasses(this.#device);
  }

  /** Copies the state of all slots before `end` from textures that {@link keepIn} has filled. */
  takeFrom(side: Side, end: number): void {
    this.#copy(side, this.now, this.rowsOf(end));
    endPasses(this.#device);
  }

  /**
   * Sets the width of the textures, by default the one that a new store for the slots before `end` would have, so that
   * the past leaves no trace. If the width changes, all state is lost.
   *
   * @returns whether textures were replaced, as {@link reserve} does
   */
  fit(end: number, slotShift = slotShiftFor(end)): boolean {
    if (slotShift === this.#slotShift) return this.reserve(end);
    this.#free();
    return this.reserve(end, slotShift);
  }

  /** Sets the states of `rows` rows of slots, starting at `firstRow`. Each texture gets four values per slot. */
  upload(groups: readonly Float32Array[], firstRow: number, rows: number): void {
    groups.forEach((data, group) => {
      this.#device.updateTexture(this.now.textures[group], firstRow, rows, data);
    });
  }

  dispose(): void {
    this.#free();
    for (const hold of this.#holds) hold.dispose();
  }

  /** Copies slot by slot, whatever the widths. `rows` is counted in `to`. */
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
    this.#state?.dispose();
    for (const texture of this.#links) this.#device.freeTexture(texture);
    if (this.#linkTarget) this.#device.freeTarget(this.#linkTarget);
    this.#state = null;
    this.#links = [];
    this.#linkTarget = null;
    this.#rows = 0;
    this.#slotShift = 0;
  }
}

/** A pass that copies a range of the state's textures. */
export function createHold(
  device: Device,
  channels: number,
  range: GroupRange,
  coverage: 'all' | 'held',
): Promise<BlockPass> {
  const defines = { CHANNELS: channels, FIRST_GROUP: range.first, TARGETS: range.count };
  const source = shaderSource('copy-state.frag', defines);
  return BlockPass.create(device, source, stateSamplers(Math.ceil(channels / 4)), coverage);
}
