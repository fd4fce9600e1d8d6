/**
 * Data sets of any number of classes and any size of images, from the trainer to the browser: made-up signs are
 * trained on for a hundred steps, evaluated, baked, and read by the page, which says the same as `evaluate`.
 *
 * One of twelve sets by default; `CLASS_GRID=all npx playwright test e2e/class-grid.spec.ts` tries all of them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEvaluationDigits } from '../training/digits/source.ts';
import { writeSignFiles } from '../training/digits/made-up-digits.ts';
import { expect, test } from './fixtures.ts';

const ALL = [3, 10, 26, 48].flatMap((classes) => [16, 28, 48].map((side) => ({ classes, side })));
const FEW = ALL.slice(0, 1);

const IMAGES = 240;
const SEEDS = [0, 1, 2];
const STEPS = 80;
const TOLERANCE = 0.005;
const SMALL = ['batch=12', 'fresh=4', 'mutated=2', 'tail=null', 'pool.size=48', 'model.update.0.units=32'];
const ON_PROCESSOR = ['--backend', 'wasm', '--workers', '1'];

function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', `training/cli/${command}.ts`, ...args],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  return stdout;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

for (const { classes, side } of process.env['CLASS_GRID'] === 'all' ? ALL : FEW) {
  test(`${classes} classes of ${side} × ${side} cells are read in the browser as evaluate says`, async ({ digits }) => {
    test.setTimeout(1_800_000);
    const folder = mkdtempSync(join(tmpdir(), 'nca-grid-'));
    try {
      const data = join(folder, 'signs');
      writeSignFiles(data, { classes, side, each: Math.ceil(IMAGES / classes) });
      const out = join(folder, 'run');
      const settings = SMALL.flatMap((setting) => ['--set', setting]);
      run('train', '--preset', 'tiny', '--data', data, '--steps', '100', '--out', out, ...settings, ...ON_PROCESSOR);
      const model = join(folder, 'signs.ktx2');
      run('bake', join(out, 'checkpoint.safetensors'), '--out', model);
      const split = ['--data', data, '--split', 'test', '--seeds', String(SEEDS.length), '--drift', '0'];
      const evaluation = JSON.parse(run('evaluate', '--model', model, ...split, '--json', ...ON_PROCESSOR)) as {
        n: number;
        steps: Record<string, { cellAccuracy: number }>;
      };
      const expected = evaluation.steps[STEPS].cellAccuracy;

      const names = Array.from({ length: classes }, (_, label) => `sign ${label}`);
      const given = await openEvaluationDigits({ data }, names, 'test', Infinity, () => undefined);
      await digits.open();
      const read = await digits.page.evaluate(
        async ({ bytes, images, labels, imageSide, seeds, steps }) => {
          const { nca } = window;
          await nca.useModel(Uint8Array.from(bytes));
          const columns = Math.ceil(Math.sqrt(labels.length));
          await nca.setCanvas({ columns, rows: Math.ceil(labels.length / columns), tile: imageSide + 4 });
          // As it was trained and measured: each cell draws whether it fires.
          await nca.set({ firing: 'cell' });
          await nca.setDigits(Uint8Array.from(images), labels, { side: imageSide });
          const shares: number[] = [];
          for (const seed of seeds) {
            await nca.reset({ seed });
            await nca.step(steps);
            shares.push((await nca.stats()).cellAccuracy ?? 0);
          }
          return shares;
        },
        {
          bytes: [...readFileSync(model)],
          images: [...given.images],
          labels: [...given.labels],
          imageSide: Math.sqrt(given.images.length / given.count),
          seeds: SEEDS,
          steps: STEPS,
        },
      );
      const found = mean(read);
      const percent = (share: number): string => (100 * share).toFixed(2);
      console.log(`| ${classes} | ${side} × ${side} | ${evaluation.n} | ${percent(expected)} | ${percent(found)} |`);
      // A hundred steps make no good model, but one whose cells say something.
      expect(expected).toBeGreaterThan(0.5 / classes);
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(TOLERANCE);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
