/** The textures of a simulation, for code that draws the canvas. All of them are sampled with NEAREST. */
import type { Texture } from '../gpu/gl-objects.ts';
import type { Run } from './run.ts';

export class SimulationTextures {
  readonly #run: Run;
  #labelledVersion = -1;

  constructor(run: Run) {
    this.#run = run;
  }

  /**
   * RGBA8, one texel per cell, row 0 at the top: rgb is the slot (24 bits, low byte in red; 0 for none), alpha is the
   * ink.
   */
  get cells(): WebGLTexture {
    return this.#run.machine.cells.texture.handle;
  }

  /**
   * RGBA8, one texel per slot: red is the label + 1 (0 if undecided), green is its confidence, blue is the label + 1 of
   * the previous step.
   */
  get labels(): WebGLTexture {
    return this.#run.machine.labels.texture.handle;
  }

  /**
   * One of the state's textures, with four channels each and one texel per slot. It is a different texture after every
   * step.
   */
  state(group: number): WebGLTexture {
    return this.#run.machine.store.now.textures[group].handle;
  }

  /**
   * RGBA8, one texel per tile: a rectangle that holds the tile's ink and live cells. Its bytes are the left column, the
   * top row, the last column and the last row, in cells of the tile; the last column of a blank tile is before its left
   * one. It changes with {@link cells}. Call this before binding textures.
   */
  tileBounds(): Texture {
    return this.#run.machine.cells.tileBounds();
  }

  /** Increases whenever {@link drawOccupiedTiles} no longer covers cells that it covered before. */
  get blankVersion(): number {
    return this.#run.machine.cells.blankVersion;
  }

  /** Base-2 logarithm of the number of slots in a row: slot s is texel (s % 2^slotShift, s >> slotShift). */
  get slotShift(): number {
    return this.#run.slotShift;
  }

  /** Brings {@link labels} up to date. Call this before drawing. */
  refreshLabels(): void {
    const run = this.#run;
    run.applyEdits();
    if (this.#labelledVersion === run.version) return;
    run.machine.refreshLabels(run.table.end);
    this.#labelledVersion = run.version;
  }

  /**
   * Draws a strip of four vertices for each tile that has ink or live cells, with the current program into the current
   * target. Attribute 0 holds the edges of a rectangle that contains them: left, top, right, bottom, in cells of the
   * canvas. Everything outside these rectangles is blank.
   */
  drawOccupiedTiles(): void {
    this.#run.machine.cells.drawOccupiedTiles();
  }
}
