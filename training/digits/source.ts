/** Where digits come from: MNIST's files, or the project's own handwriting. */
import { userPath } from '../../engine/command-line/command.ts';
import { drawDigit } from '../../engine/common/handwriting/draw-digit.ts';
import { Random } from '../../engine/common/random/random.ts';
import { DIGIT_FORMS } from '../../engine/common/handwriting/digit-forms.ts';
import { colorClasses } from '../../engine/common/model/class-colors.ts';
import { LIMITS, type ModelClass } from '../../engine/common/model/specification.ts';
import { CELLS } from '../../engine/learning/rollout/live-cells.ts';
import type { DataSource } from '../loop/export.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import type { DrawDigit } from '../loop/pool-sections.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { OWN_HAND } from '../strokes/own-hand.ts';
import { drawFromStrokes, drawValidation, readStrokeSet } from '../strokes/stroke-source.ts';
import { augmentImage } from './augment.ts';
import { findClassFile, namesOfLabels, type ClassFile } from './class-file.ts';
import { labelledFor } from './contract.ts';
import { digestOf, digitAt, takeDigits, VALIDATION_COUNT, type Digits } from './digits.ts';
import { fetchMnist } from './download.ts';
import { DataError } from './idx.ts';
import { readMnist, readPair, readTrainingLabels, splitTraining, TEST, TRAINING, type MnistPart } from './mnist.ts';

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
  /** A file that names the classes of the data; without one, that beside the data if there is one. */
  readonly classes?: string;
}

/** What data is called that is drawn from pen strokes; images and strokes end with it. */
export const STROKES_NAME = 'pen strokes';

const DEFAULT_FOLDER = 'data/mnist';
const SYNTHETIC_VALIDATION_COUNT = 500;
/** Streams of random numbers: what is trained on is never what is measured with. */
const EVALUATION_STREAM = 0x65766131;

async function readPart(choice: DataChoice, part: MnistPart, note: (message: string) => void): Promise<Digits> {
  const { data } = choice;
  if (data === undefined) await fetchMnist(DEFAULT_FOLDER, part, note);
  return namedBy(choice, readMnist(data === undefined ? DEFAULT_FOLDER : userPath(data), part, note));
}

/** The digits with the names of their class file, if they have one. */
function namedBy(choice: DataChoice, digits: Digits): Digits {
  const file = digits.classNames === null ? findClassFile({ ...choice, strokes: undefined }) : null;
  return file === null ? digits : { ...digits, classNames: file.classes.map(({ name }) => name) };
}

/**
 * The classes of data of one's own, which a model that is to be trained on it needs: those of its class file, or else one
 * for each label up to the highest; null if they are the `known` ones. Beside pen strokes, which may have further labels,
 * images ask for more classes but never for fewer.
 * @throws DataError or UserError if the file or the labels cannot be used
 */
export function classesOfData(choice: DataChoice, known: readonly ModelClass[]): ClassFile | null {
  const file = findClassFile(choice);
  if (file !== null || choice.data === undefined) return file;
  const { labels, path } = readTrainingLabels(userPath(choice.data));
  const count = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  if (count === known.length || (count < known.length && choice.strokes !== undefined)) return null;
  if (count < 2) throw new DataError(`${path} holds no label above 0; a model has two classes at least.`);
  if (count > LIMITS.classes) {
    throw new DataError(`${path} holds the label ${count - 1}; a model has ${LIMITS.classes} classes at most.`);
  }
  const classes = count < known.length ? known.slice(0, count) : colorClasses(namesOfLabels(count));
  return { path, classes, none: null, layout: {}, outputUnits: null };
}

/** Draws the project's own handwriting; the labels are those of the model's classes. */
function handwritingFor(classNames: readonly string[]): (random: Random) => Digit {
  const { labels } = labelledFor(writeDigits(DIGIT_FORMS.length), classNames);
  return (random) => {
    const digit = random.below(DIGIT_FORMS.length);
    return { pixels: drawDigit(random, digit), label: labels[digit] };
  };
}

/**
 * Opens the digits that training draws from.
 * @param note gets a sentence for each file that has to be fetched
 * @throws DataError if they cannot be read, or if the recipe needs strokes and none are named
 */
