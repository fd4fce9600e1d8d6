/** Measures a model under conditions that it was not trained on, and that a user can cause. */
import { Random } from '../../engine/common/random/random.ts';
import { killCells } from '../../engine/learning/strokes/pose.ts';
import { spreadInk, warpImage, type Warp } from '../digits/augment.ts';
import { DIGIT_FORMS } from '../../engine/common/handwriting/digit-forms.ts';
import { namesOfLabels } from '../digits/class-file.ts';
import { labelledFor } from '../digits/contract.ts';
import type { Digits } from '../digits/digits.ts';
import { writeDigits } from '../digits/source.ts';
import { groupTrials, listDigits, scoresAtStops } from './evaluate.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import type { Scores } from '../../engine/learning/rollout/tally.ts';

/** One condition. */
export interface Condition {
  readonly name: string;
  readonly change: (pixels: Uint8Array, random: Random) => Uint8Array;
  /** The project's own handwriting in place of the digits. */
  readonly handwriting: boolean;
  readonly dropout: number | null;
  readonly halfFloats: boolean;
  readonly steps: number;
}

const STILL: Warp = { scale: 1, rotationDegrees: 0, shear: 0, shiftX: 0, shiftY: 0 };
const AS_IS = {
  change: (pixels: Uint8Array) => pixels,
  handwriting: false,
  dropout: null,
  halfFloats: false,
  steps: 200,
};

/** What models of this kind are measured under. */
export const CONDITIONS: readonly Condition[] = [
  { ...AS_IS, name: 'plain' },
  ...[0.6, 0.75, 1.25, 1.5, 2].map((scale) => ({
    ...AS_IS,
    name: `scale ${scale}`,
    change: (pixels: Uint8Array) => warpImage(pixels, { ...STILL, scale }),
  })),
  ...[-30, -15, 15, 30].map((rotationDegrees) => ({
    ...AS_IS,
    name: `rotated ${rotationDegrees}°`,
    change: (pixels: Uint8Array) => warpImage(pixels, { ...STILL, rotationDegrees }),
  })),
  ...[2, 3].map((size) => ({
    ...AS_IS,
    name: `dilated ${size}×${size}`,
    change: (pixels: Uint8Array) => spreadInk(pixels, size, Math.max),
  })),
  { ...AS_IS, name: 'eroded 2×2', change: (pixels) => spreadInk(pixels, 2, Math.min) },
  ...[0.05, 0.1, 0.2].map((share) => ({
    ...AS_IS,
    name: `dead cells ${Math.round(100 * share)} %`,
    change: (pixels: Uint8Array, random: Random) => killCells(pixels, share, random),
  })),
  ...[0, 0.25, 0.5, 0.75].map((dropout) => ({ ...AS_IS, name: `dropout ${dropout}`, dropout })),
  { ...AS_IS, name: 'half-float state', halfFloats: true },
  { ...AS_IS, name: 'own handwriting', handwriting: true },
  { ...AS_IS, name: 'step 1000', steps: 1000 },
];

/** The scores of a model under every condition, by name; own handwriting only if the classes of the digits have it. */
export async function measureRobustness(
  team: ExaminerTeam,
  digits: Digits,
  seed: number,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Record<string, Scores>> {
  const results: Record<string, Scores> = {};
  const classNames = digits.classNames ?? [];
  const readsDigits = namesOfLabels(DIGIT_FORMS.length).every((name) => classNames.includes(name));
  const conditions = CONDITIONS.filter(({ handwriting }) => readsDigits || !handwriting);
  for (const [index, condition] of conditions.entries()) {
    const random = new Random(seed);
    const own = condition.handwriting ? labelledFor(writeDigits(digits.count), classNames) : digits;
    const changed = listDigits(own).map(({ pixels, label }) => ({ pixels: condition.change(pixels, random), label }));
    const { dropout, halfFloats, steps } = condition;
    const trials = groupTrials(changed, seed, { stops: [steps], dropout, halfFloats });
    results[condition.name] = scoresAtStops([steps], await team.settle(trials))[steps];
    progress(index + 1, conditions.length);
  }
  return results;
}
