/** One measurement under several seeds: its mean, and how far it spreads. */
import type { Scores } from '../../engine/learning/rollout/tally.ts';

/** Makes one number of those of all seeds. */
export type Statistic = (values: readonly number[]) => number;

export const mean: Statistic = (values) => values.reduce((total, value) => total + value, 0) / values.length;

/** The sample's standard deviation (n − 1). */
export const deviation: Statistic = (values) => {
  const middle = mean(values);
  return Math.sqrt(values.reduce((total, value) => total + (value - middle) ** 2, 0) / (values.length - 1));
};

/** A statistic of scores. */
export function overScores(all: readonly Scores[], statistic: Statistic): Scores {
  return {
    cellAccuracy: statistic(all.map(({ cellAccuracy }) => cellAccuracy)),
    agreement: statistic(all.map(({ agreement }) => agreement)),
    unanimousCorrect: statistic(all.map(({ unanimousCorrect }) => unanimousCorrect)),
    majorityAccuracy: statistic(all.map(({ majorityAccuracy }) => majorityAccuracy)),
    undecided: statistic(all.map(({ undecided }) => undecided)),
  };
}

/** A statistic of scores by step, or by whatever they are named by. */
export function overNamedScores(all: readonly Record<string, Scores>[], statistic: Statistic): Record<string, Scores> {
  const scoresOf = (name: string): Scores[] => all.map((named) => named[name]);
  return Object.fromEntries(Object.keys(all[0]).map((name) => [name, overScores(scoresOf(name), statistic)]));
}
