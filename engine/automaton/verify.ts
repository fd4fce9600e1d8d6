/** Checks whether a program computes the same on this GPU as the plain reference. */
import { keptUpdateScale } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import { Random } from '../common/random/random.ts';
import type { Device } from '../gpu/device.ts';
import { beginPasses, endPasses, type StepMoment } from './block-pass.ts';
import { CellMap } from './cell-map.ts';
import type { EditPasses } from './edit-passes.ts';
import type { StepProgram } from './programs/step-program.ts';
import { readStateRecord } from './records.ts';
import { initialState, referenceStep } from './reference.ts';
import { SlotStore } from './slot-store.ts';
import { SlotTable } from './slot-table.ts';
import type { StateFormat } from './state-pair.ts';

const SIZE_CELLS = 10;
const STEPS = 3;

/** The largest difference allowed, as a share of the largest state value: what half floats lose in a few steps. */
const TOLERANCE = 2e-2;

/** What a program is checked with. */
interface Checked {
  readonly device: Device;
  readonly model: Model;
  readonly edits: EditPasses;
  /** Whether `edits` and the program may have been freed in the meantime. */
  readonly isGone: () => boolean;
}

/**
 * Runs a few steps on a small blot of ink in a separate store, with all cells firing and without noise.
 *
 * @returns false also if everything is gone before they can run
 */
export async function computesRight(
  { device, model, edits, isGone }: Checked,
  program: StepProgram,
  format: StateFormat,
): Promise<boolean> {
  const { specification } = model;
  const table = new SlotTable(SIZE_CELLS, SIZE_CELLS, specification.life, 1);
  const random = new Random(1);
  for (let cell = 0; cell < table.ink.length; cell += 1)
    table.setInk(cell, random.unit() < 0.4 ? random.below(256) : 0);
  const store = await SlotStore.create(device, specification.channels.count, format);
  if (isGone()) {
    store.dispose();
    return false;
  }
  const cells = new CellMap(device, { columns: 1, rows: 1, tile: SIZE_CELLS });
  try {
    edits.apply(table, store, cells);
    const updateScale = keptUpdateScale(specification, 0) * specification.step.size;
    const moment: StepMoment = { seed: 0, step: 0, dropout: 0, noise: 0, updateScale, cellFiring: false };
    const ink = Array.from(table.ink, (byte) => byte / 255);
    let expected = initialState(model, SIZE_CELLS, SIZE_CELLS, ink);
    for (let step = 0; step < STEPS; step += 1) {
      beginPasses(device);
      program.run(store, store.rowsOf(table.end), moment);
      endPasses(device);
      store.swap();
      expected = referenceStep(model, expected);
    }
    const state = await readStateRecord(device, model, store, table);
    const largest = expected.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return state.data.every((value, index) => Math.abs(value - expected.data[index]) <= TOLERANCE * largest);
  } finally {
    store.dispose();
    cells.dispose();
  }
}
