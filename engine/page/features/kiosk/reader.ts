/** Reads what guests draw and what the show writes, as soon as the cells have had time, and reports the answer. */
import type { Statistics } from '../../../automaton/types.ts';
import type { StrokePiece } from '../../../session/editor-events.ts';
import type { Playground } from '../../../session/playground.ts';
import { type Drawing, Drawings } from './drawings.ts';
import type { Tile } from './show-stage.ts';
import { type Answer, opinionOf, Verdict } from './verdict.ts';

/** The pause between two strokes of a digit is shorter than this. */
const PAUSE_MILLISECONDS = 600;

export interface ReaderOptions {
  readonly playground: Playground;
  /** Tiles that contain only a guest's ink, as numbers in reading order. */
  readonly cleared: () => ReadonlySet<number>;
  /**
   * Called when the answer changes; null while there is none yet.
   * @param row the cell row in whose height the ink lies
   */
  readonly answered: (answer: Answer | null, row: number) => void;
  /** Called once for each drawing, when the cells agree on what a guest has drawn. */
  readonly named: () => void;
}

interface Question {
  /** The guest's drawing, if this is about one. */
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

  /** Call when a guest has drawn, erased or disturbed something. Returns the size of the drawing there, in cells. */
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

  /** Starts reading the ink in this tile; null stops reading. */
  ask(tile: Tile | null): void {
    const { columns, tile: pitch } = this.#options.playground.simulation.layout;
    if (tile) this.#ask(new Set([tile.row * columns + tile.column]), (tile.row + 0.5) * pitch);
    else if (this.#question) this.#drop();
  }

  /** Forgets everything that guests have drawn. */
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
   * Tiles that were cleared contain no other ink, so everything within reach of the drawing belongs to it. If the
   * drawing is elsewhere, the neighbouring tiles contain other digits.
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
