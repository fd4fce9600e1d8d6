/** The engine's speed beside TensorFlow.js in the same run, one after the other. */
import type { BenchCase } from '../engine/bench/cases.ts';
import { shippedModels } from './shipped-models.ts';
import { expect, test } from './fixtures.ts';
import { ALONE, reportFigures } from './report-figures.ts';

test.slow();

/**
 * Far below what is measured, 76 on a busy machine with two cores, so that only an engine that has become a lot slower
 * is red: a pass that is drawn twice, blocks that are no longer dropped, a program that is no longer unrolled.
 */
const LEAST_RATIO = 25;

test('a step takes a small part of what TensorFlow.js needs for it', ALONE, async ({ page }) => {
  const given: BenchCase = {
    name: '16 digits',
    model: shippedModels()[0].name,
    layout: { columns: 4, rows: 4, tile: 28 },
    digits: 16,
    dropout: 0.5,
    strategy: 'auto',
    besideTensorFlow: true,
  };
  await page.goto('./bench/');
  await page.waitForFunction(() => 'bench' in window);
  const [{ msPerStep, tfjsMsPerStep, speedup }] = await page.evaluate((one) => window.bench.runGroup([one]), given);
  const ratio = speedup ?? 0;
  const figures = `${msPerStep.toFixed(2)} ms a step, TensorFlow.js ${tfjsMsPerStep?.toFixed(0)} ms: ${ratio.toFixed(0)} ×`;
  reportFigures('speed', figures);
  expect(ratio).toBeGreaterThan(LEAST_RATIO);
});
