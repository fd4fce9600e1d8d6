import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEvaluation } from './measured.ts';
import { describeRanking, rankSettings, readResult, type RunResult } from './ranking.ts';
import { chooseShard, itemsOf } from './shard.ts';
import { parseSweep } from './sweep-file.ts';
import { runSweep, type Command } from './sweep.ts';

const SWEEP = JSON.stringify({
  preset: 'tiny',
  set: { steps: 10 },
  grid: { 'optimizer.peak': [0.001, 0.004] },
  list: [{ averageDecay: 0.9 }, { averageDecay: 0.99 }],
  seeds: [1, 2],
  evaluate: { digits: 7 },
});

describe('a sweep file', () => {
  it('is every combination of its list, its grid and its seeds, each with a name of its own', () => {
    const { runs, measure } = parseSweep(SWEEP);
    expect(runs).toHaveLength(8);
    expect(runs[1]).toEqual({
      name: 'averageDecay=0.9,optimizer.peak=0.001,seed=2',
      setting: 'averageDecay=0.9,optimizer.peak=0.001',
      preset: 'tiny',
      fields: { steps: 10, averageDecay: 0.9, 'optimizer.peak': 0.001, seed: 2 },
    });
    expect(new Set(runs.map(({ name }) => name)).size).toBe(8);
    expect(measure).toEqual({ digits: 7, rankBy: ['cellAccuracy', 'agreement'] });
  });

  it('gives settings that make long or odd names names that are folders’', () => {
    const { runs } = parseSweep(
      '{"preset": "accurate", "list": [{"augmentation": null}, {"augmentation": {"share":0.1,"scale":[1,1],"rotationDegrees":[0,0],"shiftCells":[0,0],"shear":[0,0],"dilated":0,"eroded":0,"dead":0,"deadMost":0,"handwriting":0}}]}',
    );
    expect(runs[0].name).toBe('augmentation=null');
    expect(runs[1].name).toMatch(/^augmentation=_[A-Za-z0-9.,=_+-]{30,80}-[0-9a-f]{8}$/);
  });

  it.each([
    ['{', /is no JSON/],
    ['{"presett": "tiny"}', /presett/],
    ['{"preset": "huge"}', /no preset "huge"/],
    ['{"grid": {"optimizer.warmth": [1]}}', /no field "optimizer.warmth"/],
    ['{"grid": {"batch": [16, 2]}}', /fresh 4 and mutated 4 are more than the batch of 2/],
    ['{"grid": {"batch": []}}', /batch/],
    ['{"grid": {"batch": [16, 16]}}', /holds the setting "batch=16" twice/],
    [`{"seeds": [${Array.from({ length: 10_001 }, (_, seed) => seed).join()}]}`, /asks for 10001 runs/],
  ])('is refused in a sentence: %s', (text, message) => {
    expect(() => parseSweep(text)).toThrow(message);
  });
});

describe('a shard', () => {
  it('is read from the option, a SLURM array or an indexed Kubernetes job, in this order', () => {
    const slurm = { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_TASK_MIN: '3', SLURM_ARRAY_TASK_STEP: '2', SLURM_ARRAY_TASK_COUNT: '4' }; // prettier-ignore
    const kubernetes = { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '5' };
    expect(chooseShard('2/3', { ...slurm, ...kubernetes })).toMatchObject({ index: 2, count: 3 });
    expect(chooseShard(undefined, { ...slurm, ...kubernetes })).toMatchObject({ index: 3, count: 4 });
    expect(chooseShard(undefined, kubernetes)).toMatchObject({ index: 1, count: 5, source: 'the Kubernetes job' });
    expect(chooseShard(undefined, {})).toMatchObject({ index: 1, count: 1 });
  });

  it.each([
    ['0/2', {}, /--shard takes I\/N with I from 1 to N/],
    ['3/2', {}, /--shard takes/],
    ['1', {}, /--shard takes/],
    [undefined, { JOB_COMPLETION_INDEX: '1' }, /JOB_COMPLETIONS, the number of pods, is not/],
    [undefined, { JOB_COMPLETION_INDEX: '5', JOB_COMPLETIONS: '5' }, /says part 6 of 5/],
    [
      undefined,
      { SLURM_ARRAY_TASK_ID: 'x', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_COUNT: '2' },
      /SLURM_ARRAY_TASK_ID should be a whole number/,
    ],
  ])('that makes no sense is refused: %s %j', (option, environment, message) => {
    expect(() => chooseShard(option, environment)).toThrow(message);
  });

  it('and the others together are everything, once', () => {
    const items = Array.from({ length: 11 }, (_, index) => index);
    const parts = [1, 2, 3].map((index) => itemsOf(items, { index, count: 3 }));
    expect(parts.flat().sort((a, b) => a - b)).toEqual(items);
  });
});

