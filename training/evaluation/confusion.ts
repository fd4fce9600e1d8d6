/** Finds where a model fails: the classes that it confuses, and its worst digits. */
import type { Verdict } from '../../engine/learning/rollout/tally.ts';

/** A digit that a model gets wrong. */
export interface WorstDigit {
  /** Its place among the digits of the split, from 0. */
  readonly index: number;
  readonly label: number;
  /** What most of its cells say, under most seeds; −1 if they say nothing. */
  readonly vote: number;
  /** Share of its cells with the right label. */
  readonly cellAccuracy: number;
}

/** How often a digit of class `label` was voted `vote`, as [label][vote]; digits whose cells say nothing have no vote. */
export function confusionOf(verdicts: readonly Verdict[], classCount: number): number[][] {
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const { label, vote } of verdicts) {
    if (vote >= 0) matrix[label][vote] += 1;
  }
  return matrix;
}

/**
 * The `most` digits with the smallest share of right cells, worst first; none that are right throughout.
 * @param seeds the verdicts on the same digits under each seed; their cells are counted together
 */
export function worstOf(seeds: readonly (readonly Verdict[])[], most: number): WorstDigit[] {
  return seeds[0]
    .map(({ label }, index): WorstDigit => {
      const verdicts = seeds.map((verdicts) => verdicts[index]);
      const inkCells = verdicts.reduce((total, verdict) => total + verdict.inkCells, 0);
      const rightCells = verdicts.reduce((total, verdict) => total + verdict.rightCells, 0);
      return {
        index,
        label,
        vote: mostFrequent(verdicts.map(({ vote }) => vote)),
        cellAccuracy: rightCells / Math.max(1, inkCells),
      };
    })
    .filter(({ cellAccuracy }) => cellAccuracy < 1)
    .sort((a, b) => a.cellAccuracy - b.cellAccuracy || a.index - b.index)
    .slice(0, most);
}

/** The most frequent of some numbers, the first of equals. */
function mostFrequent(values: readonly number[]): number {
  const countOf = (wanted: number): number => values.filter((value) => value === wanted).length;
  return values.reduce((best, value) => (countOf(value) > countOf(best) ? value : best));
}

/** Two classes that are confused, and how often. */
export interface Mistake {
  readonly label: number;
  readonly vote: number;
  readonly count: number;
}

/** The most frequent mistakes of a confusion matrix, most frequent first. */
export function mistakesOf(matrix: readonly number[][], most: number): Mistake[] {
  return matrix
    .flatMap((row, label) => row.map((count, vote): Mistake => ({ label, vote, count })))
    .filter(({ label, vote, count }) => label !== vote && count > 0)
    .sort((a, b) => b.count - a.count || a.label - b.label || a.vote - b.vote)
    .slice(0, most);
}

/** Two classes, and how often one of them is taken for the other. */
export interface ConfusedPair {
  /** The lower one first. */
  readonly classes: readonly [number, number];
  /** Digits of both. */
  readonly n: number;
  /** Those that were voted the other class. */
  readonly confused: number;
  /** Those of the first class among them. */
  readonly firstAsSecond: number;
}

/** The pairs of classes that are most often taken for each other, the most frequent first. */
export function confusedPairs(verdicts: readonly Verdict[], classCount: number, most: number): ConfusedPair[] {
  const matrix = confusionOf(
    verdicts.filter(({ label }) => label >= 0),
    classCount,
  );
  const count = (wanted: number): number => verdicts.filter(({ label }) => label === wanted).length;
  const pairs: Omit<ConfusedPair, 'n'>[] = [];
  for (let one = 0; one < classCount; one += 1) {
    for (let other = one + 1; other < classCount; other += 1) {
      const firstAsSecond = matrix[one][other];
      const confused = firstAsSecond + matrix[other][one];
      if (confused > 0) pairs.push({ classes: [one, other], confused, firstAsSecond });
    }
  }
  return pairs
    .sort((a, b) => b.confused - a.confused || a.classes[0] - b.classes[0] || a.classes[1] - b.classes[1])
    .slice(0, most)
    .map((pair) => ({ ...pair, n: count(pair.classes[0]) + count(pair.classes[1]) }));
}
