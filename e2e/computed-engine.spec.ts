/** Pictures of the engine without the page, in places where cells do not lie on whole pixels. */
import { compareLook, runCase } from './computed-engine.ts';
import type { PictureCase } from './harness/made-up.ts';
import type { PictureLook } from './harness/picture.ts';
import { differencePng } from './kit/compare-picture.ts';
import { expectComputed } from './kit/expect-computed.ts';
import { expectedPicture, stepEarlier } from './kit/expected-picture.ts';
import type { PlainRun } from './kit/plain-run.ts';
import { expect, test } from './workbench.ts';
import type { Page } from '@playwright/test';

const CASE: PictureCase = {
  specification: 'tiny',
  strategy: 'texture',
  firing: 'cell',
  dropout: 0.5,
  steps: 4,
  size: 40,
};

const stage = { width: 120, height: 90 };
const looks: Readonly<Record<string, Partial<PictureLook>>> = {
  'cells of a few pixels and a part': { stage: { width: 113, height: 97 } },
  'cells smaller than a pixel': { stage: { width: 29, height: 31 } },
  'many cells on a pixel': { stage: { width: 9, height: 12 } },
  'a part of the canvas, large': { stage, camera: { x: 13.3, y: 20.7, pixelsPerCell: 17.3 } },
  'the corner of the canvas': { stage, camera: { x: 40 - 60 / 5.5, y: 40 - 45 / 5.5, pixelsPerCell: 5.5 } },
  'lines around a canvas off the pixels': { stage: { width: 101, height: 87 }, grid: true },
  'two device pixels a CSS pixel': { stage: { width: 61, height: 50 }, devicePixelRatio: 2 },
};

let run: PlainRun;
test.beforeAll(() => {
  run = runCase(CASE);
});

async function compare(workbench: Page, look: Partial<PictureLook>): Promise<void> {
  for (const view of ['label', 'channels'] as const) {
    const { expected, comparison } = await compareLook(workbench, run, { view, channels: [1, 2, 3], stage, ...look });
    if (!comparison.isSame) {
      await test.info().attach(view, { body: differencePng(comparison, expected), contentType: 'image/png' });
    }
    expect(comparison.isSame, comparison.message).toBe(true);
  }
}

for (const [title, look] of Object.entries(looks)) {
  test(`${title} look as computed`, async ({ workbench, browser }) => {
    if (look.devicePixelRatio === undefined) {
      await workbench.evaluate((given) => window.engine.showSimulation(given), CASE);
      return compare(workbench, look);
    }
    const page = await browser.newPage({ deviceScaleFactor: look.devicePixelRatio });
    await page.goto(workbench.url());
    await page.waitForFunction(() => 'engine' in window);
    await page.evaluate((given) => window.engine.showSimulation(given), CASE);
    await compare(page, look);
    await page.close();
  });
}

test('a picture that stayed behind is refused as what it is, and the difference is attached', async ({ workbench }) => {
  await workbench.evaluate((given) => window.engine.showSimulation(given), CASE);
  const look: PictureLook = { view: 'label', channels: [0, 0, 0], stage: { width: 80, height: 80 } };
  await compareLook(workbench, run, look);
  const later = runCase({ ...CASE, steps: CASE.steps + 1 });
  const options = { ...look, size: look.stage };
  const [expected, earlier] = [expectedPicture(later, options), expectedPicture(stepEarlier(later), options)];
  const { attachments } = test.info();
  await expect(expectComputed(workbench.locator('canvas'), expected, [earlier])).rejects.toThrow(
    /view label, step 5: \d+ of 1600 cells are not what was computed\.\nIt is the picture of "tiny", view label, step 4\.\n {2}Cell \(\d+, \d+\)/,
  );
  const attached = attachments.find(({ name }) => name === '"tiny", view label, step 5: expected, actual, difference');
  expect(attached?.contentType).toBe('image/png');
});
