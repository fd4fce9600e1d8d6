import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeTrainingFiles } from '../digits/made-up-digits.ts';
import { writeStrokeFiles } from '../strokes/made-up-strokes.ts';
import { checkCombination, furtherImages, mainData, type Values } from './evaluate-options.ts';
import { openStrokes, parseStrokeSizes } from './evaluate-strokes.ts';

/** The command is a process of its own, which takes seconds to start on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const TWO_SETS = { images: ['a', 'b'], labels: ['c', 'd'] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-evaluate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what is evaluated', () => {
  it('is the data that is named, with pairs of images beside it', () => {
    expect(mainData({ data: 'mnist', ...TWO_SETS })).toMatchObject({ data: 'mnist' });
    expect(furtherImages({ data: 'mnist', ...TWO_SETS })).toMatchObject([
      { images: 'a', labels: 'c' },
      { images: 'b', labels: 'd' },
    ]);
  });

  it('is the first pair if no data is named', () => {
    expect(mainData(TWO_SETS)).toMatchObject({ images: 'a', labels: 'c' });
    expect(furtherImages(TWO_SETS)).toMatchObject([{ images: 'b', labels: 'd' }]);
    expect(furtherImages({ images: ['a'], labels: ['c'] })).toEqual([]);
  });

  it.each<[Values, RegExp]>([
    [{ images: ['a', 'b'], labels: ['c'] }, /--images and --labels belong together/],
    [{ images: ['a'], labels: ['c'], synthetic: true }, /--images and --synthetic contradict each other/],
    [{ ...TWO_SETS, robustness: true }, /--robustness is measured on one set/],
    [{ data: 'mnist', strokes: 'b' }, /--strokes and --data contradict each other/],
  ])('is refused where it makes no sense: %j', (values, message) => {
    expect(() => checkCombination(values)).toThrow(message);
  });

  it('may be images with --robustness, and strokes beside both in a card', () => {
    expect(() => checkCombination({ images: ['a'], labels: ['c'], robustness: true })).not.toThrow();
    expect(() => checkCombination({ data: 'mnist', ...TWO_SETS, strokes: 'e', card: 'f' })).not.toThrow();
  });
});

describe('the sizes of strokes', () => {
  it('are lists of heights and radii', () => {
    expect(parseStrokeSizes({ heights: '18,28.5', radius: '1.5,2.2' })).toEqual({
      ...{ heights: [18, 28.5], radii: [1.5, 2.2], steps: 100 },
    });
    expect(() => parseStrokeSizes({ radius: '1.5,' })).toThrow(/--radius takes a number from 0\.1 to 20/);
  });
});

describe('the strokes that are measured', () => {
  it('have shapes beside them where a folder is named and the classes are digits', () => {
    writeStrokeFiles(folder);
    const files = ['digits-validation.json', 'hearts-validation.json.gz'];
    const named = (place: string, classNames: readonly string[]): string[] =>
      openStrokes(place, classNames).map(({ name }) => name);
    expect(named(folder, DIGITS)).toEqual([...files, 'shapes']);
    expect(named(join(folder, files[0]), DIGITS)).toEqual([files[0]]);
    expect(named(folder, [...DIGITS, 'A'])).toEqual(files);
    const own = openStrokes('handwriting', DIGITS);
    expect(openStrokes(folder, DIGITS)[2]).toEqual(own[own.length - 1]);
  });
});

describe('a card', () => {
  it('has images beside the data, strokes at the sizes that are asked for, and changes at their own', () => {
    const [data, strokes, model] = ['data', 'strokes', 'tiny.ktx2'].map((name) => join(folder, name));
    writeTrainingFiles(data, 36);
    writeStrokeFiles(strokes);
    cpSync('assets/tiny.ktx2', model);
    const [images, labels] = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'].map((name) => join(data, name));
    const card = join(folder, 'tiny.md');
    const { stderr, stdout, status } = spawnSync(
      process.execPath,
      [
        ...['--import', 'tsx', 'training/cli/evaluate.ts', '--model', model, '--card', card, '--json'],
        ...['--data', data, '--images', images, '--labels', labels, '--limit', '2', '--drift', '0'],
        ...['--strokes', strokes, '--heights', '12', '--radius', '1,1.5', '--steps', '3'],
        ...['--backend', 'wasm', '--workers', '1'],
      ],
      { encoding: 'utf8' },
    );
    expect([stderr, status]).toEqual([`Wrote ${card}.\n`, 0]);
    expect(JSON.parse(stdout)).toMatchObject({ n: 2, images: [{ name: 'train-images-idx3-ubyte', n: 2 }] });
    const text = readFileSync(card, 'utf8');
    expect(text).toMatch(/^\| train-images-idx3-ubyte \| 2 \|/m);
    expect(text).toMatch(/^\| digits-validation\.json \| 12 \| 1 \| 2 \|/m);
    expect(text).toMatch(/^\| shapes \| 12 \| 1\.5 \| 2 \|/m);
    expect(text).toMatch(/^\| 12, radius 1\.5 \| 2 \|/m);
    // Each of 14 changes once at each of four heights, though strokes have one height.
    expect(text).toMatch(/^\d+ of 56 followed\.$/m);
    expect(text).toContain(`--data ${data} --images ${images} --labels ${labels} --strokes DIR --heights 12`);
  });
});