describe('a sweep', () => {
  let folder: string;
  let calls: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nca-sweep-'));
    calls = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const scores = (share: number) => ({
    cellAccuracy: share,
    agreement: share / 2,
    unanimousCorrect: 0,
    majorityAccuracy: 1,
  });
  /** Trains nothing: a run is worth its peak, and seed 2 explodes. */
  const command: Command = async (name, args) => {
    calls.push(name);
    const value = (flag: string): string => args.find((arg) => arg.startsWith(flag))?.slice(flag.length) ?? '';
    if (name === 'train' && value('seed=') === '2')
      return { code: 1, output: '', fault: 'The loss exploded again.\nmore' };
    const worth = args.join(' ').includes('peak=0.004') ? 0.9 : 0.8;
    const steps = { 20: scores(0.5), 80: scores(worth), 200: scores(worth) };
    return { code: 0, output: JSON.stringify({ n: 7, steps, flicker: 0.001 }), fault: '' };
  };
  const options = (signal = new AbortController().signal) => ({
    folder,
    measure: parseSweep(SWEEP).measure,
    training: ['--synthetic'],
    measuring: ['--synthetic'],
    note: () => undefined,
    signal,
    command,
  });

  it('done in shards is ranked as a whole; what failed comes last with its reason, and only that is tried again', async () => {
    const { runs, measure } = parseSweep(SWEEP);
    for (const index of [1, 2]) await runSweep(itemsOf(runs, { index, count: 2 }), options());
    expect(calls).toHaveLength(12);
    const results = runs.flatMap((run) => readResult(folder, run) ?? []);
    const ranked = rankSettings(runs, results, measure.rankBy);
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    expect(ranked[0]).toMatchObject({ name: 'averageDecay=0.9,optimizer.peak=0.004', seeds: [1], deviation: null });
    expect(ranked[0].faults).toEqual([
      { name: 'averageDecay=0.9,optimizer.peak=0.004,seed=2', fault: 'The loss exploded again.' },
    ]);
    const table = describeRanking(ranked).split('\n');
    expect(table).toHaveLength(9);
    expect(table[1]).toMatch(
      /^ +1 {2}averageDecay=0.9,optimizer.peak=0.004 +90.00 +45.00 +90.00 +45.00 +100.00 +0.10$/,
    );
    expect(table[2]).toBe('      averageDecay=0.9,optimizer.peak=0.004,seed=2: The loss exploded again.');
    await runSweep(runs, options());
    expect(calls.slice(12)).toEqual(['train', 'train', 'train', 'train']);
  });

  it('that is interrupted leaves no result for the run in progress', async () => {
    const stopping = new AbortController();
    const { runs } = parseSweep(SWEEP);
    const interrupted: Command = async () => {
      stopping.abort();
      return { code: 143, output: '', fault: '' };
    };
    await runSweep(runs, { ...options(stopping.signal), command: interrupted });
    expect(readdirSync(folder)).toEqual([runs[0].name]);
    expect(existsSync(join(folder, runs[0].name, 'result.json'))).toBe(false);
  });
});

