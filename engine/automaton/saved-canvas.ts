/** A canvas with its state as plain data, so that it can continue elsewhere, bit for bit. */
import type { Model } from '../common/model/weights.ts';
import type { Device } from '../gpu/device.ts';
import { FIRST_SLOT, slotShiftFor } from './blocks.ts';
import { DigitCanvas } from './digit-canvas.ts';
import { INK_UNIT, readGroups } from './records.ts';
import type { SlotStore } from './slot-store.ts';
import type { SlotAssignment } from './slot-table.ts';
import { type CanvasLayout, SimulationError } from './types.ts';

export interface SavedCanvas extends SlotAssignment {
  readonly layout: CanvasLayout;
  readonly seed: number;
  /** The step that runs next. */
  readonly step: number;
  /** The class of each tile, −1 where it is unknown. */
  readonly labels: Int16Array;
  /** The width of the slot textures as a power of two. It determines which slots fire together. */
  readonly slotShift: number;
  readonly channels: number;
  /** [slot][channel], in the model's own channel order. */
  readonly states: Float32Array;
}

/** Returns the canvas as it is now, as soon as the GPU has answered. */
export async function saveCanvas(
  device: Device,
  model: Model,
  store: SlotStore,
  canvas: DigitCanvas,
  moment: { readonly seed: number; readonly step: number },
): Promise<SavedCanvas> {
  const { count: channels } = model.specification.channels;
  const deal = canvas.table.deal();
  const { slotShift } = store;
  const rows = store.rowsOf(canvas.table.end);
  const labels = canvas.labels.slice();
  const { columns, rows: tileRows, tile } = canvas.layout;
  const layout = { columns, rows: tileRows, tile };
  const { seed, step } = moment;
  const groups = await readGroups(device, store, rows);
  const states = new Float32Array(deal.cells.length * channels);
  for (let channel = 0; channel < channels; channel += 1) {
    const group = groups[channel >> 2];
    for (let slot = 0; slot < deal.cells.length; slot += 1) {
      states[slot * channels + channel] = group[(FIRST_SLOT + slot) * 4 + (channel & 3)];
    }
  }
  return { ...deal, layout, seed, step, labels, slotShift, channels, states };
}

/**
 * Packs the states for {@link SlotStore.upload}: for each texture, four values per slot in whole rows, starting with
 * the first slot.
 *
 * @throws SimulationError if the states do not belong to this model
 */
export function packStates({ cells, channels, states }: SavedCanvas, model: Model, store: SlotStore): Float32Array[] {
  const { count } = model.specification.channels;
  if (channels !== count || states.length !== cells.length * count) {
    throw new SimulationError(
      `The saved state has ${channels} channels, but the model "${model.specification.name}" has ${count}.`,
    );
  }
  const width = 2 ** store.slotShift;
  const values = Math.ceil(cells.length / width) * width * 4;
  return Array.from({ length: store.groups }, (_, group) => {
    const data = new Float32Array(values);
    for (let component = 0; component < 4 && group * 4 + component < count; component += 1) {
      for (let slot = 0; slot < cells.length; slot += 1) {
        data[slot * 4 + component] = states[slot * channels + group * 4 + component];
      }
    }
    return data;
  });
}

/**
 * A canvas on which nothing has happened yet, as {@link Simulation.reset} leaves it: all state zero, step 0.
 *
 * @param content its ink, one byte per cell, and the tiles' classes; null for an empty canvas
 * @throws SimulationError if they do not fit such a canvas
 */
export function freshCanvas(
  layout: CanvasLayout,
  model: Model,
  seed: number,
  content: { readonly ink: Uint8Array; readonly labels: Int16Array } | null,
): SavedCanvas {
  const canvas = new DigitCanvas(layout, model.specification, seed);
  const { table } = canvas;
  content?.ink.forEach((ink, cell) => {
    table.setInk(cell, ink);
  });
  table.reassign(seed);
  const { count: channels, ink: inkChannel } = model.specification.channels;
  const deal = table.deal();
  const states = new Float32Array(deal.cells.length * channels);
  deal.cells.forEach((cell, slot) => {
    states[slot * channels + inkChannel] = INK_UNIT * deal.ink[cell];
  });
  const labels = content?.labels ?? canvas.labels;
  return { ...deal, layout, seed, step: 0, labels, slotShift: slotShiftFor(table.end), channels, states };
}
