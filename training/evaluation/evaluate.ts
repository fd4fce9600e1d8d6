/** Evaluates a model on a set of digits. */
import type { AccuracyRecord } from '../../engine/common/model/specification.ts';
import { hash2 } from '../../engine/common/random/hash.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { Backend } from '../backend/backend.ts';
import { digitAt, takeDigits, type Digits } from '../digits/digits.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import { confusedPairs, confusionOf, worstOf, type ConfusedPair, type WorstDigit } from './confusion.ts';
import { addFindings, emptyFindings, MILESTONES, type Findings, type Group, type Trial } from './examine.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import { mergedScores, type MergedClasses } from './merged-classes.ts';
import { deviation, mean, overNamedScores, overScores } from './seeds.ts';
import { scoresOf, tallyOf, type Scores, type Tally, type Verdict } from '../../engine/learning/rollout/tally.ts';

/** Digits that are stepped together: few enough for their cells to stay in the cache. */
export const GROUP_SIZE = 20;
/** Steps long after those of the evaluation, and the one they are compared with. */
const DRIFT_STEPS = [200, 1000] as const;
/** How many of the worst digits are reported. */
export const WORST_COUNT = 20;
/** How many of the most confused pairs of classes are reported. */
export const PAIR_COUNT = 12;

/** Scores for which several classes are one. */
export interface MergedScores {
  readonly groups: MergedClasses['groups'];
  readonly scores: Scores;
}

/** The same digits long after the evaluation's last step, to see whether a model keeps its answer. */
export interface Drift {
  /** The first so many digits: a thousand steps take long. */
  readonly digits: number;
  /** By step. */
  readonly steps: Record<string, Scores>;
}

/** How far the seeds of an evaluation lie apart: standard deviations (n − 1). */
export interface Spread {
  readonly steps: Record<string, Scores>;
  readonly mutation: Record<string, Scores>;
  readonly flicker: number;
}

/** What `evaluate --json` prints, but for the names of model and split. Scores are means over the seeds. */
export interface Evaluation {
  readonly n: number;
  /** The first of the seeds. */
  readonly seed: number;
  readonly seeds: readonly number[];
  readonly steps: Record<string, Scores>;
  readonly mutation: Record<string, Scores>;
  /** Share of cells with ink that change their label in a step. */
  readonly flicker: number;
  /** Null with one seed. */
  readonly spread: Spread | null;
  /** Null if it was not asked for. */
  readonly drift: Drift | null;
  /** At step 200: digits of class i voted j, as [i][j], all seeds together. */
  readonly confusion: number[][];
  /** At step 200, all seeds together. */
  readonly pairs: ConfusedPair[];
  /** At step 200, mean over the seeds; null if no classes are merged. */
  readonly merged: MergedScores | null;
  /** At step 200, worst first. */
  readonly worst: WorstDigit[];
  readonly backend: Backend['name'];
}

/** Cuts digits into groups that are stepped together. */
export function cutGroups<T>(digits: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(digits.length / GROUP_SIZE) }, (_, index) =>
    digits.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE),
  );
}

/** All digits of a set. */
export function listDigits(digits: Digits): Digit[] {
  return Array.from({ length: digits.count }, (_, index) => digitAt(digits, index));
}

/** The groups of an evaluation. Only the seed decides which digit becomes which in the mutation. */
export function groupDigits(digits: Digits, seed: number): Group[] {
  const shuffled = new Random(seed).shuffle(Uint32Array.from({ length: digits.count }, (_, index) => index));
  const successors = cutGroups(Array.from(shuffled, (index) => digitAt(digits, index)));
  return cutGroups(listDigits(digits)).map((group, index) => ({
    seed: hash2(seed, index),
    digits: group,
    successors: successors[index],
  }));
}

/** Trials of some digits, in groups seeded as those of an evaluation. */
export function groupTrials(digits: readonly Digit[], seed: number, settings: Omit<Trial, 'seed' | 'digits'>): Trial[] {
  return cutGroups(digits).map((group, index) => ({ ...settings, seed: hash2(seed, index), digits: group }));
}

