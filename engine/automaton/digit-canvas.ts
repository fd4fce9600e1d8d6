/**
 * The content of a canvas: the ink, which cells live in which slots, and the class that was assigned to each tile. All
 * of it is on the CPU and independent of the state and the GPU.
 */
import type { ModelSpecification } from '../common/model/specification.ts';
import { hash2, unitFromHash } from '../common/random/hash.ts';
import { inkAfterBrush, visitStroke } from './brush.ts';
import type { CanvasOperation, StampOptions } from './canvas-operation.ts';
import { type Edit, EditRecorder, type StateKeeper } from './edit-recorder.ts';
import { canvasSize, DIGIT_SIZE, visitTile } from './layout.ts';
import { type SlotAssignment, SlotTable } from './slot-table.ts';
import type { ArchivedStates } from './state-archive.ts';
import {
  SimulationError,
  type BrushOptions,
  type CanvasLayout,
  type CellRectangle,
  type StrokePoint,
} from './types.ts';

/** The value in {@link DigitCanvas.labels} for a tile whose class is unknown. */
export const UNKNOWN_LABEL = -1;

/** The share of the cells under a stroke that a "kill" stroke kills. */
const KILLED_SHARE = 0.5;

/** The read-only part of a canvas. Changes to a running canvas are made through `CanvasEdits`. */
export type CanvasContent = Pick<
  DigitCanvas,
  | 'width'
  | 'height'
  | 'liveCells'
  | 'inkCells'
  | 'inkOf'
  | 'slotOf'
  | 'labelOf'
  | 'readInk'
  | 'readTileLabels'
  | 'checkDigits'
>;

export class DigitCanvas {
  readonly layout: CanvasLayout;
  readonly table: SlotTable;
  /** The class assigned to each tile, −1 where it is unknown. */
  readonly labels: Int16Array;
  #specification: ModelSpecification;
  #recorder: EditRecorder<ArchivedStates> | null = null;
  /** Used by the recorder; all zero between two edits. */
  #isTouched: Uint8Array | null = null;

  /** @param seed determines the order of the slots */
  constructor(layout: CanvasLayout, specification: ModelSpecification, seed: number) {
    const { width, height } = canvasSize(layout);
    this.layout = layout;
    this.#specification = specification;
    this.table = new SlotTable(width, height, specification.life, seed);
    this.labels = new Int16Array(layout.columns * layout.rows).fill(UNKNOWN_LABEL);
  }

  /** In cells. */
  get width(): number {
    return this.table.width;
  }

  /** In cells. */
  get height(): number {
    return this.table.height;
  }

  get liveCells(): number {
    return this.table.liveCells;
  }

  /** The number of cells with more ink than the threshold. */
  get inkCells(): number {
    return this.table.inkCells;
  }

  /** The ink byte of one cell. */
  inkOf(cell: number): number {
    return this.table.ink[cell];
  }

  /** The slot that holds a cell's state, or 0. The cell's random numbers depend on it. */
  slotOf(cell: number): number {
    return this.table.slotOfCell[cell];
  }

  /** The class assigned to a tile, or null. */
  labelOf(column: number, row: number): number | null {
    const label = this.labels[row * this.layout.columns + column];
    return label === UNKNOWN_LABEL ? null : label;
  }

  /** Returns a copy of the ink, one byte per cell, row by row. */
  readInk(): Uint8Array {
    return this.table.ink.slice();
  }

  /** Returns a copy of the tiles' classes in reading order, −1 where a class is unknown. */
  readTileLabels(): Int16Array {
    return this.labels.slice();
  }

  /** Goes on with the classes of another model, by name. A tile of a class that it lacks is unknown. */
  adopt(specification: ModelSpecification): void {
    const before = this.#specification.classes;
    this.labels.forEach((label, tile) => {
      this.labels[tile] = specification.classes.findIndex(({ name }) => name === before[label]?.name);
    });
    this.#specification = specification;
  }

  /**
   * Copies the ink and the labels of a canvas of the same layout, which may have another life rule and other classes.
   * Labels are those of the classes of the same names; where there is none, the class is unknown.
   */
  copyInk(from: DigitCanvas): void {
    const { ink } = from.table;
    for (let cell = 0; cell < ink.length; cell += 1) this.table.setInk(cell, ink[cell]);
    const names = this.#specification.classes.map(({ name }) => name);
    const classOf = from.#specification.classes.map(({ name }) => names.indexOf(name));
    from.labels.forEach((label, tile) => (this.labels[tile] = label < 0 ? UNKNOWN_LABEL : classOf[label]));
  }

