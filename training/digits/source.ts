/** Where training's fresh digits come from. */
import type { Random } from '../../engine/common/random/random.ts';
import type { DataSource } from '../loop/export.ts';
import type { Digit } from '../loop/pool.ts';
import type { Augmentation } from '../presets/recipe.ts';
import { digestOf, digitAt } from './digits.ts';
import { readMnist, splitTraining, TRAINING } from './mnist.ts';

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
