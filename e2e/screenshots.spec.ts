/**
 * What the page shows. Views, palettes, models and ways to compute the step are compared with pictures that are
 * computed, on any renderer; the exhibit's scenes, which hold more than cells, with baselines of this renderer.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PALETTES } from '../engine/view/palettes.ts';
import { type ComputedLook, EVERY_VIEW, runShipped, showLook, stepShipped } from './computed-page.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';
import { expectKioskScene, KIOSK_SCENES } from './kiosk-scenes.ts';
import { expectComputed } from './kit/expect-computed.ts';
import { skipUnlessCompared } from './kit/expect-picture.ts';
import { rendererOf } from './kit/renderer.ts';
import { openComputed } from './open-computed.ts';
import { type ShippedModel, shippedModels } from './shipped-models.ts';

test.slow();

const models = shippedModels();
/** What pictures are of that are not about the model: it is the quickest to compute. */
const lightest = models.find(({ name }) => name === 'tiny') ?? models[0];

/** Opens the page, and compares looks of a model, computed in one way after the other. */
async function expectLooks(
  digits: DigitsPage,
  model: ShippedModel,
  looks: readonly ComputedLook[],
  strategies: readonly string[] = ['texture'],
): Promise<void> {
  const { page, canvas } = await openComputed(digits, model);
  for (const strategy of strategies) {
    const { strategy: used } = await stepShipped(page, model, strategy);
    expect(used).toBe(strategy);
    const run = runShipped(model, strategy);
    for (const look of looks) {
      const { expected, earlier } = await showLook(page, run, look);
      const { cells, torn, otherwise, wrong } = await expectComputed(canvas, expected, [earlier]);
      const description = `${strategy}, ${look.view}: ${cells} cells, ${torn} torn, ${otherwise} of them otherwise, ${wrong.length} wrong`;
      test.info().annotations.push({ type: 'computed', description });
    }
  }
}

for (const model of models) {
  test(`every view of the model "${model.name}" is what was computed`, async ({ digits }) => {
    await expectLooks(digits, model, EVERY_VIEW);
  });
}

test('every palette, turned hues and lines between tiles are what was computed', async ({ digits }) => {
  const palettes = PALETTES.flatMap((palette): ComputedLook[] => [
    { view: 'label', palette },
    { view: 'confidence', palette },
  ]);
  const lines = { view: 'label', hueShift: 90, grid: true } as const;
  await expectLooks(digits, lightest, [...palettes, lines, { ...lines, palette: 'contrast' }]);
});

test('cells show what was computed in whatever way the step is computed', async ({ digits }) => {
  // Half floats are converted when they are read, for which Chromium waits with a warning.
  digits.tolerated.console.push(/GPU stall due to ReadPixels/);
  const strategies = ['layered-texture', 'uniform', 'blocks', 'constants', 'texture-half'];
  await expectLooks(digits, lightest, [{ view: 'label' }, { view: 'channels' }], strategies);
});

for (const scene of KIOSK_SCENES) {
  test(`the exhibit's scene "${scene.scene.kind}" looks as it did`, async ({ digits }) => {
    skipUnlessCompared([await expectKioskScene(digits, lightest, scene)]);
  });
}

test.afterAll('baselines of models that are no longer shipped go with an update', async ({ browser }, testInfo) => {
  if (testInfo.config.updateSnapshots !== 'all') return;
  const page = await browser.newPage();
  const root = testInfo.snapshotPath((await rendererOf(page)).folder);
  await page.close();
  if (!existsSync(root)) return;
  for (const folder of readdirSync(root)) {
    if (!models.some((model) => model.folder === folder)) rmSync(join(root, folder), { recursive: true });
  }
});
