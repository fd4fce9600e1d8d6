/** Data of one's own whose files are sorted by class: what is measured with it, and the classes that it asks for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../../engine/common/random/random.ts';
import { findPreset } from '../presets/index.ts';
import { digitAt, pickDigits, takeDigits, type Digits } from './digits.ts';
import { imagesFile, labelsFile, writeSignFiles } from './made-up-digits.ts';
import { TRAINING } from './mnist.ts';
import { classesOfData, openEvaluationDigits, openTrainingData, writeDigits } from './source.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-source-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const note = (): void => undefined;
const SIGNS = Array.from({ length: 6 }, (_, label) => `sign ${label}`);

/** How many there are of each of some labels. */
function countsOf(labels: Uint8Array, classes: number): number[] {
  return Array.from({ length: classes }, (_, label) => labels.filter((own) => own === label).length);
}

/** Training files with these labels and nothing that names them. */
function writeLabels(labels: readonly number[]): void {
  writeFileSync(join(folder, TRAINING.images), imagesFile(labels.length));
  writeFileSync(join(folder, TRAINING.labels), labelsFile(labels));
}

describe('data of one’s own that is sorted by class', () => {
  beforeEach(() => writeSignFiles(folder, { classes: 6, side: 28, each: 24 }));

  it('keeps as much of every class for validation, which training never draws', async () => {
    const recipe = { ...findPreset('tiny'), augmentation: null };
    const model = {
      ...recipe.model,
      classes: SIGNS.map((name) => ({ name, color: [0, 0, 0] as [number, number, number] })),
    };
    const { validation, draw } = await openTrainingData({ data: folder }, { ...recipe, model }, note);
    expect(countsOf(validation.labels, 6)).toEqual([2, 2, 2, 2, 2, 2]);
    const again = await openEvaluationDigits({ data: folder }, SIGNS, 'validation', Infinity, note);
    expect(again.images).toEqual(validation.images);
    const kept = Array.from({ length: 12 }, (_, place) => digitAt(validation, place).pixels.toString());
    const random = new Random(1);
    for (let count = 0; count < 300; count += 1) {
      expect(kept).not.toContain(draw(random, 'image').pixels.toString());
    }
  });

  it('is measured on every class however few are asked for, of either split and of a pair of files', async () => {
    const pair = { images: join(folder, 't10k-images-idx3-ubyte'), labels: join(folder, 't10k-labels-idx1-ubyte') };
    for (const [choice, split] of [
      [{ data: folder }, 'test'],
      [{ data: folder }, 'validation'],
      [pair, 'test'],
    ] as const) {
      const { labels } = await openEvaluationDigits(choice, SIGNS, split, 6, note);
      expect(countsOf(labels, 6)).toEqual([1, 1, 1, 1, 1, 1]);
    }
    const some = await openEvaluationDigits({ data: folder }, SIGNS, 'test', 50, note);
    for (const count of countsOf(some.labels, 6)) expect([8, 9]).toContain(count);
    const all = await openEvaluationDigits({ data: folder }, SIGNS, 'test', 1000, note);
    expect([all.count, all.places]).toEqual([144, undefined]);
    expect(pickDigits(all, all.name, some.places ?? []).images, 'their places in the split').toEqual(some.images);
  });

  it('is in the order of a model that has the classes in another one', async () => {
    const { labels } = await openEvaluationDigits({ data: folder }, [...SIGNS].reverse(), 'test', 6, note);
    expect([...labels]).toEqual([5, 4, 3, 2, 1, 0]);
  });
});

describe('some of the digits', () => {
  it('are the first ones where the order mixes the classes, as MNIST’s does', () => {
    const digits = writeDigits(30);
    expect([...takeDigits(digits, 7).labels]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('are of all classes where the labels go round, too, and never the same one twice', () => {
    const digits: Digits = { ...writeDigits(100), isMixed: undefined };
    const some = takeDigits(digits, 20);
    expect(countsOf(some.labels, 10)).toEqual(Array.from({ length: 10 }, () => 2));
    expect(new Set(some.places).size).toBe(20);
    const fewer = takeDigits(some, 10);
    expect(countsOf(fewer.labels, 10)).toEqual(Array.from({ length: 10 }, () => 1));
    expect(pickDigits(digits, '', fewer.places ?? []).images).toEqual(fewer.images);
  });
});

describe('labels without a class file', () => {
  const known = findPreset('tiny').model.classes;

  it('are the classes: as many as there are labels, with the names and colours that a preset has for them', () => {
    writeLabels([0, 1, 2, 2, 1, 0]);
    expect(classesOfData({ data: folder }, known)?.classes).toEqual(known.slice(0, 3));
    writeLabels([11, 0]);
    expect(classesOfData({ data: folder }, known)?.classes.map(({ name }) => name)).toEqual(
      Array.from({ length: 12 }, (_, label) => String(label)),
    );
  });

  it('leave a preset as it is if it has just those, or if there are pen strokes as well', () => {
    writeLabels([0, 9]);
    expect(classesOfData({ data: folder }, known)).toBeNull();
    expect(classesOfData({}, known)).toBeNull();
    writeLabels([0, 2]);
    expect(classesOfData({ data: folder, strokes: 'handwriting' }, known)).toBeNull();
  });

  it('are refused if they make no model', () => {
    writeLabels([0, 0]);
    expect(() => classesOfData({ data: folder }, known)).toThrow(/holds no label above 0; a model has two classes/);
    writeLabels([0, 48]);
    expect(() => classesOfData({ data: folder }, known)).toThrow(/holds the label 48; a model has 48 classes at most/);
  });
});

it('strokes that a recipe draws from have to be named', async () => {
  await expect(openTrainingData({}, findPreset('alphabet'), note)).rejects.toThrow(
    /draws from pen strokes; name their folder with --strokes DIR/,
  );
});
