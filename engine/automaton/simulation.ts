/**
 * A running automaton on a canvas of digits: what a page, an exhibit or an
 * embedding program holds. The truth about ink and slots is kept on the CPU,
 * the state on the GPU; {@link Simulation.restore} builds the latter again.
 */
import type { Model } from '../common/model/weights.ts';
import type { Device } from '../gpu/device.ts';
import { finished } from '../gpu/readback.ts';
import type { StepMoment } from './block-pass.ts';
import { blockOf, blocksOf, FIRST_SLOT } from './blocks.ts';
import { inkAfterBrush, visitStroke } from './brush.ts';
import { canvasSize, checkLayout, DIGIT_SIZE, visitTile } from './layout.ts';
import { Machine } from './machine.ts';
import { readLabelRecord, readStateRecord } from './records.ts';
import { SlotTable } from './slot-table.ts';
import { summarize } from './statistics.ts';
import {
  SimulationError,
  type BrushOptions,
  type CanvasLayout,
  type CellRectangle,
  type FiringMode,
  type LabelRecord,
  type StateRecord,
  type Statistics,
  type StrokePoint,
} from './types.ts';

export interface SimulationOptions {
  readonly model: Model;
  readonly layout: CanvasLayout;
  readonly seed: number;
  /** How the step is computed; `auto` starts on one that compiles quickly, see {@link Simulation.chooseStrategy}. */
  readonly strategy?: string;
  readonly firing?: FiringMode;
}

/** Textures for whoever draws the canvas; all are sampled NEAREST. */
export interface SimulationTextures {
  /** Changes when any texture but the state's was replaced. */
  readonly generation: number;
  /** RGBA8, a texel a cell, row 0 on top: rgb the slot (24 bits, low byte in red; 0: none), alpha the ink. */
  readonly cells: WebGLTexture;
  /** RGBA8, a texel a slot: red the label + 1 (0: undecided), green its confidence, blue the label + 1 a step earlier. */
  readonly labels: WebGLTexture;
  /** One of the state's textures; four channels each, a texel a slot. Others after every step. */
  state(group: number): WebGLTexture;
  /** Slot s is texel (s % slotWidth, s / slotWidth). */
  readonly slotWidth: number;
  readonly slotHeight: number;
}

/** With fewer blocks than this a digit's cells would fire too much together, so each cell fires for itself. */
const FEWEST_BLOCKS = 16;

const UNKNOWN_LABEL = -1;

