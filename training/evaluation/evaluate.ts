/** Evaluates a model on a set of digits. */
import type { AccuracyRecord } from '../../engine/common/model/specification.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { Backend } from '../backend/backend.ts';
import { digitAt, type Digits } from '../digits/digits.ts';
import { addFindings, emptyFindings, MILESTONES, type Group } from './examine.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import { scoresOf, type Scores, type Tally } from './tally.ts';

/** Digits that are stepped together: few enough that their cells stay in the cache. */
export const GROUP_SIZE = 20;

/** What `evaluate --json` prints, but for the names of model and split. */
export interface Evaluation {
  readonly n: number;
  readonly seed: number;
  readonly steps: Record<string, Scores>;
  readonly mutation: Record<string, Scores>;
  /** Share of cells with ink that change their label in a step. */
  readonly flicker: number;
  readonly backend: Backend['name'];
}

/** The groups of an evaluation. Which digit becomes which in the mutation hangs on the seed alone. */
export function groupDigits(digits: Digits, seed: number): Group[] {
  const successors = new Random(seed).shuffle(Uint32Array.from({ length: digits.count }, (_, index) => index));
  const groups: Group[] = [];
  for (let start = 0; start < digits.count; start += GROUP_SIZE) {
    const indices = Array.from({ length: Math.min(GROUP_SIZE, digits.count - start) }, (_, offset) => start + offset);
    groups.push({
      index: groups.length,
      digits: indices.map((index) => digitAt(digits, index)),
      successors: indices.map((index) => digitAt(digits, successors[index])),
    });
  }
  return groups;
}

/**
 * Evaluates a model. The result hangs on the model, the digits, the seed and
 * the backend, not on the number of workers.
 * @param progress called as groups are done
 */
export async function evaluateModel(
  team: ExaminerTeam,
  digits: Digits,
  seed: number,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Evaluation> {
  let done = 0;
  const findings = await team.examine(groupDigits(digits, seed), (count) => {
    done += count;
    progress(done, digits.count);
  });
  const total = emptyFindings();
  for (const part of findings) addFindings(total, part);
  const named = (tallies: Tally[]): Record<string, Scores> =>
    Object.fromEntries(MILESTONES.map((step, index) => [step, scoresOf(tallies[index])]));
  return {
    n: digits.count,
    seed,
    steps: named(total.steps),
    mutation: named(total.mutation),
    flicker: total.changes / Math.max(1, total.chances),
    backend: team.backend.name,
  };
}

/** The record of an evaluation that a model file carries. */
export function accuracyRecord({ n, seed, steps }: Evaluation, split: string): AccuracyRecord {
  return { split, digits: n, seed, steps: MILESTONES.map((step) => ({ step, ...steps[step] })) };
}