  /**
   * Returns the number of digits in `images`.
   *
   * @throws SimulationError if the images are incomplete, too many for the tiles, or labelled wrongly
   */
  checkDigits(images: Uint8Array, labels?: ArrayLike<number>, side = DIGIT_SIZE): number {
    const bytes = side * side;
    const count = images.length / bytes;
    const tiles = this.layout.columns * this.layout.rows;
    if (!Number.isInteger(count)) {
      throw new SimulationError(
        `Images are ${bytes} bytes each; ${images.length} bytes are not a whole number of images.`,
      );
    }
    if (side > this.layout.tile && count > 0) {
      throw new SimulationError(`Images of ${side} cells do not fit into tiles of ${this.layout.tile}.`);
    }
    if (count > tiles) throw new SimulationError(`There are ${count} images for ${tiles} tiles.`);
    if (labels && labels.length !== count) {
      throw new SimulationError(`There are ${labels.length} labels for ${count} images.`);
    }
    for (let index = 0; index < count; index += 1) if (labels) this.#checkLabel(labels[index]);
    return count;
  }

  /** @throws SimulationError if there is no such tile or class; nothing is changed in that case */
  apply(operation: CanvasOperation): void {
    switch (operation.kind) {
      case 'tile':
        this.setTile(operation.column, operation.row, operation.image, operation.label, operation.keepState);
        break;
      case 'stamp':
        this.stamp(operation.ink, operation.rectangle, operation.options);
        break;
      case 'paint':
        this.paint(operation.points, operation.brush);
        break;
      case 'damage':
        this.damage(operation.points, operation.radius);
        break;
      case 'kill':
        this.kill(operation.points, operation.radius, operation.seed);
        break;
      case 'label':
        this.setLabel(operation.column, operation.row, operation.label);
        break;
      case 'clear':
        this.clear();
        break;
      case 'wipe':
        this.wipeTile(operation.column, operation.row);
        break;
      default:
        // The compiler complains about an operation that nothing does.
        operation satisfies never;
    }
  }

  /**
   * Puts an image into one tile.
   *
   * @param image 784 ink bytes
   * @param label its class, or null if it is unknown
   * @param keepState whether cells that already had ink keep their state, as in a mutation
   */
  setTile(column: number, row: number, image: Uint8Array, label: number | null, keepState: boolean): void {
    const { columns, rows } = this.layout;
    if (column < 0 || row < 0 || column >= columns || row >= rows) {
      throw new SimulationError(`There is no tile (${column}, ${row}) on a canvas of ${columns} × ${rows} tiles.`);
    }
    if (label !== null) this.#checkLabel(label);
    visitTile(this.layout, column, row, image, (cell, ink) => {
      if (!keepState) this.table.wipe(cell);
      this.table.setInk(cell, ink);
    });
    this.labels[row * columns + column] = label ?? UNKNOWN_LABEL;
  }

  /**
   * Stamps ink onto a rectangle of cells, which may extend beyond the canvas.
   *
   * @param ink one byte per cell of the rectangle, row by row
   */
  stamp(ink: Uint8Array, { x, y, width, height }: CellRectangle, { combine, keepState }: StampOptions): void {
    for (let row = Math.max(0, -y); row < Math.min(height, this.table.height - y); row += 1) {
      for (let column = Math.max(0, -x); column < Math.min(width, this.table.width - x); column += 1) {
        const cell = (y + row) * this.table.width + x + column;
        const value = ink[row * width + column];
        if (!keepState) this.table.wipe(cell);
        this.#inkCell(cell, combine === 'max' ? Math.max(value, this.table.ink[cell]) : value);
      }
    }
  }

  /** Draws or erases one continuous piece of a stroke. */
  paint(points: readonly StrokePoint[], brush: BrushOptions): void {
    const table = this.table;
    visitStroke(points, brush.radius, table.width, table.height, (cell, share) => {
      this.#inkCell(cell, inkAfterBrush(table.ink[cell], share, brush));
    });
  }

  /** Clears the state of the cells under a stroke. Their ink stays, so they can heal. */
  damage(points: readonly StrokePoint[], radius: number): void {
    visitStroke(points, radius, this.table.width, this.table.height, (cell, share) => {
      if (share >= 0.5) this.table.wipe(cell);
    });
  }