export class Simulation {
  readonly device: Device;
  readonly textures: SimulationTextures = new TextureView(() => this.#machine);
  /** Share of cells that skip a step; the expected drive stays what the model was trained with. */
  dropout: number;
  /** Deviation of the noise on every channel's update. */
  noise: number;
  firing: FiringMode;
  #machine: Machine;
  #table: SlotTable;
  #layout: CanvasLayout;
  #strategy: string;
  #seed: number;
  #step = 0;
  #version = 0;
  #labelledVersion = -1;
  /** The class each tile was given, or {@link UNKNOWN_LABEL}. */
  #labels: Int16Array;
  readonly #moment: StepMoment = { seed: 0, step: 0, dropout: 0, noise: 0, updateScale: 1, cellFiring: false };

  private constructor(machine: Machine, options: SimulationOptions) {
    const { step, life } = options.model.specification;
    const { width, height } = canvasSize(options.layout);
    this.device = machine.device;
    this.#machine = machine;
    this.#layout = options.layout;
    this.#seed = options.seed >>> 0;
    this.#strategy = options.strategy ?? 'auto';
    this.dropout = step.dropout;
    this.noise = step.noise;
    this.firing = options.firing ?? 'block';
    this.#table = new SlotTable(width, height, life, this.#seed);
    this.#labels = new Int16Array(options.layout.columns * options.layout.rows).fill(UNKNOWN_LABEL);
  }

  /**
   * @throws SimulationError if the canvas is larger than the GPU allows
   * @throws DeviceError if the GPU cannot run the model
   */
  static async create(device: Device, options: SimulationOptions): Promise<Simulation> {
    checkLayout(options.layout, device.capabilities.textureSize);
    const { width, height } = canvasSize(options.layout);
    const machine = await Machine.create(device, options.model, width, height, options.strategy ?? 'auto');
    return new Simulation(machine, options);
  }

  get model(): Model {
    return this.#machine.model;
  }

  get layout(): CanvasLayout {
    return this.#layout;
  }

  /** In cells. */
  get width(): number {
    return this.#table.width;
  }

  /** In cells. */
  get height(): number {
    return this.#table.height;
  }

  /** Steps since the last reset; wraps at 2³². */
  get step(): number {
    return this.#step;
  }

  get seed(): number {
    return this.#seed;
  }

  get liveCells(): number {
    return this.#table.liveCells;
  }

  /** Cells with more ink than the threshold. */
  get inkCells(): number {
    return this.#table.inkCells;
  }

  /** Whether each cell fires for itself in the next step: so asked for, or because there are too few blocks. */
  get firesByCell(): boolean {
    const { slotShift } = this.#machine.store;
    const blocks = blocksOf(this.#table.end, slotShift) - blockOf(FIRST_SLOT, slotShift);
    return this.dropout > 0 && (this.firing === 'cell' || blocks < FEWEST_BLOCKS);
  }

  /** Base-2 logarithm of the slot textures' width; with it, `slotOf` and the seed say which cells fire. */
  get slotShift(): number {
    return this.#machine.store.slotShift;
  }

  /** The way the step is computed. */
  get strategy(): string {
    return this.#machine.strategy;
  }

  /** GPU memory held, in bytes. */
  get textureBytes(): number {
    return this.device.textureBytes;
  }

  /** Grows whenever the picture may have changed. */
  get version(): number {
    return this.#version;
  }

  /** Issues edits made since the last step, then `steps` steps. Does not wait for the GPU. */
  advance(steps: number): void {
    this.#applyEdits();
    if (steps <= 0) return;
    const machine = this.#machine;
    const moment = this.#moment;
    moment.seed = this.#seed;
    moment.dropout = this.dropout;
    moment.noise = this.noise;
    moment.updateScale = machine.updateScale(this.dropout);
    moment.cellFiring = this.firesByCell;
    for (let index = 0; index < steps; index += 1) {
      moment.step = this.#step;
      machine.step(this.#table.end, moment);
      this.#step = (this.#step + 1) >>> 0;
    }
    this.#version += 1;
  }

  /** The GPU has done all that was issued. */
  settled(): Promise<void> {
    return finished(this.device);
  }

  /** Another model on the same ink; all state is cleared. On failure the old one stays. */
  async useModel(model: Model): Promise<void> {
    await this.#rebuild(model, this.#layout, this.#strategy);
    this.dropout = model.specification.step.dropout;
    this.noise = model.specification.step.noise;
  }

  /**
   * Tries which way to compute the step is best on this GPU, and goes on with
   * it; the state is kept. Does nothing where the strategy was given by name.
   * @returns what was rejected on this GPU, one sentence each
   */
  async chooseStrategy(hint?: string): Promise<readonly string[]> {
    if (this.#strategy !== 'auto') return [];
    this.#applyEdits();
    return this.#machine.chooseStrategy(this.#table.end, hint);
  }

  /**
   * Another way to compute the step, by name or `auto`; the state is kept.
   * @throws DeviceError if it does not run on this GPU; the old one stays
   */
  async useStrategy(strategy: string): Promise<void> {
    await this.#machine.useStrategy(strategy);
    this.#strategy = strategy;
  }

  /**
   * A new, empty canvas.
   * @throws SimulationError if it is larger than the GPU allows; the old one stays
   */
  async setLayout(layout: CanvasLayout): Promise<void> {
    checkLayout(layout, this.device.capabilities.textureSize);
    await this.#rebuild(this.model, layout, this.#strategy);
  }

  /** Builds everything on the GPU again after its context was lost and restored; all state is cleared, the ink stays. */
  async restore(): Promise<void> {
    this.device.forgetLostObjects();
    this.#machine = await this.#createMachine(this.model, this.#layout, this.#strategy);
    this.#table.markAll();
    this.#applyEdits();
  }

  /**
   * Puts images into the tiles in reading order, each centred; their state is cleared.
   * @param images n · 784 ink bytes
   * @param labels n classes; without them the labels are not known
   */
  setDigits(images: Uint8Array, labels?: ArrayLike<number>): void {
    const size = DIGIT_SIZE * DIGIT_SIZE;
    const count = images.length / size;
    const tiles = this.#layout.columns * this.#layout.rows;
    if (!Number.isInteger(count)) {
      throw new SimulationError(`Images are ${size} bytes each; ${images.length} bytes are no whole number of them.`);
    }
    if (count > tiles) throw new SimulationError(`There are ${count} images for ${tiles} tiles.`);
    if (labels && labels.length !== count) {
      throw new SimulationError(`There are ${labels.length} labels for ${count} images.`);
    }
    // All are checked before the first is put there: a refused call changes nothing.
    for (let index = 0; index < count; index += 1) if (labels) this.#checkLabel(labels[index]);
    for (let index = 0; index < count; index += 1) {
      const image = images.subarray(index * size, (index + 1) * size);
      const label = labels ? labels[index] : null;
      this.setTile(index % this.#layout.columns, Math.floor(index / this.#layout.columns), image, label, false);
    }
  }

  /**
   * Puts an image into one tile.
   * @param image 784 ink bytes
   * @param label its class, or null if it is not known
   * @param keepState whether cells that had ink before keep their state, as in a mutation
   */
  setTile(column: number, row: number, image: Uint8Array, label: number | null, keepState: boolean): void {
    const { columns, rows } = this.#layout;
    if (column < 0 || row < 0 || column >= columns || row >= rows) {
      throw new SimulationError(`There is no tile (${column}, ${row}) on a canvas of ${columns} × ${rows} tiles.`);
    }
    if (label !== null) this.#checkLabel(label);
    visitTile(this.#layout, column, row, image, (cell, ink) => {
      if (!keepState) this.#table.wipe(cell);
      this.#table.setInk(cell, ink);
    });
    this.#labels[row * columns + column] = label ?? UNKNOWN_LABEL;
    this.#version += 1;
  }

  /**
   * Drops ink onto a rectangle of cells, which may reach beyond the canvas.
   * @param ink one byte a cell of the rectangle, row by row
   * @param combine `replace` the ink there, or let the greater value stand (`max`)
   */
  stamp(
    ink: Uint8Array,
    { x, y, width, height }: CellRectangle,
    { combine, keepState }: { combine: 'replace' | 'max'; keepState: boolean },
  ): void {
    for (let row = Math.max(0, -y); row < Math.min(height, this.height - y); row += 1) {
      for (let column = Math.max(0, -x); column < Math.min(width, this.width - x); column += 1) {
        const cell = (y + row) * this.width + x + column;
        const value = ink[row * width + column];
        if (!keepState) this.#table.wipe(cell);
        this.#inkCell(cell, combine === 'max' ? Math.max(value, this.#table.ink[cell]) : value);
      }
    }
    this.#version += 1;
  }

  /** Draws, or erases, one continuous piece of a stroke. */
  paint(points: readonly StrokePoint[], brush: BrushOptions): void {
    const table = this.#table;
    visitStroke(points, brush.radius, table.width, table.height, (cell, share) => {
      this.#inkCell(cell, inkAfterBrush(table.ink[cell], share, brush));
    });
    this.#version += 1;
  }

  /** Clears the state of the cells under a stroke; their ink stays, and they can heal. */
  damage(points: readonly StrokePoint[], radius: number): void {
    visitStroke(points, radius, this.width, this.height, (cell, share) => {
      if (share >= 0.5) this.#table.wipe(cell);
    });
    this.#version += 1;
  }

  /** Takes all ink and state away. */
  clear(): void {
    for (let cell = 0; cell < this.#table.ink.length; cell += 1) this.#table.setInk(cell, 0);
    this.#labels.fill(UNKNOWN_LABEL);
    this.#version += 1;
  }

  /** Clears all state, keeps the ink, and restarts the step counter and the random numbers. */
  reset(seed: number): void {
    this.#seed = seed >>> 0;
    this.#step = 0;
    this.#table.redeal(this.#seed);
    this.#machine.store.fit(this.#table.end);
    this.#version += 1;
  }

  /** A copy of the ink, one byte a cell, row by row. */
  readInk(): Uint8Array {
    return this.#table.ink.slice();
  }

  /** The class a tile was given, or null. */
  labelOf(column: number, row: number): number | null {
    const label = this.#labels[row * this.#layout.columns + column];
    return label === UNKNOWN_LABEL ? null : label;
  }

  /** The slot that holds a cell's state, or 0; what chance decides for the cell depends on it. */
  slotOf(cell: number): number {
    return this.#table.slotOfCell[cell];
  }

  readState(): Promise<StateRecord> {
    this.#applyEdits();
    const { model, store } = this.#machine;
    return readStateRecord(this.device, model, store, this.#table);
  }

  readLabels(): Promise<LabelRecord> {
    this.refreshLabels();
    const { labels, store } = this.#machine;
    return readLabelRecord(this.device, labels, store, this.#table);
  }

  /** Figures of the canvas as of now; arrives when the GPU has counted them. */
  async measure(): Promise<Statistics> {
    this.refreshLabels();
    const { tally, cells, labels } = this.#machine;
    const [layout, step, live, given] = [this.#layout, this.#step, this.liveCells, this.#labels.slice()];
    return summarize(layout, await tally.count(layout, cells, labels.texture), given, step, live);
  }

  /** Brings the labels' texture up to date; call before drawing. */
  refreshLabels(): void {
    this.#applyEdits();
    if (this.#labelledVersion === this.#version) return;
    this.#machine.refreshLabels(this.#table.end);
    this.#labelledVersion = this.#version;
  }

  /** Frees all that the GPU holds for it. */
  dispose(): void {
    this.#machine.dispose();
  }

  #checkLabel(label: number): void {
    const { classes, name } = this.model.specification;
    if (Number.isInteger(label) && label >= 0 && label < classes.length) return;
    throw new SimulationError(`${label} is no class of the model "${name}", which has 0 to ${classes.length - 1}.`);
  }

  #inkCell(cell: number, ink: number): void {
    if (this.#table.ink[cell] === ink) return;
    this.#table.setInk(cell, ink);
    const { columns, tile } = this.#layout;
    const column = Math.floor((cell % this.width) / tile);
    this.#labels[Math.floor(cell / this.width / tile) * columns + column] = UNKNOWN_LABEL;
  }

  #applyEdits(): void {
    this.#machine.applyEdits(this.#table);
  }

  #createMachine(model: Model, layout: CanvasLayout, strategy: string): Promise<Machine> {
    const { width, height } = canvasSize(layout);
    return Machine.create(this.device, model, width, height, strategy);
  }

  /** Replaces the GPU side, and the slots, which depend on the model's life rule; ink is kept if the layout is. */
  async #rebuild(model: Model, layout: CanvasLayout, strategy: string): Promise<void> {
    const machine = await this.#createMachine(model, layout, strategy);
    this.#machine.dispose();
    this.#machine = machine;
    const { width, height } = canvasSize(layout);
    const table = new SlotTable(width, height, model.specification.life, this.#seed);
    if (layout === this.#layout) {
      const { ink } = this.#table;
      for (let cell = 0; cell < ink.length; cell += 1) table.setInk(cell, ink[cell]);
    } else {
      this.#labels = new Int16Array(layout.columns * layout.rows).fill(UNKNOWN_LABEL);
    }
    this.#table = table;
    this.#layout = layout;
    this.#version += 1;
    this.#applyEdits();
  }
}

class TextureView implements SimulationTextures {
  readonly #machine: () => Machine;

  constructor(machine: () => Machine) {
    this.#machine = machine;
  }

  get generation(): number {
    return this.#machine().store.allocation;
  }

  get cells(): WebGLTexture {
    return this.#machine().cells.handle;
  }

  get labels(): WebGLTexture {
    return this.#machine().labels.texture.handle;
  }

  state(group: number): WebGLTexture {
    return this.#machine().store.now.textures[group].handle;
  }

  get slotWidth(): number {
    return this.#machine().store.width;
  }

  get slotHeight(): number {
    return this.#machine().store.rows;
  }
}
