/** Reads what guests draw and what the show writes, as soon as the cells have had time, and tells the answer. */
import type { Statistics } from '../../../automaton/types.ts';
import type { StrokePiece } from '../../../session/editor-events.ts';
import type { Playground } from '../../../session/playground.ts';
import { type Drawing, Drawings } from './drawings.ts';
import type { Tile } from './show-stage.ts';
import { type Answer, opinionOf, Verdict } from './verdict.ts';

/** Between two strokes of a digit the hand is in the air for less. */
const PAUSE_MILLISECONDS = 600;

export interface ReaderOptions {
  readonly playground: Playground;
  /** Tiles in which nothing but a guest's ink lies, as numbers in reading order. */
  readonly cleared: () => ReadonlySet<number>;
  /**
   * There is another answer; null while there is none yet.
   * @param row the cell row in whose height the ink lies
   */
  readonly answered: (answer: Answer | null, row: number) => void;
  /** The cells agree on what a guest has drawn: told once of each drawing. */
  readonly named: () => void;
}

interface Question {
  /** What a guest drew, if it is about that. */
  readonly drawing: Drawing | null;
  readonly tiles: ReadonlySet<number>;
  readonly row: number;
  readonly verdict: Verdict;
}

export class Reader {
  readonly #options: ReaderOptions;
  readonly #drawings = new Drawings();
  #question: Question | null = null;
  #strokeMilliseconds = -Infinity;

  constructor(options: ReaderOptions) {
    this.#options = options;
    options.playground.events.on('measured', (statistics) => this.#read(statistics));
  }

  /** A guest has drawn, erased or disturbed something; returns how large the drawing there is, in cells. */
  stroke({ points, draws }: StrokePiece): number {
    const { playground } = this.#options;
    const { layout } = playground.simulation;
    const last = points[points.length - 1];
    if (!last) return 0;
    this.#strokeMilliseconds = playground.clock.now();
    const drawing = draws ? this.#drawings.add(points, layout) : this.#drawings.at(last);
    const tile = { column: Math.floor(last.x / layout.tile), row: Math.floor(last.y / layout.tile) };
    if (drawing) this.#ask(this.#own(drawing), (drawing.top + drawing.bottom) / 2, drawing);
    else this.ask(tile);
    return drawing?.size ?? 0;
  }

  /** What lies in this tile is read; null: nothing is any more. */
  ask(tile: Tile | null): void {
    const { columns, tile: pitch } = this.#options.playground.simulation.layout;
    if (tile) this.#ask(new Set([tile.row * columns + tile.column]), (tile.row + 0.5) * pitch);
    else if (this.#question) this.#drop();
  }

  /** Everything that guests have drawn is gone. */
  forget(): void {
    this.#drawings.forget();
    this.#drop();
  }

  #ask(tiles: ReadonlySet<number>, row: number, drawing: Drawing | null = null): void {
    this.#question = { drawing, tiles, row, verdict: new Verdict(this.#options.playground.simulation.time.step) };
    this.#options.answered(null, row);
  }

  #drop(): void {
    this.#question = null;
    this.#options.answered(null, 0);
  }

  /**
   * On tiles that were cleared there is no other ink, so all that the drawing may reach is its own; of a drawing that lies
   * elsewhere, the tiles beside it hold other digits.
   */
  #own({ tiles, reach }: Drawing): ReadonlySet<number> {
    const cleared = this.#options.cleared();
    const own = new Set([...reach].filter((tile) => cleared.has(tile)));
    return own.size > 0 ? own : tiles;
  }

  #read(statistics: Statistics): void {
    const question = this.#question;
    const { clock, simulation } = this.#options.playground;
    if (!question || clock.now() - this.#strokeMilliseconds < PAUSE_MILLISECONDS) return;
    const opinion = opinionOf(statistics, simulation.layout, question.tiles);
    const answer = question.verdict.read(opinion, statistics.step);
    if (!answer) return;
    const { drawing, row } = question;
    if (answer.kind === 'agree' && drawing && !drawing.isNamed) {
      drawing.isNamed = true;
      this.#options.named();
    }
    this.#options.answered(answer, row);
  }
}
