/** Counts the labels of cells and digits. */
import type { ModelSpecification } from '../../common/model/specification.ts';
import { NO_CLASS, type Batch } from './batch.ts';

/** The label of a cell without ink, and of one all of whose logits say no. */
export const NO_INK = -1;
export const UNDECIDED = -2;

/** What the cells of one digit say. */
export interface Verdict {
  /** What it is: its class, or `NO_CLASS`. */
  readonly label: number;
  /** Its most frequent label, the lowest of equals; `NO_CLASS` if most of its cells are undecided, or without ink. */
  readonly vote: number;
  /**
   * Cells with ink, those of them with the right label (of what is no class, the undecided ones), those that say what
   * the vote says, and those that are undecided.
   */
  readonly inkCells: number;
  readonly rightCells: number;
  readonly votingCells: number;
  readonly undecidedCells: number;
  /** Cells by the class that they say. */
  readonly cellsOfClass: readonly number[];
}

/** Counts at one moment. They are whole numbers, so the order in which parts are added does not matter. */
export interface Tally {
  digits: number;
  /** Cells with ink, and those of them with the right label. */
  inkCells: number;
  rightCells: number;
  /** Cells with ink that are undecided. */
  undecidedCells: number;
  /** Digits whose cells with ink all say the same, and those of them that are right. */
  agreeing: number;
  unanimousCorrect: number;
  /** Digits whose most frequent label is right. */
  majorityCorrect: number;
}

/** Shares in 0…1. */
export interface Scores {
  readonly cellAccuracy: number;
  readonly agreement: number;
  readonly unanimousCorrect: number;
  readonly majorityAccuracy: number;
  /** Share of the undecided cells. */
  readonly undecided: number;
}

export function emptyTally(): Tally {
  return {
    ...{ digits: 0, inkCells: 0, rightCells: 0, undecidedCells: 0 },
    ...{ agreeing: 0, unanimousCorrect: 0, majorityCorrect: 0 },
  };
}

export function addTally(total: Tally, { ...part }: Tally): void {
  for (const key of Object.keys(part) as (keyof Tally)[]) total[key] += part[key];
}

export function scoresOf(tally: Tally): Scores {
  const digits = Math.max(1, tally.digits);
  return {
    cellAccuracy: tally.rightCells / Math.max(1, tally.inkCells),
    agreement: tally.agreeing / digits,
    unanimousCorrect: tally.unanimousCorrect / digits,
    majorityAccuracy: tally.majorityCorrect / digits,
    undecided: tally.undecidedCells / Math.max(1, tally.inkCells),
  };
}

/**
 * The label of every live row, the largest of its logits, as the page has it: −1 for cells without ink of their own, −2
 * for undecided ones.
 */
export function labelsOf(batch: Batch, state: Float32Array, specification: ModelSpecification): Int8Array {
  const { channels, classes, classification } = specification;
  const labels = new Int8Array(batch.liveCount).fill(NO_INK);
  for (let row = 0; row < labels.length; row += 1) {
    const base = row * channels.count;
    if (state[base + channels.ink] <= classification.inkThreshold) continue;
    const first = base + channels.firstLogit;
    let best = 0;
    for (let logit = 1; logit < classes.length; logit += 1) {
      if (state[first + logit] > state[first + best]) best = logit;
    }
    labels[row] = state[first + best] < classification.undecidedBelow ? UNDECIDED : best;
  }
  return labels;
}

/** What each digit of a batch says. */
export function verdictsOf(batch: Batch, labels: Int8Array, classCount: number): Verdict[] {
  return batch.samples.map(({ label }, digit) => {
    const counts = new Array<number>(classCount).fill(0);
    let undecidedCells = 0;
    for (let row = batch.starts[digit]; row < batch.starts[digit + 1]; row += 1) {
      if (labels[row] >= 0) counts[labels[row]] += 1;
      else if (labels[row] === UNDECIDED) undecidedCells += 1;
    }
    return verdictOf(label, counts, undecidedCells);
  });
}

/** What a digit of class `label` says, by the cells that say each class and those that are undecided. */
export function verdictOf(label: number, cellsOfClass: readonly number[], undecidedCells: number): Verdict {
  const inkCells = cellsOfClass.reduce((total, count) => total + count, undecidedCells);
  const most = Math.max(...cellsOfClass);
  const silent = 2 * undecidedCells > inkCells || most === 0;
  return {
    label,
    vote: silent ? NO_CLASS : cellsOfClass.indexOf(most),
    inkCells,
    rightCells: label === NO_CLASS ? undecidedCells : cellsOfClass[label],
    votingCells: silent ? undecidedCells : most,
    undecidedCells,
    cellsOfClass,
  };
}

/** Counts verdicts. */
export function tallyOf(verdicts: readonly Verdict[]): Tally {
  const tally = emptyTally();
  for (const { label, vote, inkCells, rightCells, votingCells, undecidedCells } of verdicts) {
    tally.digits += 1;
    tally.inkCells += inkCells;
    tally.rightCells += rightCells;
    tally.undecidedCells += undecidedCells;
    if (inkCells > 0 && votingCells === inkCells) {
      tally.agreeing += 1;
      if (vote === label) tally.unanimousCorrect += 1;
    }
    if (inkCells > 0 && vote === label) tally.majorityCorrect += 1;
  }
  return tally;
}
