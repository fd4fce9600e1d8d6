import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import { writeStrokeFiles } from '../strokes/made-up-strokes.ts';
import { writeTrainingFiles } from '../digits/made-up-digits.ts';

/** Every command is a process of its own, which takes a second to start on a quiet machine. */
vi.setConfig({ testTimeout: 120_000 });

const ROOT = join(import.meta.dirname, '../..');
const SMALL = [
  '--preset',
  'tiny',
  '--batch',
  '4',
  '--set',
  'fresh=1',
  '--set',
  'mutated=1',
  '--set',
  'tail.fresh=1',
  '--set',
];
const RUN = [
  ...SMALL,
  'tail.mutated=1',
  '--set',
  'pool.size=6',
  '--set',
  'model.update.0.units=8',
  '--backend',
  'wasm',
];

function argumentsOf(command: 'train' | 'evaluate', args: string[]): string[] {
  return ['--import', 'tsx', join('training/cli', `${command}.ts`), ...args];
}

function run(command: 'train' | 'evaluate', ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, argumentsOf(command, args), {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the commands', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nca-cli-'));
    writeTrainingFiles(join(folder, 'data'), 36);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('train a model, evaluate it and write its accuracy into its file', () => {
    const out = join(folder, 'run');
    const data = join(folder, 'data');
    const trained = run('train', ...RUN, '--data', data, '--out', out, '--steps', '3', '--seed', '7', '--json');
    expect(trained.stderr).toBe('');
    expect(trained.status).toBe(0);
    const lines = trained.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ event: 'begin', step: 0, steps: 3, seed: 7 });
    expect(lines[0].recipe).toMatchObject({ name: 'tiny', batch: 4, steps: 3, seed: 7, pool: { size: 6 } });
    const events = ['note', 'step', 'check', 'checkpoint'];
    expect([...new Set(lines.slice(1).map(({ event }) => event))].sort()).toEqual(events.sort());
    expect(lines.at(-1)).toMatchObject({ model: join(out, 'model.ktx2') });
    const model = join(out, 'model.ktx2');
    expect(decodeModelFile(readFileSync(model)).specification.training).toMatchObject({ preset: 'tiny', steps: 3 });

    const evaluated = run(
      'evaluate',
      '--model',
      model,
      '--data',
      data,
      '--backend',
      'wasm',
      '--workers',
      '1',
      '--json',
      '--write',
    );
    expect(evaluated.stderr).toBe('');
    const result = JSON.parse(evaluated.stdout) as Record<string, unknown>;
    expect(result).toMatchObject({ model: 'tiny', n: 4, split: 'validation', seed: 0 });
    expect(Object.keys(result.steps as object)).toEqual(['20', '80', '200']);
    expect(decodeModelFile(readFileSync(model)).specification.accuracy).toMatchObject({ digits: 4, seed: 0 });

    const table = run('evaluate', '--model', out, '--data', data, '--backend', 'wasm', '--workers', '1');
    expect(table.stdout).toMatch(/^4 digits, [^\n]+, seed 0\n\n\| model \| @20 \|.*\n.*\n\| `tiny` \| [^\n]+ \|\n$/);
  });

  it('go on from a finished model, which its successor names, and refuse one of another architecture', () => {
    const data = ['--data', join(folder, 'data')];
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    expect(run('train', ...RUN, ...data, '--out', first, '--steps', '2', '--check-digits', '0').status).toBe(0);
    const from = ['--from', join(first, 'model.ktx2')];
    const args = [...RUN, ...data, ...from, '--steps', '1', '--seed', '5', '--set', 'optimizer.peak=0'];
    expect(run('train', ...args, '--set', 'averageDecay=0', '--out', second, '--check-digits', '0').status).toBe(0);
    const [one, other] = [first, second].map((out) => decodeModelFile(readFileSync(join(out, 'model.ktx2'))));
    // A rate of zero leaves the weights as they were.
    expect(other.weights).toEqual(one.weights);
    expect(other.specification.training).toMatchObject({ steps: 1, seed: 5, earlier: [{ preset: 'tiny', steps: 2 }] });
    const wider = join(folder, 'wider');
    const more = ['--set', 'model.update.0.units=12', '--set', 'averageDecay=0', '--out', wider, '--check-digits', '0'];
    expect(run('train', ...args, ...more).status).toBe(0);
    const { specification } = decodeModelFile(readFileSync(join(wider, 'model.ktx2')));
    expect(specification.update.map(({ units }) => units)).toEqual([12, 5]);
    // Its preset has other units than the narrow run had.
    expect(specification.training?.earlier?.at(0)?.settings?.['model.update.0.units']).toBe('8');
    const third = join(folder, 'third');
    const misfit = run('train', '--preset', 'cax', ...data, ...from, '--out', third);
    expect(misfit.stderr).toMatch(/first.model\.ktx2" is of another architecture than "cax" trains: its perceive/);
    expect(misfit.status).toBe(1);
    expect(existsSync(third)).toBe(false);
  });

  it('train on pen strokes as well, which the model records, and measure with others', () => {
    const [out, data, strokes] = ['run', 'data', 'strokes'].map((name) => join(folder, name));
    writeStrokeFiles(strokes);
    const options = [...RUN, '--data', data, '--out', out, '--steps', '2', '--set', 'strokes.height=[10,14]'];
    const trained = run('train', ...options, '--strokes', strokes);
    expect(trained.stderr).toBe('');
    expect(trained.status).toBe(0);
    const model = join(out, 'model.ktx2');
    const record = decodeModelFile(readFileSync(model)).specification.training;
    expect(record?.data).toMatch(/ and pen strokes$/);
    expect(record?.strokes?.map(({ name }) => name)).toEqual(['digits-train.json.gz', 'hearts-train.json.gz']);
    expect(record?.settings?.['strokes']).toContain('"height":[10,14]');
    expect(run('train', '--out', out, '--data', data, '--resume', '--steps', '3').stderr).toMatch(
      /draws from pen strokes; name their folder with --strokes DIR/,
    );

    const measured = ['--model', model, '--backend', 'wasm', '--workers', '1', '--json'];
    const found = run(
      'evaluate',
      ...measured,
      '--strokes',
      strokes,
      '--heights',
      '12,16',
      '--steps',
      '5',
      '--limit',
      '4',
    );
    expect(found.stderr).toBe('');
    const { strokes: rows } = JSON.parse(found.stdout) as { strokes: Record<string, unknown>[] };
    expect(rows.map(({ file, height, radius, n }) => [file, height, radius, n])).toEqual([
      ['digits-validation.json', 12, 1.5, 4],
      ['digits-validation.json', 16, 1.5, 4],
      ['hearts-validation.json.gz', 12, 1.5, 2],
      ['hearts-validation.json.gz', 16, 1.5, 2],
      ['shapes', 12, 1.5, 4],
      ['shapes', 16, 1.5, 4],
    ]);
    const shares = ['cellAccuracy', 'agreement', 'majorityAccuracy', 'undecided'];
    for (const row of rows) for (const share of shares) expect(row[share]).toBeGreaterThanOrEqual(0);

    const images = [
      '--images',
      join(data, 'train-images-idx3-ubyte'),
      '--labels',
      join(data, 'train-labels-idx1-ubyte'),
    ];
    const own = run('evaluate', ...measured, ...images, '--limit', '5', '--drift', '0');
    expect(own.stderr).toBe('');
    expect(JSON.parse(own.stdout)).toMatchObject({ n: 5 });
  });

  it('stop on Ctrl-C with a checkpoint and code 130, and resume from it', async () => {
    const out = join(folder, 'run');
    const options = [...RUN, '--data', join(folder, 'data'), '--out', out];
    const child = spawn(process.execPath, argumentsOf('train', [...options, '--steps', '1000000']), { cwd: ROOT });
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('1/1000000') && !child.killed) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(code).toBe(130);
    expect(said).toMatch(/Stopped at step \d+; --resume goes on from there\./);
    const step = Number(/Stopped at step (\d+)/.exec(said)?.[1]);
    const resumed = run(
      'train',
      '--out',
      out,
      '--data',
      join(folder, 'data'),
      '--resume',
      '--steps',
      String(step + 2),
      '--set',
      'optimizer.peak=0.002',
      '--backend',
      'wasm',
    );
    expect(resumed.status).toBe(0);
    expect(resumed.stdout).toContain(`from step ${step} to ${step + 2}`);
    expect(resumed.stdout).toMatch(
      new RegExp(
        `^From step ${step} on, the settings are others: steps from 1000000 to ${step + 2}, optimizer\\.peak from [0-9.]+ to 0\\.002\\.$`,
        'm',
      ),
    );
    const other = run('train', '--out', out, '--resume', '--set', 'model.update.0.units=9');
    expect(other.status).toBe(1);
    expect(other.stderr).toMatch(/of another architecture than "tiny": its update are/);
  });

  it('begin anew beside what an earlier run left, and leave a finished model as it is on a resume', () => {
    const out = join(folder, 'run');
    const options = [...RUN, '--data', join(folder, 'data'), '--out', out, '--steps', '1', '--check-digits', '0'];
    expect(run('train', ...options).status).toBe(0);
    const first = readFileSync(join(out, 'model.ktx2'));
    writeFileSync(join(out, 'model.ktx2'), 'measured');
    const resumed = run('train', '--out', out, '--resume', '--data', join(folder, 'data'), '--backend', 'wasm');
    expect(resumed.stdout).toMatch(/^The run is finished: the model is .*model\.ktx2\. More --steps make it go on\.$/m);
    expect(readFileSync(join(out, 'model.ktx2'), 'utf8')).toBe('measured');

    const again = run('train', ...options);
    expect(again.stdout).toMatch(/The files of an earlier run in .* are now in ".*earlier-1"\./);
    expect(readFileSync(join(out, 'earlier-1', 'model.ktx2'), 'utf8')).toBe('measured');
    expect(existsSync(join(out, 'earlier-1', 'checkpoint.safetensors'))).toBe(true);
    expect(readFileSync(join(out, 'model.ktx2')).equals(first)).toBe(true);
  });

  it.each(['/proc/nowhere', '/dev/null/run'])('refuse to write to %s at once', (out) => {
    const result = run('train', ...RUN, '--data', join(folder, 'data'), '--out', out, '--steps', '1');
    expect(result.stderr).toMatch(/^The folder "\/(?:proc|dev)[^"]*" cannot be created: [^\n]+\n$/);
    expect(result.status).toBe(1);
  });

  it.each([
    ['npm', ['run', 'train', '--']],
    [process.execPath, [join(ROOT, 'engine/cli/run.mjs'), 'train']],
  ])('end with a checkpoint and without a lock when what started them is killed: %s', async (command, first) => {
    const out = join(folder, 'run');
    const args = [...RUN, '--data', join(folder, 'data'), '--out', out, '--steps', '1000000', '--json'];
    const child = spawn(command, [...first, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    const ended = new Promise((resolve) => child.stdout.on('close', resolve));
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('"event":"step"')) child.kill('SIGKILL');
    });
    // The pipe is closed when the last process that writes to it is gone.
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    expect(said).toMatch(/Stopped at step \d+; --resume goes on from there\./);
    expect(existsSync(join(out, 'run.lock'))).toBe(false);
  });

  it.each([
    [['--preset', 'huge'], 1, /There is no preset "huge"; there are/],
    [['--stepps', '3'], 2, /Unknown option '--stepps'/],
    [['--set', 'optimizer.warmth=1'], 1, /no field "optimizer.warmth".*This works: --set optimizer\.peak=0\.003$/m],
    [['--set', 'model.update.1.units=3'], 1, /^The model's .*This works: --set model\.update\.1\.units=15$/m],
    [['--set', 'loss=crossEntropy'], 1, /This works: --set loss='\{"l2":0,"crossEntropy":1\}'$/m],
    [['--from', '/nowhere.ktx2'], 1, /no file "\/nowhere\.ktx2"/],
    [['--from', 'package.json'], 1, /package\.json: /],
    [['--from', 'a.ktx2', '--resume'], 2, /--from and --resume contradict each other/],
    [['--synthetic', '--strokes', '/nowhere'], 1, /There is no file or folder "\/nowhere"/],
    [['--data', '/nowhere'], 1, /The folder "\/nowhere" has no train-labels/],
  ])('refuse %j in one line', (args, status, message) => {
    const out = join(folder, 'run');
    const result = run('train', ...args, '--out', out);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.status).toBe(status);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [['--model', 'package.json'], 1, /package.json: This is JSON and no model/],
    [['--model', 'README.md'], 1, /README.md: This is not a safetensors file, but text that begins with "# Self-c"/],
    [['--model', 'a.ktx2', '--strokes', 'b', '--write'], 2, /--strokes and --write contradict each other/],
    [['--model', 'a.ktx2', '--radius', '2'], 2, /--radius is for --strokes/],
    [['--model', 'a.ktx2', '--images', 'b'], 2, /--images and --labels belong together/],
    [['--model', 'assets/tiny.ktx2', '--strokes', '/nowhere'], 1, /no file or folder "\/nowhere"/],
    [
      ['--model', 'assets/tiny.ktx2', '--strokes', '.', '--heights', '14,-2'],
      2,
      /--heights takes a number from 0.1 to 200, not "-2"/,
    ],
    [['--model', 'package.json', '--split', 'moon'], 2, /--split takes validation, test/],
    [['--model', 'assets', '--json'], 2, /--json is for one model, and "[^"]*assets" is a folder/],
    [['--model', 'shaders'], 1, /There is no model \(\.ktx2\) in the folder "[^"]*shaders"/],
  ])('refuse to evaluate %j in one line', (args, status, message) => {
    const result = run('evaluate', ...args);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.status).toBe(status);
  });
});