/** What to evaluate on, and how. */
export interface EvaluationOptions {
  readonly digits: Digits;
  /** At least one. */
  readonly seeds: readonly number[];
  /** How many of the digits are followed to step 1,000; 0 for none. */
  readonly driftDigits: number;
  /** Classes to count as one beside the other scores, or null. */
  readonly merged?: MergedClasses | null;
  /** Called as work is done; both count digits, each once a seed. */
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Evaluates a model. The result depends on the model, the digits, the seeds and
 * the backend, but not on the number of workers.
 */
export async function evaluateModel(
  team: ExaminerTeam,
  { digits, seeds, driftDigits, merged = null, progress = () => undefined }: EvaluationOptions,
): Promise<Evaluation> {
  const followed = Math.min(driftDigits, digits.count);
  const late = listDigits(takeDigits(digits, followed));
  let done = 0;
  const count = (more: number): void => progress((done += more), seeds.length * (digits.count + followed));
  const findings: Findings[] = [];
  const drifts: Record<string, Scores>[] = [];
  for (const seed of seeds) {
    findings.push(sumFindings(await team.examine(groupDigits(digits, seed), count)));
    if (followed === 0) continue;
    const trials = groupTrials(late, seed, { stops: DRIFT_STEPS, dropout: null, halfFloats: false });
    drifts.push(scoresAtStops(DRIFT_STEPS, await team.settle(trials, count)));
  }
  const steps = findings.map((found) => scoresAtMilestones(found.steps));
  const mutation = findings.map((found) => scoresAtMilestones(found.mutation));
  const flicker = findings.map(({ changes, chances }) => changes / Math.max(1, chances));
  const over = (statistic: typeof mean): Spread => ({
    steps: overNamedScores(steps, statistic),
    mutation: overNamedScores(mutation, statistic),
    flicker: statistic(flicker),
  });
  const verdicts = findings.map((found) => found.verdicts);
  return {
    n: digits.count,
    seed: seeds[0],
    seeds,
    ...over(mean),
    spread: seeds.length > 1 ? over(deviation) : null,
    drift: followed > 0 ? { digits: followed, steps: overNamedScores(drifts, mean) } : null,
    confusion: confusionOf(verdicts.flat(), team.classCount),
    pairs: confusedPairs(verdicts.flat(), team.classCount, PAIR_COUNT),
    merged: merged && {
      groups: merged.groups,
      scores: overScores(
        verdicts.map((one) => mergedScores(one, merged)),
        mean,
      ),
    },
    worst: worstOf(verdicts, WORST_COUNT).map((one) => ({ ...one, index: digits.places?.[one.index] ?? one.index })),
    backend: team.backend.name,
  };
}

function sumFindings(parts: readonly Findings[]): Findings {
  const total = emptyFindings();
  for (const part of parts) addFindings(total, part);
  return total;
}

function scoresAtMilestones(tallies: readonly Tally[]): Record<string, Scores> {
  return Object.fromEntries(MILESTONES.map((step, index) => [step, scoresOf(tallies[index])]));
}

/** The scores at each stop of trials that have the same stops, by step. */
export function scoresAtStops(stops: readonly number[], trials: readonly Verdict[][][]): Record<string, Scores> {
  return Object.fromEntries(
    stops.map((step, index) => [step, scoresOf(tallyOf(trials.flatMap((verdicts) => verdicts[index])))]),
  );
}

/** The record of an evaluation that a model file carries. */
export function accuracyRecord(
  { n, seed, steps }: Pick<Evaluation, 'n' | 'seed' | 'steps'>,
  split: string,
): AccuracyRecord {
  return {
    ...{ split, digits: n, seed },
    steps: MILESTONES.map((step) => {
      const { cellAccuracy, agreement, unanimousCorrect, majorityAccuracy } = steps[step];
      return { step, cellAccuracy, agreement, unanimousCorrect, majorityAccuracy };
    }),
  };
}
