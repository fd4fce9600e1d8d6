/** The tiles that files may fill. Reading files takes a while, and anything painted meanwhile is kept. */
import type { Playground } from '../../../session/playground.ts';

export class FreeTiles {
  readonly #playground: Playground;
  readonly #before: { readonly ink: Uint8Array; readonly layout: string };
  #isPainted = false;

  /** Tracks what is painted from now on until newer files arrive. */
  constructor(playground: Playground, signal: AbortSignal) {
    this.#playground = playground;
    const { simulation, editor } = playground;
    this.#before = { ink: simulation.canvas.readInk().slice(), layout: JSON.stringify(simulation.layout) };
    signal.addEventListener(
      'abort',
      editor.events.on('touched', () => (this.#isPainted = true)),
    );
  }

  /**
   * Returns the indices of the tiles in which nothing was painted since, in reading order. If the canvas was replaced,
   * all tiles.
   */
  list(): number[] {
    const { layout } = this.#playground.simulation;
    const { columns, rows } = layout;
    const all = Array.from({ length: columns * rows }, (_, tile) => tile);
    if (!this.#isPainted || JSON.stringify(layout) !== this.#before.layout) return all;
    const changed = new Set<number>();
    this.#playground.simulation.canvas.readInk().forEach((value, cell) => {
      if (value === this.#before.ink[cell]) return;
      const [x, y] = [cell % (columns * layout.tile), Math.floor(cell / (columns * layout.tile))];
      changed.add(Math.floor(y / layout.tile) * columns + Math.floor(x / layout.tile));
    });
    return all.filter((tile) => !changed.has(tile));
  }
}
