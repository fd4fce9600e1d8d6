/** The textures of a simulation, for whoever draws the canvas; all are sampled NEAREST. */
import type { Run } from './run.ts';

export class SimulationTextures {
  readonly #run: Run;
  #labelledVersion = -1;

  constructor(run: Run) {
    this.#run = run;
  }

  /** RGBA8, a texel a cell, row 0 on top: rgb the slot (24 bits, low byte in red; 0: none), alpha the ink. */
  get cells(): WebGLTexture {
    return this.#run.machine.cells.texture.handle;
  }

  /** RGBA8, a texel a slot: red the label + 1 (0: undecided), green its confidence, blue the label + 1 a step earlier. */
  get labels(): WebGLTexture {
    return this.#run.machine.labels.texture.handle;
  }

  /** One of the state's textures; four channels each, a texel a slot. A different one after every step. */
  state(group: number): WebGLTexture {
    return this.#run.machine.store.now.textures[group].handle;
  }

  /** Base-2 logarithm of the slots in a row: slot s is texel (s % 2^slotShift, s >> slotShift). */
  get slotShift(): number {
    return this.#run.slotShift;
  }

  /** Brings {@link labels} up to date; call before drawing. */
  refreshLabels(): void {
    const run = this.#run;
    run.applyEdits();
    if (this.#labelledVersion === run.version) return;
    run.machine.refreshLabels(run.table.end);
    this.#labelledVersion = run.version;
  }

  /**
   * Draws a strip of four vertices for each tile that has ink or live cells, with the current program into the current
   * target; attribute 0 is the tile's index, in reading order. What lies in no such tile is blank.
   */
  drawOccupiedTiles(): void {
    this.#run.machine.cells.drawOccupiedTiles();
  }
}
