/** Where training's fresh digits come from. */
import type { Random } from '../../engine/common/random/random.ts';
import type { DataSource } from '../loop/export.ts';
import type { Digit } from '../loop/pool.ts';
import type { Augmentation } from '../presets/recipe.ts';
import { digestOf, digitAt, sliceDigits, type Digits } from './digits.ts';
import { readMnist, splitTraining, TEST, TRAINING } from './mnist.ts';

/** Fresh digits without end. */
export interface TrainingData extends DataSource {
  readonly draw: (random: Random) => Digit;
}

/**
 * Opens the digits that training draws from.
 * @throws DataError if they cannot be read
 */
export async function openTrainingData(
  { data = 'data/mnist' }: { data?: string; synthetic?: boolean },
  _augmentation: Augmentation | null,
  _note: (message: string) => void,
): Promise<TrainingData> {
  const all = readMnist(data, TRAINING);
  const { training } = splitTraining(all);
  return {
    name: training.name,
    digest: digestOf(all),
    draw: (random) => digitAt(training, random.below(training.count)),
  };
}

export const SPLITS = ['validation', 'test'] as const;

/**
 * The first `limit` digits of a split, which training never sees.
 * @throws DataError if they cannot be read
 */
export async function openEvaluationDigits(
  { data = 'data/mnist' }: { data?: string; synthetic?: boolean },
  split: (typeof SPLITS)[number],
  limit: number,
  _note: (message: string) => void,
): Promise<Digits> {
  const digits = split === 'test' ? readMnist(data, TEST) : splitTraining(readMnist(data, TRAINING)).validation;
  return sliceDigits(digits, digits.name, 0, Math.min(limit, digits.count));
}
