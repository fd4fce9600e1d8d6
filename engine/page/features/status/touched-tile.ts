/** The tile that was touched last, and how its cells classify the ink in it. */
import type { DigitStatistics, Statistics } from '../../../automaton/types.ts';
import type { Point } from '../../../view/camera.ts';
import type { Playground } from '../../../session/playground.ts';

/**
 * If cells are still undecided after this many steps, they will remain so. Every digit that a model knows is classified
 * by then.
 */
const SETTLED_STEPS = 60;

export interface TouchedDigit {
  /** Counted from 0. */
  readonly column: number;
  readonly row: number;
  /** Null if there is no ink. */
  readonly digit: DigitStatistics | null;
  /**
   * Whether most of its cells are undecided although they had time to decide. It then belongs to none of the model's
   * classes.
   */
  readonly isUnknown: boolean;
}

export class TouchedTile {
  readonly #playground: Playground;
  #point: Point | null = null;
  #step = 0;

  constructor(playground: Playground) {
    this.#playground = playground;
    playground.editor.events.on('touched', (point) => {
      this.#point = point;
      this.#step = playground.simulation.time.step;
    });
  }

  /** Returns what the statistics say about the tile, or null before the first touch. */
  read({ step, digits }: Statistics): TouchedDigit | null {
    if (!this.#point) return null;
    // The step count starts again with a reset, and decreases when the user goes back in time.
    this.#step = Math.min(this.#step, step);
    const { tile } = this.#playground.simulation.layout;
    const column = Math.floor(this.#point.x / tile);
    const row = Math.floor(this.#point.y / tile);
    const digit = digits.find((candidate) => candidate.column === column && candidate.row === row) ?? null;
    const isUnknown = digit !== null && digit.vote === null && step - this.#step >= SETTLED_STEPS;
    return { column, row, digit, isUnknown };
  }
}
