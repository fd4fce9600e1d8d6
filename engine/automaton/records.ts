/** Reads the state and the labels back, and maps them from slots to cells. */
import type { Model } from '../common/model/weights.ts';
import type { Device } from '../gpu/device.ts';
import { readTarget } from '../gpu/readback.ts';
import { FIRST_SLOT } from './blocks.ts';
import type { LabelPass } from './label-pass.ts';
import type { SlotStore } from './slot-store.ts';
import type { SlotTable } from './slot-table.ts';
import type { LabelRecord, StateRecord } from './types.ts';

/** The factor that the shaders multiply an ink byte by, in float32 like theirs. */
export const INK_UNIT = Math.fround(1 / 255);

/** The values in a label record for a cell without ink, and for an undecided one. */
export const NO_INK = -1;
export const UNDECIDED = -2;

/**
 * The cell of each slot in use, from {@link FIRST_SLOT} on. This is a copy, since the table may change before the GPU
 * answers.
 */
function cellsOfSlots(table: SlotTable): Uint32Array {
  return Uint32Array.from({ length: table.liveCells }, (_, index) => table.cellOf(FIRST_SLOT + index));
}

/**
 * Reads some rows of the state's textures, four values per slot. They include everything that was issued before this
 * call and nothing later. Resolves when the GPU has copied them.
 *
 * @throws DeviceError if the context is lost in the meantime
 */
export function readGroups(device: Device, store: SlotStore, rows: number): Promise<Float32Array[]> {
  return Promise.all(
    store.ranges.flatMap(({ count }, range) =>
      Array.from({ length: count }, (_, attachment) =>
        readTarget(device, store.now.targets[range], attachment, rows, 'rgba32f'),
      ),
    ),
  );
}

/** Reads the whole state, which includes everything that was issued before this call and nothing later. */
export async function readStateRecord(
  device: Device,
  model: Model,
  store: SlotStore,
  table: SlotTable,
): Promise<StateRecord> {
  const { width, height } = table;
  const { count: channels, ink: inkChannel } = model.specification.channels;
  const data = new Float32Array(width * height * channels);
  for (let cell = 0; cell < table.ink.length; cell += 1) data[cell * channels + inkChannel] = table.ink[cell] / 255;
  const cells = cellsOfSlots(table);
  const groups = await readGroups(device, store, store.rowsOf(table.end));
  cells.forEach((cell, index) => {
    const texel = (FIRST_SLOT + index) * 4;
    for (let channel = 0; channel < channels; channel += 1) {
      if (channel !== inkChannel) data[cell * channels + channel] = groups[channel >> 2][texel + (channel & 3)];
    }
  });
  return { width, height, channels, data };
}

/** Reads the labels as of the last refresh. */
export async function readLabelRecord(
  device: Device,
  labels: LabelPass,
  store: SlotStore,
  table: SlotTable,
): Promise<LabelRecord> {
  const { width, height } = table;
  const data = new Int8Array(width * height).fill(NO_INK);
  const cells = cellsOfSlots(table);
  const inked = Uint8Array.from(cells, (cell) => Number(table.isInk(cell)));
  const bytes = await readTarget(device, labels.target, 0, store.rowsOf(table.end), 'rgba8');
  cells.forEach((cell, index) => {
    if (!inked[index]) return;
    const label = bytes[(FIRST_SLOT + index) * 4];
    data[cell] = label === 0 ? UNDECIDED : label - 1;
  });
  return { width, height, data };
}