  /**
   * Removes the ink of about half of the cells under a stroke, which kills them permanently. The others keep their ink.
   *
   * @param seed decides which half; use the same seed for all pieces of a stroke, so that holding the pointer still
   * kills no more cells
   */
  kill(points: readonly StrokePoint[], radius: number, seed: number): void {
    visitStroke(points, radius, this.table.width, this.table.height, (cell, share) => {
      if (share >= 0.5 && unitFromHash(hash2(seed, cell)) < KILLED_SHARE) this.#inkCell(cell, 0);
    });
  }

  /** Clears the state of a tile's cells, for example if it has run away. Their ink stays, so they can heal. */
  wipeTile(column: number, row: number): void {
    const { tile } = this.layout;
    for (let y = row * tile; y < (row + 1) * tile; y += 1) {
      for (let x = column * tile; x < (column + 1) * tile; x += 1) this.table.wipe(y * this.table.width + x);
    }
  }

  /** Removes all ink and state. */
  clear(): void {
    for (let cell = 0; cell < this.table.ink.length; cell += 1) this.table.setInk(cell, 0);
    this.labels.fill(UNKNOWN_LABEL);
  }

  /**
   * Loads saved ink, slots and classes, but not the states; see {@link SlotTable.takeAssignment}.
   *
   * @throws SimulationError if they do not fit this canvas, which may have changed in part
   */
  take({ labels, ...deal }: SlotAssignment & { readonly labels: Int16Array }): void {
    if (labels.length !== this.labels.length) {
      throw new SimulationError(`There are ${labels.length} labels for ${this.labels.length} tiles.`);
    }
    for (const label of labels) if (label !== UNKNOWN_LABEL) this.#checkLabel(label);
    try {
      this.table.takeAssignment(deal);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new SimulationError(`The saved canvas contradicts itself: ${error.message}`, { cause: error });
    }
    this.labels.set(labels);
  }

  /**
   * Records everything that follows as one edit, until {@link endEdit}.
   *
   * @param step the step that runs next
   * @param states where to keep the states of the cells that the edit touches
   */
  beginEdit(step: number, states: ArchivedStates): void {
    this.endEdit();
    this.#isTouched ??= new Uint8Array(this.table.ink.length);
    this.#recorder = new EditRecorder(this.#isTouched, step, this.labels, states);
    this.table.recorder = this.#recorder;
  }

  /** Copies the states of the touched cells. Call this before the changes reach the GPU. */
  keepStates(keeper: StateKeeper<ArchivedStates>): void {
    this.#recorder?.keepStates(keeper);
  }

  /** Returns what was recorded since {@link beginEdit}, or null if nothing was. Call {@link keepStates} first. */
  endEdit(): Edit<ArchivedStates> | null {
    const edit = this.#recorder?.finish() ?? null;
    this.#recorder = null;
    this.table.recorder = null;
    return edit;
  }

  /**
   * Restores the ink of all cells that an edit touched. Ink is added before any is removed, so that a cell that lives
   * both before and after does not die in between.
   */
  putBack({ cells, ink, places, labels }: Edit): void {
    const { table } = this;
    for (let index = 0; index < cells.length; index += 1) {
      table.touch(cells[index]);
      if (ink[index] > table.ink[cells[index]]) table.setInk(cells[index], ink[index]);
    }
    for (let index = 0; index < cells.length; index += 1) table.setInk(cells[index], ink[index]);
    // Cells that had no state before have none again. The states that were kept are restored later, on the GPU.
    for (let index = 0; index < cells.length; index += 1) if (places[index] === 0) table.wipe(cells[index]);
    this.labels.set(labels);
  }

  /** Assigns a class to a tile's digit, or null if it is unknown. */
  setLabel(column: number, row: number, label: number | null): void {
    if (label !== null) this.#checkLabel(label);
    this.labels[row * this.layout.columns + column] = label ?? UNKNOWN_LABEL;
  }

  #checkLabel(label: number): void {
    const { classes, name } = this.#specification;
    if (Number.isInteger(label) && label >= 0 && label < classes.length) return;
    throw new SimulationError(`${label} is not a class of the model "${name}", which has 0 to ${classes.length - 1}.`);
  }

  #inkCell(cell: number, ink: number): void {
    if (this.table.ink[cell] === ink) return;
    this.table.setInk(cell, ink);
    const { columns, tile } = this.layout;
    const column = Math.floor((cell % this.table.width) / tile);
    this.labels[Math.floor(cell / this.table.width / tile) * columns + column] = UNKNOWN_LABEL;
  }
}
