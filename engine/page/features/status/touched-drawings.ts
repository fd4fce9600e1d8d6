/** The drawings in tiles that are touched, and how their cells classify them. */
import type { Statistics } from '../../../automaton/types.ts';
import type { Point } from '../../../view/camera.ts';
import type { Playground } from '../../../session/playground.ts';
import { joinedTiles } from './joined-tiles.ts';
import { UndecidedTiles } from './undecided-tiles.ts';

/**
 * If cells are still undecided after this many steps, they will remain so. Every digit that a model knows is classified
 * by then.
 */
const SETTLED_STEPS = 60;

export interface TouchedDrawing {
  /** The touched tile, counted from 0. */
  readonly column: number;
  readonly row: number;
  /** What the cells of all tiles with the drawing say together. Null if the touched tile has no ink. */
  readonly opinion: Opinion | null;
  /**
   * Whether most of its cells are undecided although they had time to decide. It then belongs to none of the model's
   * classes.
   */
  readonly isUnknown: boolean;
}

interface Opinion {
  /** The majority's class, or null while most of the cells are undecided. */
  readonly vote: number | null;
  /** The share of the cells that are of the majority's opinion. */
  readonly agreement: number;
}

export class TouchedDrawings {
  readonly #playground: Playground;
  readonly #undecided = new UndecidedTiles();

  constructor(playground: Playground) {
    this.#playground = playground;
    playground.events.on('measured', (statistics) => this.#undecided.note(statistics, playground.simulation.layout));
    playground.events.on('model', () => this.#undecided.forget());
    playground.events.on('layout', () => this.#undecided.forget());
  }

  /** Returns what the latest statistics say about the drawing at a point of the canvas, in cells. */
  read({ step, digits }: Statistics, { x, y }: Point): TouchedDrawing {
    const { layout } = this.#playground.simulation;
    const column = Math.floor(x / layout.tile);
    const row = Math.floor(y / layout.tile);
    const touched = { column, row };
    if (!digits.some((digit) => digit.column === column && digit.row === row)) {
      return { ...touched, opinion: null, isUnknown: false };
    }
    const tiles = this.#tilesOfDrawing(row * layout.columns + column);
    const opinion = opinionOf(digits.filter((digit) => tiles.has(digit.row * layout.columns + digit.column)));
    const since = this.#undecided.since(tiles);
    const isUnknown = opinion.vote === null && since !== null && step - since >= SETTLED_STEPS;
    return { ...touched, opinion, isUnknown };
  }

  #tilesOfDrawing(tile: number): ReadonlySet<number> {
    const { layout, canvas, model } = this.#playground.simulation;
    const threshold = 255 * model.specification.classification.inkThreshold;
    return joinedTiles(layout, tile, (x, y) => canvas.inkOf(y * canvas.width + x) > threshold);
  }
}

function opinionOf(digits: Statistics['digits']): Opinion {
  const votes: number[] = [];
  let [inkCells, undecided] = [0, 0];
  for (const digit of digits) {
    inkCells += digit.inkCells;
    undecided += digit.undecided * digit.inkCells;
    digit.votes.forEach((count, label) => (votes[label] = (votes[label] ?? 0) + count));
  }
  const most = Math.max(0, ...votes);
  const isDecided = most > 0 && 2 * undecided <= inkCells;
  return { vote: isDecided ? votes.indexOf(most) : null, agreement: most / inkCells };
}
