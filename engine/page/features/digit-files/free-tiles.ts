/** Tiles that files may fill: reading them takes a while, and what is painted meanwhile stays. */
import type { Playground } from '../../../session/playground.ts';

export class FreeTiles {
  readonly #playground: Playground;
  readonly #before: { readonly ink: Uint8Array; readonly layout: string };
  #isPainted = false;

  /** From now on it is watched what is painted, until newer files come. */
  constructor(playground: Playground, signal: AbortSignal) {
    this.#playground = playground;
    const { simulation, editor } = playground;
    this.#before = { ink: simulation.canvas.readInk().slice(), layout: JSON.stringify(simulation.layout) };
    signal.addEventListener(
      'abort',
      editor.events.on('touched', () => (this.#isPainted = true)),
    );
  }

  /** The numbers of the tiles in which nothing was painted since, in reading order; all of another canvas. */
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
