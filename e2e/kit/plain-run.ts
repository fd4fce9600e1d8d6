/**
 * Runs a model on the CPU, as plainly as it can be written: what every renderer has to come to. With each state comes
 * how far the arithmetic of a GPU may lead away from it.
 */
import { FIRST_SLOT, blockOf, blocksOf, slotShiftFor } from '../../engine/automaton/blocks.ts';
import { slotFires, slotNoise } from '../../engine/automaton/chance.ts';
import { canvasSize, visitTile } from '../../engine/automaton/layout.ts';
import { type Chance, initialState, referenceStep } from '../../engine/automaton/reference.ts';
import { SlotTable } from '../../engine/automaton/slot-table.ts';
import type { CanvasLayout, FiringMode, StateRecord } from '../../engine/automaton/types.ts';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { type Precision, RoundingError, SINGLE_PRECISION } from './rounding.ts';

export interface PlainRunOptions {
  /** A model, or the bytes of its file. */
  readonly model: Model | Uint8Array;
  readonly layout: CanvasLayout;
  /** One byte a cell, row by row; see {@link inkOfDigits}. */
  readonly ink: Uint8Array;
  /** Given to `reset` when the ink lay on the canvas: it deals out the slots, and decides which cells fire. */
  readonly seed: number;
  readonly steps: number;
  /** `block` by default, as in a simulation. */
  readonly firing?: FiringMode;
  /** The model's own by default. */
  readonly dropout?: number;
  readonly noise?: number;
  /** Of the renderer's arithmetic; float32 throughout by default. */
  readonly precision?: Precision;
}

/** A state, and the greatest distance from it that arithmetic explains. */
export interface PlainMoment {
  readonly state: StateRecord;
  /** One value a cell; holds for each of its channels. */
  readonly error: Float32Array;
}

/** Where a run has come to. */
export interface PlainRun {
  readonly model: Model;
  readonly layout: CanvasLayout;
  /** In cells. */
  readonly width: number;
  readonly height: number;
  /** One byte a cell. */
  readonly ink: Uint8Array;
  /** 1 for cells that have a state, one a cell. */
  readonly lives: Uint8Array;
  readonly steps: number;
  readonly now: PlainMoment;
  /** A step earlier; the same as `now` before the first step. */
  readonly before: PlainMoment;
}

/** With fewer blocks than this, each cell fires for itself; as in `Simulation`. */
const FEWEST_BLOCKS = 16;

/**
 * The canvas that digits make.
 * @param images n · 784 ink bytes, as `setDigits` takes them
 * @returns one byte a cell, row by row
 */
export function inkOfDigits(layout: CanvasLayout, images: Uint8Array): Uint8Array {
  const { width, height } = canvasSize(layout);
  const ink = new Uint8Array(width * height);
  for (let tile = 0; tile < images.length / 784; tile += 1) {
    const image = images.subarray(784 * tile, 784 * (tile + 1));
    visitTile(layout, tile % layout.columns, Math.floor(tile / layout.columns), image, (cell, value) => {
      ink[cell] = value;
    });
  }
  return ink;
}

/** @throws RangeError if the ink is not that of such a canvas */
export function runPlainly(options: PlainRunOptions): PlainRun {
  const { layout, ink, seed, steps, precision = SINGLE_PRECISION } = options;
  const model = options.model instanceof Uint8Array ? decodeModelFile(options.model) : options.model;
  const { width, height } = canvasSize(layout);
  if (ink.length !== width * height) {
    throw new RangeError(`The ink is ${ink.length} bytes; a canvas of ${width} × ${height} cells needs a byte each.`);
  }
  const slots = dealSlots(model, width, height, ink, seed);
  let state = initialState(
    model,
    width,
    height,
    Array.from(ink, (byte) => byte / 255),
  );
  const rounding = new RoundingError(model, state, precision);
  let now: PlainMoment = { state, error: rounding.perCell() };
  let before = now;
  for (let step = 0; step < steps; step += 1) {
    const chance = chanceOf(options, model, slots, step);
    const next = referenceStep(model, state, chance);
    rounding.step(state, next, chance);
    state = next;
    before = now;
    now = { state, error: rounding.perCell() };
  }
  const lives = Uint8Array.from(slots.slotOfCell, (slot) => Number(slot !== 0));
  return { model, layout, width, height, ink, lives, steps, now, before };
}

/** The slots as `reset` deals them out for this ink. */
function dealSlots(model: Model, width: number, height: number, ink: Uint8Array, seed: number): SlotTable {
  const table = new SlotTable(width, height, model.specification.life, seed);
  ink.forEach((value, cell) => table.setInk(cell, value));
  table.reassign(seed);
  return table;
}

function chanceOf(options: PlainRunOptions, model: Model, slots: SlotTable, step: number): Chance {
  const rule = model.specification.step;
  const { seed, firing = 'block', dropout = rule.dropout, noise = rule.noise } = options;
  const slotShift = slotShiftFor(slots.end);
  const blocks = blocksOf(slots.end, slotShift) - blockOf(FIRST_SLOT, slotShift);
  const mode = firing === 'cell' || blocks < FEWEST_BLOCKS ? 'cell' : 'block';
  return {
    dropout,
    fires: (cell) => dropout === 0 || slotFires(mode, seed, step, slots.slotOfCell[cell], dropout, slotShift),
    noise: (cell, channel) => (noise === 0 ? 0 : noise * slotNoise(seed, step, slots.slotOfCell[cell], channel)),
  };
}
