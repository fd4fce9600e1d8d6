/** The commands that both kinds of embedding share. */
import { checkDigits, checkPoints, checkSeed } from '../session/arguments.ts';
import type { Editor } from '../session/editor.ts';
import type { Simulation } from '../automaton/simulation.ts';
import type {
  BrushOptions,
  CanvasLayout,
  LabelRecord,
  StateRecord,
  Statistics,
  StrokePoint,
} from '../automaton/types.ts';

/** A description of a canvas of digits. */
export interface CanvasInfo extends CanvasLayout {
  /** The name of the model. */
  readonly model: string;
  /** The names of the model's classes, such as "7". */
  readonly classes: readonly string[];
  /** The width in cells. */
  readonly width: number;
  /** The height in cells. */
  readonly height: number;
  readonly liveCells: number;
  /** Steps since the last reset. */
  readonly step: number;
  readonly seed: number;
  /** The GPU's name, as far as the browser reveals it. */
  readonly renderer: string;
  /** The name of the way the step is computed. */
  readonly strategy: string;
  /** GPU memory used by textures, in bytes; 0 after `dispose`. */
  readonly textureBytes: number;
}

/**
 * Commands to a canvas of digits. Positions are in cells from the top left corner, x to the right and y down. Cell (0,
 * 0) covers 0…1 in both directions.
 */
export abstract class DigitCommands {
  /** @internal */
  protected abstract readonly simulation: Simulation;
  /** @internal */
  protected abstract readonly editor: Editor;

  /** A description of the canvas. Reading it costs nothing. */
  get info(): CanvasInfo {
    const { simulation } = this;
    return {
      ...simulation.layout,
      model: simulation.model.specification.name,
      classes: simulation.model.specification.classes.map(({ name }) => name),
      width: simulation.canvas.width,
      height: simulation.canvas.height,
      liveCells: simulation.canvas.liveCells,
      step: simulation.time.step,
      seed: simulation.seed,
      renderer: simulation.device.renderer,
      strategy: simulation.strategy.name,
      textureBytes: simulation.device.textureBytes,
    };
  }

  /**
   * Puts images into the tiles in reading order, each centred, and clears the state of those cells. Resolves when all
   * are there.
   * @param images n · 784 bytes: 28 × 28 cells each, rows from the top, 0 for paper and 255 for ink
   * @param labels the images' classes, as indices of the model's classes; unknown if omitted
   * @throws TypeError, RangeError or SimulationError that says what is wrong; in that case, the canvas is not changed
   */
  async setDigits(images: Uint8Array, labels?: ArrayLike<number>): Promise<void> {
    const checked = checkDigits(images, labels);
    await this.editor.setDigits(checked.images, checked.labels);
  }

  /**
   * Puts a new handwritten digit into every tile, chosen from the classes that are digits. Resolves when all are there.
   */
  async fill(): Promise<void> {
    await this.editor.fillWithDigits();
  }

  /** Puts a new handwritten digit on the tile at a position. Cells that keep ink keep their state. */
  stamp(position: { readonly x: number; readonly y: number }, label: number): void {
    this.editor.stamp(position, label);
  }

  /**
   * Draws or erases one stroke.
   * @param points the points of the stroke, with the pen's pressure if known
   * @throws TypeError or RangeError that names the first invalid point
   */
  paint(points: readonly StrokePoint[], { radius, erase = false }: BrushOptions): void {
    this.editor.paintStroke(checkPoints(points), { radius, erase });
  }

  /**
   * Clears the state under a stroke. The ink stays, and the cells recover.
   * @param points the points of the stroke
   * @param radius the radius of the brush, in cells
   * @throws TypeError or RangeError that names the first invalid point
   */
  damage(points: readonly StrokePoint[], radius: number): void {
    this.editor.damageStroke(checkPoints(points), radius);
  }

  /** Removes all ink. Resolves when it is gone. */
  async clear(): Promise<void> {
    await this.editor.clear();
  }

  /** Undoes the last change of ink or state. */
  undo(): void {
    this.editor.changes.undo();
  }

  /** Redoes the change that was undone last. */
  redo(): void {
    this.editor.changes.redo();
  }

  /**
   * Clears all state and restarts the step counter and the random numbers. The ink stays.
   * @param seed an unsigned 32-bit integer; the current seed if omitted
   */
  reset(seed = this.simulation.seed): void {
    this.editor.changes.assertLive();
    this.simulation.reset(checkSeed(seed));
  }

  /** Measures what the cells say: each digit's vote, agreement and confidence, and figures of the whole canvas. */
  measure(): Promise<Statistics> {
    this.editor.changes.assertLive();
    return this.simulation.measurement.measure();
  }

  /** Reads the whole state, indexed [y][x][channel]. */
  readState(): Promise<StateRecord> {
    this.editor.changes.assertLive();
    return this.simulation.measurement.readState();
  }

  /**
   * Reads the label of every cell: the index of a class, −1 for cells without ink, or −2 for cells that have not
   * decided.
   */
  readLabels(): Promise<LabelRecord> {
    this.editor.changes.assertLive();
    return this.simulation.measurement.readLabels();
  }
}
