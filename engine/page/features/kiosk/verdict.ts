/** What the cells make of some ink, in the few ways that an exhibit has words for. */
import type { CanvasLayout, Statistics } from '../../../automaton/types.ts';

export interface Answer {
  /** The cells agree; they hold two opinions; they do not know it; there is hardly any ink. */
  readonly kind: 'agree' | 'split' | 'unknown' | 'none';
  /** The classes that the cells say: one where they agree, two where they are split. */
  readonly labels: readonly number[];
}

/** Steps after which cells that do not agree yet will not, in most cases. */
const SETTLED_STEPS = 60;

/** A dot is nothing to speak about. */
const LEAST_INK_CELLS = 20;

/** Share of the cells that have to say the same before that is said aloud … */
const AGREEING_SHARE = 0.75;
/** … and after some steps, when those that are about to change their mind have done so. */
const LATER_SHARE = 0.65;
const LATER_STEPS = 30;
/** Share of the cells that another opinion needs to count as one. */
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

/** Comes to an answer from look to look: one that only holds for a moment is not given. */
export class Verdict {
  #step: number;
  #last: Answer | null = null;

  /** @param step at which there was something new to read */
  constructor(step: number) {
    this.#step = step;
  }

  /** The answer, if it is the same as at the look before; else null. Call with the figures of every look. */
  read(opinion: Opinion, step: number): Answer | null {
    // The steps begin anew with a reset.
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
