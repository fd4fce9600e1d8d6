/** Counting what cells and digits say. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Batch } from '../automaton/batch.ts';

/** What the cells of one digit say. */
export interface Verdict {
  /** The digit's class, and its most frequent label: the lowest of equals, −1 without ink. */
  readonly label: number;
  readonly vote: number;
  /** Cells with ink, those of them with the right label, and those that say what the vote says. */
  readonly inkCells: number;
  readonly rightCells: number;
  readonly votingCells: number;
}

/** Counts at one moment; whole numbers, so that the order in which parts are added does not matter. */
export interface Tally {
  digits: number;
  /** Cells with ink, and those of them with the right label. */
  inkCells: number;
  rightCells: number;
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
}

export function emptyTally(): Tally {
  return { digits: 0, inkCells: 0, rightCells: 0, agreeing: 0, unanimousCorrect: 0, majorityCorrect: 0 };
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
  };
}

/** The label of every live row, the largest of its logits; −1 for cells without ink of their own. */
export function labelsOf(batch: Batch, state: Float32Array, specification: ModelSpecification): Int8Array {
  const { channels, classes, classification } = specification;
  const labels = new Int8Array(batch.liveCount).fill(-1);
  for (let row = 0; row < labels.length; row += 1) {
    const base = row * channels.count;
    if (state[base + channels.ink] <= classification.inkThreshold) continue;
    const first = base + channels.firstLogit;
    let best = 0;
    for (let logit = 1; logit < classes.length; logit += 1) {
      if (state[first + logit] > state[first + best]) best = logit;
    }
    labels[row] = best;
  }
  return labels;
}

/** What each digit of a batch says. */
export function verdictsOf(batch: Batch, labels: Int8Array, classCount: number): Verdict[] {
  return batch.samples.map(({ label }, digit) => {
    const counts = new Array<number>(classCount).fill(0);
    for (let row = batch.starts[digit]; row < batch.starts[digit + 1]; row += 1) {
      if (labels[row] >= 0) counts[labels[row]] += 1;
    }
    const votingCells = Math.max(...counts);
    return {
      label,
      vote: votingCells > 0 ? counts.indexOf(votingCells) : -1,
      inkCells: counts.reduce((total, count) => total + count, 0),
      rightCells: counts[label],
      votingCells,
    };
  });
}

/** Counts verdicts. */
export function tallyOf(verdicts: readonly Verdict[]): Tally {
  const tally = emptyTally();
  for (const { label, vote, inkCells, rightCells, votingCells } of verdicts) {
    tally.digits += 1;
    tally.inkCells += inkCells;
    tally.rightCells += rightCells;
    if (inkCells > 0 && votingCells === inkCells) {
      tally.agreeing += 1;
      if (vote === label) tally.unanimousCorrect += 1;
    }
    if (vote === label) tally.majorityCorrect += 1;
  }
  return tally;
}
