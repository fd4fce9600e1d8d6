/** What the cells think of some ink, in the few categories that an exhibit has words for. */
import type { CanvasLayout, Statistics } from '../../../automaton/types.ts';

export interface Answer {
  /** The cells agree; they have two opinions; they do not recognise it; there is hardly any ink. */
  readonly kind: 'agree' | 'split' | 'unknown' | 'none';
  /** The classes that the cells name: one if they agree, two if they are split. */
  readonly labels: readonly number[];
}

/** The number of steps after which cells that do not agree yet usually never will. */
const SETTLED_STEPS = 60;

/** Less ink is a dot, which gets no answer. */
const LEAST_INK_CELLS = 20;

/** The share of the cells that have to agree before the answer is announced … */
const AGREEING_SHARE = 0.75;
/** … and the share after some steps, when cells that were about to change their mind have done so. */
const LATER_SHARE = 0.65;
const LATER_STEPS = 30;
/** The share of the cells that a second opinion needs to count. */
const OTHER_SHARE = 0.15;

/** What the cells of some tiles say together. */
export interface Opinion {
  readonly inkCells: number;
  readonly undecidedCells: number;
  /** Cells for each class. */
  readonly votes: readonly number[];
}

/** Tiles as numbers in reading order. */
export function opinionOf(
  { digits }: Statistics,
  { columns }: Pick<CanvasLayout, 'columns'>,
  tiles: ReadonlySet<number>,
): Opinion {
  const own = digits.filter(({ column, row }) => tiles.has(row * columns + column));
  const votes: number[] = [];
  for (const digit of own) digit.votes.forEach((count, label) => (votes[label] = (votes[label] ?? 0) + count));
  return {
    inkCells: own.reduce((sum, { inkCells }) => sum + inkCells, 0),
    undecidedCells: own.reduce((sum, { inkCells, undecided }) => sum + inkCells * undecided, 0),
    votes,
  };
}

/** Finds an answer over several readings: one that only lasts for a moment is not given. */
export class Verdict {
  #step: number;
  #last: Answer | null = null;

  /** @param step the step at which there was something new to read */
  constructor(step: number) {
    this.#step = step;
  }

  /**
   * Returns the answer if it is the same as in the previous reading, otherwise null. Call it with the figures of every
   * reading.
   */
  read(opinion: Opinion, step: number): Answer | null {
    // A reset restarts the count of steps.
    this.#step = Math.min(this.#step, step);
    const answer = answerOf(opinion, step - this.#step);
    const isSteady = answer !== null && this.#last !== null && isSame(answer, this.#last);
    this.#last = answer;
    return isSteady ? answer : null;
  }
}

function answerOf({ inkCells, undecidedCells, votes }: Opinion, steps: number): Answer | null {
  if (inkCells < LEAST_INK_CELLS) return { kind: 'none', labels: [] };
  const [first, second] = votes.map((count, label) => ({ count, label })).sort((one, two) => two.count - one.count);
  const agreeing = steps < LATER_STEPS ? AGREEING_SHARE : LATER_SHARE;
  if (first && first.count >= agreeing * inkCells) return { kind: 'agree', labels: [first.label] };
  if (steps < SETTLED_STEPS) return null;
  if (!first || first.count === 0 || 2 * undecidedCells > inkCells) return { kind: 'unknown', labels: [] };
  const isSplit = second !== undefined && second.count >= OTHER_SHARE * inkCells;
  if (!isSplit) return { kind: 'agree', labels: [first.label] };
  return { kind: 'split', labels: [first.label, second.label].sort((one, two) => one - two) };
}

function isSame(one: Answer, other: Answer): boolean {
  return one.kind === other.kind && String(one.labels) === String(other.labels);
}