export async function openTrainingData(
  choice: DataChoice,
  recipe: Pick<Recipe, 'augmentation' | 'strokes' | 'model'>,
  note: (message: string) => void,
): Promise<TrainingData> {
  const { strokes, model } = recipe;
  if (!strokes) return openImages(choice, recipe, note);
  if (choice.strokes === undefined) {
    throw new DataError('The recipe draws from pen strokes; name their folder with --strokes DIR.');
  }
  const names = model.classes.map(({ name }) => name);
  const place = choice.strokes === OWN_HAND ? OWN_HAND : userPath(choice.strokes);
  const set = readStrokeSet(place, names, strokes);
  if (strokes.share === 1) {
    return {
      name: STROKES_NAME,
      digest: null,
      ...(set.files.length > 0 && { strokes: set.files }),
      draw: (random) => drawFromStrokes(set, strokes, random),
      validation: drawValidation(place, names),
    };
  }
  const images = await openImages(choice, recipe, note);
  return {
    ...images,
    name: `${images.name} and ${STROKES_NAME}`,
    ...(set.files.length > 0 && { strokes: set.files }),
    draw: (random, kind) => (kind === 'strokes' ? drawFromStrokes(set, strokes, random) : images.draw(random, kind)),
  };
}

async function openImages(
  choice: DataChoice,
  { augmentation, model }: Pick<Recipe, 'augmentation' | 'model'>,
  note: (message: string) => void,
): Promise<TrainingData> {
  const vary = ({ pixels, label }: Digit, random: Random): Digit =>
    augmentation ? { pixels: augmentImage(pixels, augmentation, random), label } : { pixels, label };
  const classNames = model.classes.map(({ name }) => name);
  if (choice.synthetic) {
    const write = handwritingFor(classNames);
    return {
      name: 'handwriting',
      digest: null,
      draw: (random) => vary(write(random), random),
      validation: labelledFor(writeDigits(SYNTHETIC_VALIDATION_COUNT), classNames),
    };
  }
  const all = labelledFor(await readPart(choice, TRAINING, note), classNames);
  const { training, validation } = splitTraining(all);
  const handwritten = augmentation?.handwriting ?? 0;
  const write = handwritten > 0 ? handwritingFor(classNames) : null;
  return {
    name: handwritten > 0 ? `${training.name} and handwriting` : training.name,
    digest: digestOf(all),
    ...(choice.data !== undefined && all.name !== TRAINING.name && { folder: choice.data }),
    draw: (random) => {
      if (write && random.unit() < handwritten) return vary(write(random), random);
      return vary(digitAt(training, random.below(training.count)), random);
    },
    validation,
  };
}

export const SPLITS = ['validation', 'test'] as const;

/**
 * The digits of a split, which training never sees, labelled as a model with these classes does; `limit` of them if there
 * are more, see {@link takeDigits}.
 * @throws DataError if they cannot be read, or if the model has no class for one of them
 */
export async function openEvaluationDigits(
  choice: DataChoice,
  classNames: readonly string[],
  split: (typeof SPLITS)[number],
  limit: number,
  note: (message: string) => void,
): Promise<Digits> {
  const some = (digits: Digits): Digits => takeDigits(labelledFor(digits, classNames), limit);
  if (choice.synthetic) return labelledFor(writeDigits(Math.min(limit, VALIDATION_COUNT)), classNames);
  if (choice.images !== undefined && choice.labels !== undefined) {
    return some(namedBy(choice, readPair(userPath(choice.images), userPath(choice.labels))));
  }
  const all = await readPart(choice, split === 'test' ? TEST : TRAINING, note);
  return some(split === 'test' ? all : splitTraining(all).validation);
}

/** Handwritten digits, always the same, each class as often as the others. */
export function writeDigits(count: number): Digits {
  const random = new Random(EVALUATION_STREAM);
  const labels = Uint8Array.from({ length: count }, (_, index) => index % DIGIT_FORMS.length);
  const images = new Uint8Array(count * CELLS);
  labels.forEach((label, index) => images.set(drawDigit(random, label), index * CELLS));
  return { name: 'handwriting', count, images, labels, classNames: namesOfLabels(DIGIT_FORMS.length), isMixed: true };
}
