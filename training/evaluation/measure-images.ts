/** Measures a model on further sets of images, beside those of an evaluation. */
import type { Scores } from '../../engine/learning/rollout/tally.ts';
import type { Digits } from '../digits/digits.ts';
import { groupTrials, listDigits, scoresAtStops } from './evaluate.ts';
import type { ExaminerTeam } from './examiner-team.ts';

/** The steps after which a set is read. */
export const IMAGE_STEPS = [80, 200] as const;

/** What came of one set. */
export interface ImageScores {
  readonly name: string;
  readonly n: number;
  /** By step. */
  readonly steps: Record<string, Scores>;
}

/** Measures sets one after the other, from a fresh state. */
export async function measureImages(
  team: ExaminerTeam,
  sets: readonly Digits[],
  seed: number,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<ImageScores[]> {
  const total = sets.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  const results: ImageScores[] = [];
  for (const digits of sets) {
    const trials = groupTrials(listDigits(digits), seed, { stops: IMAGE_STEPS, dropout: null, halfFloats: false });
    const verdicts = await team.settle(trials, (more) => progress((done += more), total));
    results.push({ name: digits.name, n: digits.count, steps: scoresAtStops(IMAGE_STEPS, verdicts) });
  }
  return results;
}
