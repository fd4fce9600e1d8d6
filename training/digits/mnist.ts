/** MNIST from a folder of IDX files. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { messageOf } from '../../engine/common/error-message.ts';
import { readInputFile } from '../../engine/command-line/files.ts';
import { CELLS } from '../../engine/learning/rollout/live-cells.ts';
import { odditiesOf, type Oddity } from '../../engine/common/digit-images/oddities.ts';
import { Random } from '../../engine/common/random/random.ts';
import { pickDigits, sliceDigits, VALIDATION_COUNT, type Digits } from './digits.ts';
import { namesOfLabels } from './class-file.ts';
import { DataError, readImages, readLabels, unpack } from './idx.ts';

/** A pair of MNIST's files. */
export interface MnistPart {
  readonly name: string;
  readonly images: string;
  readonly labels: string;
}

export const TRAINING: MnistPart = {
  name: 'MNIST training',
  images: 'train-images-idx3-ubyte',
  labels: 'train-labels-idx1-ubyte',
};

export const TEST: MnistPart = {
  name: 'MNIST test',
  images: 't10k-images-idx3-ubyte',
  labels: 't10k-labels-idx1-ubyte',
};

/** MD5 of MNIST's unpacked files, to tell them from others of the same shape. */
export const KNOWN_MD5 = new Map([
  [TRAINING.images, '6bbc9ace898e44ae57da46a324031adb'],
  [TRAINING.labels, 'a25bea736e30d166cdddb491f175f624'],
  [TEST.images, '2646ac647ad5339dbf082846283269ea'],
  [TEST.labels, '27ae3e4e09519cfbb04c329615203637'],
]);

/** Digits in a whole MNIST file. */
const WHOLE_COUNT = new Map([
  [TRAINING.images, 60_000],
  [TEST.images, 10_000],
]);

/** The path of a file of the folder, packed or not, or null if it has neither. */
export function findFile(folder: string, file: string): string | null {
  // MNIST's mirrors write the names with a dot or a dash.
  const names = [file, file.replace('-idx', '.idx')];
  const paths = names.flatMap((name) => [join(folder, `${name}.gz`), join(folder, name)]);
  return paths.find((path) => existsSync(path)) ?? null;
}

function readPart(folder: string, file: string): { bytes: Uint8Array; path: string } {
  const path = findFile(folder, file);
  if (!path) throw new DataError(`The folder "${folder}" has no ${file}.gz and no ${file}.`);
  try {
    return { bytes: unpack(readFileSync(path), path), path };
  } catch (fault) {
    if (fault instanceof DataError) throw fault;
    throw new DataError(`${path} cannot be read: ${messageOf(fault)}.`);
  }
}

/**
 * Reads one pair of files: MNIST's, or any others of the same names, such as those of Fashion-MNIST, KMNIST or EMNIST.
 * @param note gets a sentence for what looks wrong and may be right
 * @throws DataError that names the file and what is wrong with it
 */
export function readMnist(folder: string, part: MnistPart, note: (message: string) => void): Digits {
  const imageFile = readPart(folder, part.images);
  const labelFile = readPart(folder, part.labels);
  const { count, images } = readImages(imageFile.bytes, imageFile.path);
  const labels = readLabels(labelFile.bytes, labelFile.path);
  if (count !== labels.length) {
    throw new DataError(`The folder "${folder}" has ${count} images but ${labels.length} labels.`);
  }
  if (count === 0) throw new DataError(`${imageFile.path} holds no digits.`);
  const others = [[part.images, imageFile] as const, [part.labels, labelFile] as const].filter(
    ([file, { bytes }]) => createHash('md5').update(bytes).digest('hex') !== KNOWN_MD5.get(file),
  );
  if (count === WHOLE_COUNT.get(part.images) && others.length > 0) {
    const paths = others.map(([, { path }]) => path).join(' and ');
    note(`${paths}: as many digits as MNIST has, but not MNIST's; if it should be MNIST, it is damaged.`);
  }
  if (others.length === 0)
    return { name: part.name, count, images, labels, classNames: namesOfLabels(10), isMixed: true };
  for (const oddity of images.length === count * CELLS ? odditiesOf(images) : [])
    note(`The images in ${imageFile.path} ${ODDITIES[oddity]}.`);
  return { name: basename(resolve(folder)), count, images, labels, classNames: null };
}

/** The labels of a folder's training files, and their path. */
export function readTrainingLabels(folder: string): { labels: Uint8Array; path: string } {
  const { bytes, path } = readPart(folder, TRAINING.labels);
  return { labels: readLabels(bytes, path), path };
}

const ODDITIES: Readonly<Record<Oddity, string>> = {
  dim: 'have no value above 63; the ink of digits goes to 255',
  inverted: 'look inverted, dark ink on white; models are trained on bright ink on black',
  turned: 'look turned, rows and columns swapped as in EMNIST',
};

/**
 * Reads a file of images of any size and one of their labels.
 * @throws UserError that names the file and what is wrong with it
 */
export function readPair(imagesPath: string, labelsPath: string): Digits {
  const { count, images } = readImages(unpack(readInputFile(imagesPath), imagesPath), imagesPath);
  const labels = readLabels(unpack(readInputFile(labelsPath), labelsPath), labelsPath);
  if (count !== labels.length) {
    throw new DataError(`${imagesPath} holds ${count} images, but ${labelsPath} ${labels.length} labels.`);
  }
  if (count === 0) throw new DataError(`${imagesPath} holds no digits.`);
  return { name: basename(imagesPath), count, images, labels, classNames: null };
}

/** The stream of random numbers that draws what is kept for validation. */
const SPLIT_STREAM = 0x73706c74;

/**
 * Training digits cut into those to train on and those to validate with: 5,000, or a twelfth of fewer. Of MNIST these are
 * the last ones. Of other data they are drawn at random from every class, as its files may be sorted by class; they are
 * always the same, so that training and evaluation agree on them.
 */
export function splitTraining(all: Digits): { training: Digits; validation: Digits } {
  const held = all.count >= 2 * VALIDATION_COUNT ? VALIDATION_COUNT : Math.ceil(all.count / 12);
  if (all.name === TRAINING.name) {
    const cut = all.count - held;
    return {
      training: sliceDigits(all, 'MNIST training', 0, cut),
      validation: sliceDigits(all, 'MNIST validation', cut, all.count),
    };
  }
  const random = new Random(SPLIT_STREAM);
  const order = random.shuffle(Uint32Array.from({ length: all.count }, (_, place) => place));
  const left = new Map<number, number>();
  for (const label of all.labels) left.set(label, (left.get(label) ?? 0) + 1);
  // At least one of each class, but never the last.
  for (const [label, count] of left) {
    left.set(label, Math.min(count - 1, Math.max(1, Math.round((count * held) / all.count))));
  }
  const validation: number[] = [];
  const kept = new Set<number>();
  for (const place of order) {
    const label = all.labels[place];
    const wanted = left.get(label) ?? 0;
    if (wanted === 0) continue;
    left.set(label, wanted - 1);
    validation.push(place);
    kept.add(place);
  }
  if (validation.length === 0) {
    throw new DataError(
      `The data (${all.name}) has one image of each class; two are the fewest to train and validate.`,
    );
  }
  const training = [...all.labels.keys()].filter((place) => !kept.has(place));
  return {
    training: pickDigits(all, `${all.name} training`, training),
    validation: pickDigits(all, `${all.name} validation`, validation),
  };
}
