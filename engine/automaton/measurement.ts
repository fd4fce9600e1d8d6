/** Values that are read back from the GPU for a running canvas: statistics of its digits, labels and states. */
import type { CanvasEdits } from './canvas-edits.ts';
import { readLabelRecord, readStateRecord } from './records.ts';
import type { Run } from './run.ts';
import type { SimulationTextures } from './simulation-textures.ts';
import { summarize } from './statistics.ts';
import type { TileTally } from './tally-pass.ts';
import type { Timeline } from './timeline.ts';
import type { LabelRecord, StateRecord, Statistics } from './types.ts';

export class Measurement {
  /** Whether {@link measure} clears digits whose state has run away. */
  clearsRunaways = true;
  readonly #run: Run;
  readonly #timeline: Timeline;
  readonly #edits: CanvasEdits;
  readonly #textures: SimulationTextures;
  #runaways = 0;

  constructor(run: Run, timeline: Timeline, edits: CanvasEdits, textures: SimulationTextures) {
    this.#run = run;
    this.#timeline = timeline;
    this.#edits = edits;
    this.#textures = textures;
  }

  /** The number of digits that have been cleared because their state had run away. */
  get runaways(): number {
    return this.#runaways;
  }

  /**
   * Returns statistics of the canvas as it is now, as soon as the GPU has computed them. A digit whose state has run
   * away, to NaN or to values far beyond those of any sound state, is cleared and starts again.
   */
  async measure(): Promise<Statistics> {
    this.#textures.refreshLabels();
    const { step, canvas, machine } = this.#run;
    const { tally, cells, labels } = machine;
    const { layout, liveCells } = canvas;
    const given = canvas.readTileLabels();
    const tallies = await tally.count(cells, labels.texture);
    if (canvas === this.#run.canvas && this.clearsRunaways) this.#clearRunaways(tallies);
    return summarize(layout, tallies, given, step, liveCells);
  }

  /** The whole state, indexed [y][x][channel]. */
  async readState(): Promise<StateRecord> {
    this.#run.applyEdits();
    const { device, model, store } = this.#run.machine;
    return readStateRecord(device, model, store, this.#run.table);
  }

  /** The label of every cell. */
  async readLabels(): Promise<LabelRecord> {
    this.#textures.refreshLabels();
    const { device, labels, store } = this.#run.machine;
    return readLabelRecord(device, labels, store, this.#run.table);
  }

  #clearRunaways(tallies: readonly TileTally[]): void {
    // When viewing the past, the canvas is shown as it was.
    if (this.#run.step !== this.#timeline.latest) return;
    const { columns } = this.#run.canvas.layout;
    tallies.forEach(({ hasRunAway }, tile) => {
      if (!hasRunAway) return;
      this.#edits.apply({ kind: 'wipe', column: tile % columns, row: Math.floor(tile / columns) });
      this.#runaways += 1;
    });
  }
}
