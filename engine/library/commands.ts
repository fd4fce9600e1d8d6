/** What both kinds of embedding can do to their digits. */
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

/** What a canvas of digits is, whoever draws it. */
export interface CanvasInfo extends CanvasLayout {
  /** The name of the model. */
  readonly model: string;
  /** What its classes are called, such as "7". */
  readonly classes: readonly string[];
  /** In cells. */
  readonly width: number;
  /** In cells. */
  readonly height: number;
  readonly liveCells: number;
  /** Steps since the last reset. */
  readonly step: number;
  readonly seed: number;
  /** The GPU's name, as far as the browser tells. */
  readonly renderer: string;
  /** The way the step is computed. */
  readonly strategy: string;
  /** GPU memory held in textures; 0 after dispose. */
  readonly textureBytes: number;
}

/**
 * Commands to a canvas of digits. Positions are in cells from its top left
 * corner, x to the right, y down; cell (0, 0) covers 0…1.
 */
export abstract class DigitCommands {
  /** @internal */
  protected abstract readonly simulation: Simulation;
  /** @internal */
  protected abstract readonly editor: Editor;

  /** Figures of the canvas that cost nothing to ask for. */
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
   * Puts images into the tiles in reading order, each centred, their state cleared; settled when all are there.
   * @param images n · 784 bytes: 28 × 28 cells each, rows from the top, 0 paper, 255 ink
   * @param labels what they are, as indices of the model's classes; unknown if left out
   * @throws TypeError, RangeError or SimulationError that says what is wrong; the canvas then stays as it was
   */
  async setDigits(images: Uint8Array, labels?: ArrayLike<number>): Promise<void> {
    const checked = checkDigits(images, labels);
    await this.editor.setDigits(checked.images, checked.labels);
  }

  /** A fresh handwritten digit for every tile, of the classes that are digits; settled when all are there. */
  async fill(): Promise<void> {
    await this.editor.fillWithDigits();
  }

  /** Drops a fresh handwritten digit on the tile at a position; cells that keep ink keep their state. */
  stamp(position: { readonly x: number; readonly y: number }, label: number): void {
    this.editor.stamp(position, label);
  }

  /**
   * Draws, or erases, one stroke.
   * @param points its way, with the pen's pressure if known
   * @throws TypeError or RangeError that names the first point that is none
   */
  paint(points: readonly StrokePoint[], { radius, erase = false }: BrushOptions): void {
    this.editor.paintStroke(checkPoints(points), { radius, erase });
  }

  /**
   * Wipes the state under a stroke; the ink stays, and the cells heal.
   * @param points its way
   * @param radius of the brush, in cells
   * @throws TypeError or RangeError that names the first point that is none
   */
  damage(points: readonly StrokePoint[], radius: number): void {
    this.editor.damageStroke(checkPoints(points), radius);
  }

  /** Takes all ink away; settled when it is gone. */
  async clear(): Promise<void> {
    await this.editor.clear();
  }

  /** Takes back the last change of ink or state. */
  undo(): void {
    this.editor.undo();
  }

  /** Makes the change again that was taken back last. */
  redo(): void {
    this.editor.redo();
  }

  /**
   * Clears all state, keeps the ink, restarts the step counter and the random numbers.
   * @param seed a whole number of 32 bits; the present one if left out
   */
  reset(seed = this.simulation.seed): void {
    this.editor.assertLive();
    this.simulation.reset(checkSeed(seed));
  }

  /** What the cells say: each digit's vote, agreement and confidence, and figures of the whole canvas. */
  measure(): Promise<Statistics> {
    this.editor.assertLive();
    return this.simulation.measurement.measure();
  }

  /** The whole state, [y][x][channel]. */
  readState(): Promise<StateRecord> {
    this.editor.assertLive();
    return this.simulation.measurement.readState();
  }

  /** The label of every cell: a class's index, −1 where there is no ink, −2 where the cell has not decided. */
  readLabels(): Promise<LabelRecord> {
    this.editor.assertLive();
    return this.simulation.measurement.readLabels();
  }
}
