/**
 * A run that is killed at random moments and resumed. A few kills here; more
 * with the environment variable KILLS, as BENCHMARKS.md tells.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import { writeTrainingFiles } from '../digits/made-up-digits.ts';
import { checkpointPaths, decodeCheckpoint } from '../loop/checkpoint.ts';

const ROOT = join(import.meta.dirname, '../..');
const KILLS = Number(process.env.KILLS ?? 3);
const STEPS_A_LIFE = 8;
const STEPS = STEPS_A_LIFE * (KILLS + 1);
/** A training step of this recipe, its checkpoint included, takes about so long. */
const STEP_MILLISECONDS = 40;

const RECIPE = {
  fresh: 1,
  mutated: 1,
  'tail.fresh': 1,
  'tail.mutated': 1,
  'pool.size': 6,
  rollout: 6,
  'model.update.0.units': 8,
};

/** Trains, a checkpoint a step; kills the run a random moment after the checkpoint of step `killAt`, if one is given. */
function train(folder: string, out: string, resume: boolean, killAt: number | null): Promise<NodeJS.Signals | null> {
  const fields = Object.entries(RECIPE).flatMap(([field, value]) => ['--set', `${field}=${value}`]);
  const options = ['--data', join(folder, 'data'), '--backend', 'wasm', '--workers', '1', '--check-digits', '4', '--checkpoint-seconds', '0', '--json']; // prettier-ignore
  const child = spawn(
    process.execPath,
    [
      ...[
        '--import',
        'tsx',
        join('training/cli/train.ts'),
        '--preset',
        'tiny',
        '--batch',
        '4',
        '--steps',
        String(STEPS),
      ],
      ...[...fields, ...options, '--out', out, ...(resume ? ['--resume'] : [])],
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    const steps = [...said.matchAll(/"event":"checkpoint","step":(\d+)/g)].map(([, step]) => Number(step));
    if (killAt === null || !steps.some((step) => step >= killAt)) return;
    setTimeout(() => child.kill('SIGKILL'), Math.random() * STEP_MILLISECONDS);
  });
  return new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
}

describe('a run', () => {
  it(
    `that is killed at ${KILLS} random moments and resumed ends in the same weights, bit for bit`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'nca-kill-'));
      try {
        writeTrainingFiles(join(folder, 'data'), 36);
        await train(folder, join(folder, 'whole'), false, null);
        for (let kill = 0; kill < KILLS; kill += 1) {
          const killAt = STEPS_A_LIFE * kill + 1 + Math.floor(Math.random() * (STEPS_A_LIFE - 4));
          expect(await train(folder, join(folder, 'killed'), kill > 0, killAt)).toBe('SIGKILL');
        }
        expect(await train(folder, join(folder, 'killed'), true, null)).toBeNull();
        const [whole, killed] = ['whole', 'killed'].map((name) => {
          return decodeCheckpoint(readFileSync(checkpointPaths(join(folder, name)).last)).state;
        });
        expect(killed.step).toBe(STEPS);
        expect(killed.weights).toEqual(whole.weights);
        expect(killed.average).toEqual(whole.average);
        expect(killed.losses).toEqual(whole.losses);
        expect(killed.pool).toEqual(whole.pool);
        // Every step has one row, whatever was lost in between; only the seconds are others.
        const rows = ['whole', 'killed'].map((name) =>
          readFileSync(join(folder, name, 'metrics.csv'), 'utf8')
            .split('\n')
            .map((line) => line.replace(/,[^,]*$/, '')),
        );
        expect(rows[1]).toEqual(rows[0]);
        expect(rows[0].slice(1, -1).map((line) => Number.parseInt(line, 10))).toEqual(
          Array.from({ length: STEPS }, (_, index) => index + 1),
        );
        // So has the look at the end.
        const looks = ['whole', 'killed'].map((name) =>
          readFileSync(join(folder, name, 'looks.csv'), 'utf8')
            .trim()
            .split('\n')
            .map((line) => line.replace(/^(\d+),[^,]*/, '$1')),
        );
        expect(looks[1]).toEqual(looks[0]);
        expect(
          killed.checks.map(({ step }) => step),
          'known to a run that goes on',
        ).toEqual([STEPS]);
        expect(looks[0]).toEqual([expect.stringMatching(/^step,/), expect.stringMatching(`^${STEPS},`)]);
        // Not the files themselves: they name the commit, which may change while many kills take their time.
        const models = ['whole', 'killed'].map((name) => {
          return decodeModelFile(readFileSync(join(folder, name, 'model.ktx2'))).weights;
        });
        expect(models[1]).toEqual(models[0]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    60_000 * (KILLS + 2),
  );
});
