/** Sweeps from the command line: every run and every measurement is a process of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import { writeSignFiles } from '../digits/made-up-digits.ts';
import { writeStrokeFiles } from '../strokes/made-up-strokes.ts';

vi.setConfig({ testTimeout: 480_000 });

const ROOT = join(import.meta.dirname, '../..');
const SMALL = {
  steps: 1,
  batch: 4,
  fresh: 1,
  mutated: 1,
  'tail.fresh': 1,
  'tail.mutated': 1,
  'pool.size': 6,
  rollout: 3,
  'model.update.0.units': 8,
};
const QUICK = ['--backend', 'wasm', '--workers', '1', '--check-digits', '0'];

function train(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'training/cli/train.ts', ...args, ...QUICK],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-sweeps-'));
  out = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeSweep(sweep: object): string {
  const path = join(folder, 'sweep.json');
  writeFileSync(path, JSON.stringify(sweep));
  return path;
}

interface Ranking {
  readonly runs: number;
  readonly results: {
    name: string;
    rank: number;
    score: number;
    seeds: number[];
    evaluation: { n: number; steps: Record<string, Record<string, number>> };
    deviation: { steps: Record<string, Record<string, number>> } | null;
    faults: unknown[];
  }[];
}

function readRanking(): Ranking {
  return JSON.parse(readFileSync(join(out, 'ranking.json'), 'utf8')) as Ranking;
}

describe('a sweep', () => {
  it('of two settings with three seeds ends in two ranked rows, with means and deviations', () => {
    const data = join(folder, 'signs');
    writeSignFiles(data, { classes: 3, side: 28, each: 12 });
    const grid = { 'optimizer.peak': [0.001, 0.02] };
    const sweep = writeSweep({ preset: 'tiny', set: SMALL, grid, seeds: [1, 2, 3], evaluate: { digits: 3 } });
    const { status, stdout, stderr } = train('--sweep', sweep, '--data', data, '--out', out, '--json');
    expect([status, stderr]).toEqual([0, '']);

    const { runs, results } = readRanking();
    expect(runs).toBe(6);
    expect(results.map(({ rank }) => rank)).toEqual([1, 2]);
    expect(results.map(({ name }) => name).sort()).toEqual(['optimizer.peak=0.001', 'optimizer.peak=0.02']);
    for (const { name, seeds, score, evaluation, deviation, faults } of results) {
      expect([seeds, faults, evaluation.n]).toEqual([[1, 2, 3], [], 3]);
      const shares = seeds.map((seed) => {
        const path = join(out, `${name},seed=${seed}`, 'result.json');
        const result = JSON.parse(readFileSync(path, 'utf8')) as { evaluation: Ranking['results'][0]['evaluation'] };
        return result.evaluation.steps['200']['cellAccuracy'];
      });
      const mean = (shares[0] + shares[1] + shares[2]) / 3;
      const squares = shares.reduce((total, share) => total + (share - mean) ** 2, 0);
      expect(evaluation.steps['200']['cellAccuracy']).toBeCloseTo(mean, 12);
      expect(deviation?.steps['200']['cellAccuracy']).toBeCloseTo(Math.sqrt(squares / 2), 12);
      expect(score).toBeCloseTo(mean + evaluation.steps['200']['agreement'], 12);
    }

    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ event: 'begin', folder: out, part: 1, parts: 1, measure: { digits: 3 } });
    const plan = lines[0]['runs'] as Record<string, unknown>[];
    expect(plan.map(({ seed }) => seed)).toEqual([1, 2, 3, 1, 2, 3]);
    expect(plan[3]).toMatchObject({
      name: 'optimizer.peak=0.02,seed=1',
      setting: 'optimizer.peak=0.02',
      steps: 1,
      recipe: { name: 'tiny', seed: 1, optimizer: { peak: 0.02 }, model: { classes: [{ name: 'sign 0' }, {}, {}] } },
    });
    const about = lines.filter(({ run }) => run !== undefined);
    expect(about.map(({ run }) => run)).toEqual(plan.flatMap(({ name }) => [name, name]));
    expect(about[1]).toMatchObject({ event: 'note', result: { fault: null, evaluation: { n: 3 } } });
    expect(lines.at(-1)).toEqual({ event: 'ranking', runs, results });
  });

  it('may draw from pen strokes, which every run records, and is then measured on strokes', () => {
    const strokes = join(folder, 'strokes');
    writeStrokeFiles(strokes);
    writeFileSync(join(strokes, 'classes.json'), JSON.stringify({ classes: ['1', 'heart', '7'], none: ['star'] }));
    const grid = { 'strokes.height': [[10, 12], [12, 14]] }; // prettier-ignore
    const sweep = writeSweep({ preset: 'tiny', set: SMALL, grid, evaluate: { digits: 2 } });
    const { status, stdout, stderr } = train('--sweep', sweep, '--strokes', strokes, '--out', out);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^rank +setting/m);

    const { results } = readRanking();
    expect(results.map(({ rank, faults }) => [rank, faults])).toEqual([
      [1, []],
      [2, []],
    ]);
    for (const { name, evaluation, deviation } of results) {
      expect(Object.keys(evaluation.steps)).toEqual(['200']);
      expect([evaluation.n > 0, deviation]).toEqual([true, null]);
      const { specification } = decodeModelFile(readFileSync(join(out, name, 'model.ktx2')));
      expect(specification.training).toMatchObject({
        data: 'pen strokes',
        strokes: [{ name: 'digits-train.json.gz' }, { name: 'hearts-train.json.gz' }],
      });
      expect(specification.training?.strokes?.[0].digest).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it.each([
    [
      'strokes that it needs',
      { preset: 'alphabet' },
      [],
      /^The recipe draws from pen strokes; name .*--strokes DIR\.\n$/,
    ],
    [
      'a score that strokes do not have',
      { preset: 'alphabet', evaluate: { rankBy: ['unanimousCorrect'] } },
      ['--strokes', 'handwriting'],
      /^The sweep ranks by unanimousCorrect, which is not measured on pen strokes\.\n$/,
    ],
    [
      'signs that the strokes lack',
      { preset: 'alphabet' },
      ['--strokes', 'handwriting'],
      /^strokes\.others names "#", .*neither the strokes in "handwriting" nor the shapes have that/,
    ],
  ])('without %s is refused in one line, before a folder is made', (_what, sweep, args, message) => {
    const { status, stdout, stderr } = train('--sweep', writeSweep(sweep), '--out', out, ...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(out)).toBe(false);
  });
});
