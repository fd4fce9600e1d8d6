/** Counting what cells and digits say. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Batch } from '../automaton/batch.ts';

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

/** The most frequent label of each digit of the batch, the lowest of equals; −1 for a digit without ink. */
export function votesOf(batch: Batch, labels: Int8Array, classCount: number): Int8Array {
  return Int8Array.from(batch.samples, (_, digit) => {
    const counts = countLabels(batch, labels, digit, classCount);
    const most = Math.max(...counts);
    return most > 0 ? counts.indexOf(most) : -1;
  });
}

/** Counts the labels of a batch against what its digits are. */
export function tallyLabels(batch: Batch, labels: Int8Array, classCount: number): Tally {
  const tally = emptyTally();
  const votes = votesOf(batch, labels, classCount);
  batch.samples.forEach(({ label }, digit) => {
    const counts = countLabels(batch, labels, digit, classCount);
    const cells = counts.reduce((total, count) => total + count, 0);
    tally.digits += 1;
    tally.inkCells += cells;
    tally.rightCells += counts[label];
    if (cells > 0 && counts[votes[digit]] === cells) {
      tally.agreeing += 1;
      if (votes[digit] === label) tally.unanimousCorrect += 1;
    }
    if (votes[digit] === label) tally.majorityCorrect += 1;
  });
  return tally;
}

function countLabels(batch: Batch, labels: Int8Array, digit: number, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0);
  for (let row = batch.starts[digit]; row < batch.starts[digit + 1]; row += 1) {
    if (labels[row] >= 0) counts[labels[row]] += 1;
  }
  return counts;
}
