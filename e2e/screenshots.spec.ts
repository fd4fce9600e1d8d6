/** Every view, palette and model, and the exhibit's scenes, compared with baselines of this renderer. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { expectKioskScene, KIOSK_SCENES } from './kit/kiosk-scenes.ts';
import { type Comparison, skipUnlessCompared } from './kit/expect-picture.ts';
import { rendererOf } from './kit/renderer.ts';
import { expectScene, LOOKS, openScene, shippedModels } from './kit/scenes.ts';

test.slow();

const models = shippedModels();
const [first, ...others] = models;
/** What the exhibit's scenes are played with: they take many steps, and are about the scene. */
const lightest = models.find(({ name }) => name === 'tiny') ?? first;

test('the views and palettes of the first model look as they did, and the picture lives', async ({ digits }) => {
  await openScene(digits, first);
  const comparisons: Comparison[] = [];
  for (const scene of LOOKS) comparisons.push(await expectScene(digits, first, scene));
  await digits.set({ view: 'label', palette: 'seed', hueShift: 0, grid: false });
  const before = await digits.picture();
  await digits.step(1);
  expect(await digits.picture()).not.toBe(before);
  skipUnlessCompared(comparisons);
});

for (const model of others) {
  test(`what cells of the model "${model.name}" say looks as it did`, async ({ digits }) => {
    await openScene(digits, model);
    skipUnlessCompared([await expectScene(digits, model, { name: 'view-label', values: { view: 'label' } })]);
  });
}

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