describe('the ranking', () => {
  it('passes over a result file that is damaged', () => {
    expect(readResult('/nowhere', { name: 'x' })).toBeNull();
    const { runs } = parseSweep('{"preset": "tiny"}');
    const none: RunResult = { name: 'plain', fields: {}, evaluation: null, fault: null };
    expect(describeRanking(rankSettings(runs, [none], ['agreement']))).toContain('plain: not finished');
  });

  it('has one row for each setting: the mean of its seeds, and their deviation', () => {
    const { runs } = parseSweep('{"preset": "tiny", "grid": {"optimizer.peak": [0.001, 0.004]}, "seeds": [1, 2, 3]}');
    const share = (run: (typeof runs)[number]): number =>
      Number(run.fields['seed']) / 10 + (run.setting.endsWith('0.004') ? 0.5 : 0.3);
    const results = runs.map((run): RunResult => {
      const all = {
        cellAccuracy: share(run),
        agreement: share(run),
        unanimousCorrect: share(run),
        majorityAccuracy: share(run),
        undecided: 0,
      };
      const steps = { 20: all, 80: all, 200: all };
      return { name: run.name, fields: run.fields, evaluation: { n: 7, steps, flicker: 0 }, fault: null };
    });
    const ranked = rankSettings(runs, results, ['agreement']);
    expect(ranked.map(({ rank, name, seeds }) => ({ rank, name, seeds }))).toEqual([
      { rank: 1, name: 'optimizer.peak=0.004', seeds: [1, 2, 3] },
      { rank: 2, name: 'optimizer.peak=0.001', seeds: [1, 2, 3] },
    ]);
    expect(ranked[0].score).toBeCloseTo(0.7, 10);
    expect(ranked[0].deviation?.steps['80'].agreement).toBeCloseTo(0.1, 10);
    expect(ranked[0].fields).toEqual({ 'optimizer.peak': 0.004 });
    const table = describeRanking(ranked).split('\n');
    expect(table).toHaveLength(3);
    expect(table[1]).toMatch(/^ +1 {2}optimizer.peak=0.004(?: +70\.00 ± 10\.00){5} +0\.00 ± 0\.00$/);
  });
});

describe('the measurement of a model', () => {
  it('on pen strokes is the mean of all files and heights, each by its glyphs', () => {
    const row = (n: number, share: number): object => {
      const shares = { cellAccuracy: share, agreement: share, majorityAccuracy: share, undecided: 0 };
      return { file: 'x', height: 14, radius: 1.5, n, ...shares };
    };
    const evaluation = readEvaluation(JSON.stringify({ model: 'x', strokes: [row(30, 0.5), row(10, 0.9)], forms: [] }));
    expect(evaluation).toMatchObject({ n: 40, flicker: null });
    expect(Object.keys(evaluation.steps)).toEqual(['200']);
    expect(evaluation.steps['200'].agreement).toBeCloseTo(0.6, 10);

    const { runs } = parseSweep('{"preset": "tiny", "seeds": [1, 2]}');
    const results = runs.map((run): RunResult => ({ name: run.name, fields: run.fields, evaluation, fault: null }));
    const [, line] = describeRanking(rankSettings(runs, results, ['agreement'])).split('\n');
    expect(line).toMatch(/^ +1 {2}plain +– +–(?: +60\.00 ± 0\.00){3} +–$/);
  });

  it('is refused if it is something else', () => {
    for (const text of ['', '{}', '{"strokes": []}', '{"n": 7, "steps": {"200": {"agreement": 2}}, "flicker": 0}']) {
      expect(() => readEvaluation(text)).toThrow();
    }
  });
});

describe('the job files', () => {
  const folder = join(import.meta.dirname, '../cluster');

  it('for SLURM are scripts that bash reads, and hand the array on', () => {
    const path = join(folder, 'sweep.sbatch');
    expect(spawnSync('bash', ['-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^#SBATCH --array=/m);
    expect(text).toContain('npm run train -- --sweep');
  });

  it('for Kubernetes are an indexed job whose pods know how many they are', () => {
    const text = readFileSync(join(folder, 'sweep-job.yaml'), 'utf8');
    expect(text).not.toContain('\t');
    expect(text).toMatch(/completionMode: Indexed/);
    const completions = /^ {2}completions: (\d+)$/m.exec(text)?.[1];
    expect(/name: JOB_COMPLETIONS\n +value: '(\d+)'/.exec(text)?.[1]).toBe(completions);
  });
});
