/** Where digits come from: MNIST's files, or the project's own handwriting. */
import { userPath } from '../../engine/command-line/command.ts';
import { drawDigit } from '../../engine/common/handwriting/draw-digit.ts';
import { Random } from '../../engine/common/random/random.ts';
import { CELLS } from '../automaton/live-cells.ts';
import type { DataSource } from '../loop/export.ts';
import type { Digit, DrawDigit } from '../loop/pool.ts';
import type { Recipe } from '../presets/recipe.ts';
import { OWN_HAND } from '../strokes/own-hand.ts';
import { drawFromStrokes, drawValidation, readStrokeSet } from '../strokes/stroke-source.ts';
import { augmentImage } from './augment.ts';
import { digestOf, digitAt, sliceDigits, VALIDATION_COUNT, type Digits } from './digits.ts';
import { fetchMnist } from './download.ts';
import { readMnist, readPair, splitTraining, TEST, TRAINING, type MnistPart } from './mnist.ts';

/** Fresh digits without end. */
export interface TrainingData extends DataSource {
  readonly draw: DrawDigit;
  /** Digits to measure with on the way, which are never drawn. */
  readonly validation: Digits;
}

/** The choice of data on a command line. */
export interface DataChoice {
  /** A folder; without one the default folder is taken, and filled if need be. */
  readonly data?: string;
  /** The project's own handwriting instead. */
  readonly synthetic?: boolean;
  /** IDX files of images and of their labels, to measure with in place of a split. */
  readonly images?: string;
  readonly labels?: string;
  /** A folder or a file of pen strokes, which training draws from beside the images. */
  readonly strokes?: string;
}

const DEFAULT_FOLDER = 'data/mnist';
const CLASS_COUNT = 10;
const SYNTHETIC_VALIDATION_COUNT = 500;
/** Streams of random numbers: what is trained on is never what is measured with. */
const EVALUATION_STREAM = 0x65766131;

async function readPart({ data }: DataChoice, part: MnistPart, note: (message: string) => void): Promise<Digits> {
  if (data === undefined) await fetchMnist(DEFAULT_FOLDER, part, note);
  return readMnist(data === undefined ? DEFAULT_FOLDER : userPath(data), part, note);
}

function drawHandwriting(random: Random): Digit {
  const label = random.below(CLASS_COUNT);
  return { pixels: drawDigit(random, label), label };
}

/**
 * Opens the digits that training draws from.
 * @param note gets a sentence for each file that has to be fetched
 * @throws DataError if they cannot be read
 */
export async function openTrainingData(
  choice: DataChoice,
  recipe: Pick<Recipe, 'augmentation' | 'strokes' | 'model'>,
  note: (message: string) => void,
): Promise<TrainingData> {
  const { strokes, model } = recipe;
  if (!strokes || choice.strokes === undefined) return openImages(choice, recipe, note);
  const names = model.classes.map(({ name }) => name);
  const place = choice.strokes === OWN_HAND ? OWN_HAND : userPath(choice.strokes);
  const set = readStrokeSet(place, names, strokes.others);
  if (strokes.share === 1) {
    return {
      name: 'pen strokes',
      digest: null,
      ...(set.files.length > 0 && { strokes: set.files }),
      draw: (random) => drawFromStrokes(set, strokes, random),
      validation: drawValidation(place, names),
    };
  }
  const images = await openImages(choice, recipe, note);
  return {
    ...images,
    name: `${images.name} and pen strokes`,
    ...(set.files.length > 0 && { strokes: set.files }),
    draw: (random, kind) => (kind === 'strokes' ? drawFromStrokes(set, strokes, random) : images.draw(random, kind)),
  };
}

async function openImages(
  choice: DataChoice,
  { augmentation }: Pick<Recipe, 'augmentation'>,
  note: (message: string) => void,
): Promise<TrainingData> {
  const vary = ({ pixels, label }: Digit, random: Random): Digit =>
    augmentation ? { pixels: augmentImage(pixels, augmentation, random), label } : { pixels, label };
  if (choice.synthetic) {
    return {
      name: 'handwriting',
      digest: null,
      draw: (random) => vary(drawHandwriting(random), random),
      validation: writeDigits(SYNTHETIC_VALIDATION_COUNT),
    };
  }
  const all = await readPart(choice, TRAINING, note);
  const { training, validation } = splitTraining(all);
  const handwritten = augmentation?.handwriting ?? 0;
  return {
    name: handwritten > 0 ? `${training.name} and handwriting` : training.name,
    digest: digestOf(all),
    draw: (random) => {
      if (handwritten > 0 && random.unit() < handwritten) return vary(drawHandwriting(random), random);
      return vary(digitAt(training, random.below(training.count)), random);
    },
    validation,
  };
}

export const SPLITS = ['validation', 'test'] as const;

/**
 * The first `limit` digits of a split, which training never sees.
 * @throws DataError if they cannot be read
 */
export async function openEvaluationDigits(
  choice: DataChoice,
  split: (typeof SPLITS)[number],
  limit: number,
  note: (message: string) => void,
): Promise<Digits> {
  if (choice.synthetic) return writeDigits(Math.min(limit, VALIDATION_COUNT));
  if (choice.images !== undefined && choice.labels !== undefined) {
    const digits = readPair(userPath(choice.images), userPath(choice.labels));
    return sliceDigits(digits, digits.name, 0, Math.min(limit, digits.count));
  }
  const all = await readPart(choice, split === 'test' ? TEST : TRAINING, note);
  const digits = split === 'test' ? all : splitTraining(all).validation;
  return sliceDigits(digits, digits.name, 0, Math.min(limit, digits.count));
}

/** Handwritten digits, always the same, each class as often as the others. */
export function writeDigits(count: number): Digits {
  const random = new Random(EVALUATION_STREAM);
  const labels = Uint8Array.from({ length: count }, (_, index) => index % CLASS_COUNT);
  const images = new Uint8Array(count * CELLS);
  labels.forEach((label, index) => images.set(drawDigit(random, label), index * CELLS));
  return { name: 'handwriting', count, images, labels };
}
