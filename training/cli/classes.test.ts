/** Data with classes of its own, from the command line. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import { writeSignFiles } from '../digits/made-up-digits.ts';
import { writeStrokeFiles } from '../strokes/made-up-strokes.ts';

/** Every command is a process of its own, which takes a second to start on a quiet machine. */
vi.setConfig({ testTimeout: 240_000 });

const ROOT = join(import.meta.dirname, '../..');
const SMALL = [
  'batch=4',
  'fresh=1',
  'mutated=1',
  'tail.fresh=1',
  'tail.mutated=1',
  'pool.size=6',
  'model.update.0.units=8',
];
const RUN = [
  '--preset',
  'tiny',
  ...SMALL.flatMap((setting) => ['--set', setting]),
  '--backend',
  'wasm',
  '--workers',
  '1',
];

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('training/cli', `${command}.ts`), ...args],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-classes-'));
  data = join(folder, 'signs');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('data with classes of its own', () => {
  it('is trained on, measured on every class, and its card’s commands make the same file', () => {
    writeSignFiles(data, { classes: 26, side: 16, each: 12 });
    const out = join(folder, 'run');
    const trained = run('train', ...RUN, '--data', data, '--steps', '2', '--out', out, '--check-digits', '26');
    expect(trained.stderr).toBe('');
    const model = join(out, 'model.ktx2');
    const { specification } = decodeModelFile(readFileSync(model));
    expect(specification.classes).toHaveLength(26);
    expect(specification.classes[25]).toEqual({ name: 'sign 25', color: [195, 0, 210] });
    expect(specification.channels).toEqual({ count: 30, ink: 0, firstLogit: 4 });
    expect(specification.training).toMatchObject({ data: 'signs training', folder: data });
    const report = readFileSync(join(out, 'report.html'), 'utf8');
    expect(report).toContain('sign 25');
    expect(report).toContain('<h2>The 26 classes</h2>');

    const card = join(folder, 'card.md');
    const evaluated = run(
      'evaluate',
      '--model',
      model,
      '--data',
      data,
      '--split',
      'test',
      '--limit',
      '26',
      '--drift',
      '0',
      '--merge',
      'sign 0=sign 7',
      '--json',
      '--card',
      card,
      '--backend',
      'wasm',
      '--workers',
      '1',
    );
    expect(evaluated.status).toBe(0);
    const { n, confusion, merged } = JSON.parse(evaluated.stdout) as {
      n: number;
      confusion: number[][];
      merged: { groups: string[][] };
    };
    expect([n, confusion.length, merged.groups]).toEqual([26, 26, [['sign 0', 'sign 7']]]);
    // Although the files are sorted by class.
    for (const votes of confusion) expect(votes.reduce((total, count) => total + count, 0)).toBe(1);

    const text = readFileSync(card, 'utf8');
    expect(text).toContain(`--data ${data}`);
    expect(text).toContain('With sign 0 = sign 7 counted as one class:');
    expect(text).toContain(" --merge 'sign 0=sign 7'");
    const command = /^npm run train -- (.*)$/m.exec(text)?.[1] ?? '';
    const again = join(folder, 'again');
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
    const repeated = run(
      'train',
      ...words,
      '--out',
      again,
      '--backend',
      'wasm',
      '--workers',
      '1',
      '--check-digits',
      '0',
    );
    expect(repeated.stderr).toBe('');
    expect(readFileSync(join(again, 'model.ktx2')).equals(readFileSync(model))).toBe(true);
  });

  it('is refused in one line, before a folder is made, where the model has no class for a label', () => {
    writeSignFiles(data, { classes: 26, side: 28, each: 2 });
    const few = join(folder, 'few.json');
    writeFileSync(few, JSON.stringify({ classes: ['sign 0', 'sign 1', 'sign 2'] }));
    const out = join(folder, 'run');
    const line =
      /^[^\n]+signs\) has the label 3, and the model has no such class; its classes are sign 0, sign 1, sign 2\.\n$/;
    const train = run('train', ...RUN, '--data', data, '--classes', few, '--out', out);
    expect([train.status, train.stdout]).toEqual([1, '']);
    expect(train.stderr).toMatch(line);

    const sweep = join(folder, 'sweep.json');
    writeFileSync(sweep, '{"preset": "tiny"}');
    const swept = run('train', '--sweep', sweep, '--data', data, '--classes', few, '--out', out);
    expect(swept.status).toBe(1);
    expect(swept.stderr).toMatch(line);
    expect(existsSync(out)).toBe(false);

    const merged = run('evaluate', '--model', 'assets/tiny.ktx2', '--merge', '0=O');
    expect([merged.status, merged.stdout]).toEqual([2, '']);
    expect(merged.stderr).toMatch(/the model has no class "O"; its classes are 0, 1, 2, [^\n]+\.\n/);

    const evaluated = run('evaluate', '--model', 'assets/tiny.ktx2', '--data', data);
    expect([evaluated.status, evaluated.stdout]).toEqual([1, '']);
    expect(evaluated.stderr).toMatch(/^[^\n]+has the class "sign \d+", and the model has no such class[^\n]+\n$/);
  });

  it('that nothing names has the labels as classes, and they are compared with a model by number', () => {
    writeSignFiles(data, { classes: 3, side: 28, each: 12 });
    rmSync(join(data, 'classes.json'));
    const out = join(folder, 'run');
    const trained = run('train', ...RUN, '--data', data, '--steps', '1', '--out', out, '--check-digits', '0');
    expect(trained.stderr).toBe('');
    const model = join(out, 'model.ktx2');
    const { classes } = decodeModelFile(readFileSync(model)).specification;
    expect(classes.map(({ name }) => name)).toEqual(['0', '1', '2']);

    const digits = join(folder, 'digits');
    writeSignFiles(digits, { classes: 10, side: 28, each: 2 });
    rmSync(join(digits, 'classes.json'));
    const pair = [
      '--images',
      join(digits, 't10k-images-idx3-ubyte'),
      '--labels',
      join(digits, 't10k-labels-idx1-ubyte'),
    ];
    for (const place of [['--data', digits, '--split', 'test'], pair]) {
      const evaluated = run('evaluate', '--model', model, ...place, '--limit', '2');
      expect([evaluated.status, evaluated.stdout]).toEqual([1, '']);
      expect(evaluated.stderr).toMatch(
        /^The data \([^\n]+\) has the label 3, and the model has no such class; its classes are 0, 1, 2\.\n$/,
      );
    }
    const fitting = run('evaluate', '--model', model, '--data', data, '--drift', '0', '--backend', 'wasm', '--json');
    expect(fitting.stderr).toBe('');
    expect(JSON.parse(fitting.stdout)).toMatchObject({ n: 3 });
  });

  it('may be pen strokes of any labels, some of which are none of the classes', () => {
    writeStrokeFiles(data);
    writeFileSync(join(data, 'classes.json'), JSON.stringify({ classes: ['1', 'heart', '7'], none: ['3', 'star'] }));
    const out = join(folder, 'run');
    const trained = run('train', ...RUN, '--strokes', data, '--steps', '2', '--out', out, '--check-digits', '4');
    expect(trained.stderr).toBe('');
    const { specification } = decodeModelFile(readFileSync(join(out, 'model.ktx2')));
    expect(specification.classes.map(({ name }) => name)).toEqual(['1', 'heart', '7']);
    expect(specification.training?.data).toBe('pen strokes');
    writeFileSync(join(data, 'classes.json'), JSON.stringify({ classes: ['1', 'A'] }));
    const lacking = run('train', ...RUN, '--strokes', data, '--out', join(folder, 'none'));
    expect(lacking.status).toBe(1);
    expect(lacking.stderr).toMatch(/^The strokes in [^\n]+ have no "A"\.\n$/);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
