/** A session in which the GPU has taken its context back: its replay begins with the state that came back. */
import type { Page } from '@playwright/test';
import { freezeInk, inkAndPicture, loseContext, prepareTrial } from './context-trial.ts';
import { expect, test } from './fixtures.ts';

test.slow();
test.use({ viewport: { width: 640, height: 480 } });

/** Longer than the page goes without keeping the state. */
const SNAPSHOT_MILLISECONDS = 10_500;

test.beforeEach(({ digits }) => {
  digits.tolerated.console.push(/CONTEXT_LOST_WEBGL|context lost/i);
});

/** Numbers of the state that are not zero, the ink left out. */
function stateNumbers(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { data, channels } = await window.nca.readState();
    return data.filter((value, index) => index % channels !== 0 && value !== 0).length;
  });
}

/** The session so far as the bytes of a file, and what it begins with. */
async function savedReplay(page: Page): Promise<{ bytes: number[]; start: string; events: number }> {
  const bytes = await page.evaluate(async () => [...(await window.nca.saveReplay())]);
  const { start, events } = JSON.parse(Buffer.from(bytes).toString()) as {
    start: { kind: string };
    events: unknown[];
  };
  return { bytes, start: start.kind, events: events.length };
}

test('it ends with the same state bit for bit, however often the context went, with and without a snapshot', async ({
  digits,
  page,
}) => {
  await page.clock.install();
  await prepareTrial(page);
  await digits.open('?columns=3&rows=2&tile=28&seed=9&rate=60');
  await digits.stroke([10, 10], [30, 30]);
  await page.waitForTimeout(200);
  expect((await savedReplay(page)).start).toBe('empty');
  // The state is kept; what happens from now on goes with the context.
  await page.clock.fastForward(SNAPSHOT_MILLISECONDS);
  await page.waitForTimeout(500);
  await digits.stroke([40, 10], [50, 40]);
  await freezeInk(page);
  await loseContext(page, 50, async () => {
    const refused = await page.evaluate(() => window.nca.saveReplay().catch((error: unknown) => String(error)));
    expect(refused).toContain('GPU context was lost');
  });
  // No step has run since: this is the snapshot's.
  await expect.poll(() => stateNumbers(page).catch(() => 0)).toBeGreaterThan(0);
  const restored = await savedReplay(page);
  expect(restored).toMatchObject({ start: 'scene', events: 0 });
  await inkAndPicture(page);

  // Strokes, undo of what was done before the loss, healing and all that goes on from there.
  await digits.stroke([12, 40], [40, 44]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('d');
  await digits.stroke([20, 20], [60, 20]);
  await page.waitForTimeout(300);
  const once = await savedReplay(page);
  expect(once.start).toBe('scene');

  // In the middle of a stroke, and once more before everything is there again.
  await page.keyboard.press('b');
  const from = await digits.cellOnScreen(70, 10);
  const to = await digits.cellOnScreen(60, 50);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await loseContext(page, 20);
  await loseContext(page, 20);
  await inkAndPicture(page);
  await page.mouse.move(from.x, to.y, { steps: 3 });
  await page.mouse.up();
  await digits.stroke([5, 50], [30, 52]);
  await page.waitForTimeout(300);
  // Nothing was kept of this state: its cells decide anew.
  await page.evaluate(() => window.nca.reset({ seed: 4 }));
  await page.waitForTimeout(100);
  await loseContext(page, 20);
  await inkAndPicture(page);
  await page.keyboard.press('7');
  await page.waitForTimeout(200);
  const often = await savedReplay(page);
  expect(often.start).toBe('scene');

  await digits.open('?columns=1&rows=1&tile=40&seed=1&model=seven&paused=1');
  for (const { bytes } of [restored, once, often]) {
    const result = await page.evaluate((given) => window.nca.playReplay(Uint8Array.from(given), { fast: true }), bytes);
    expect(result).toMatchObject({ same: true });
  }
});

test('a replay whose context goes while it plays ends, and says why', async ({ digits, page }) => {
  await prepareTrial(page);
  await digits.open('?columns=2&rows=2&tile=28&seed=3&paused=1');
  await digits.step(500);
  const { bytes } = await savedReplay(page);
  await page.evaluate((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(content)], 'a.replay.json'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, bytes);
  await expect(digits.notices()).toContainText(['Playing a replay of 500 steps']);
  await loseContext(page, 50);
  await expect(digits.notices().filter({ hasText: 'GPU context was lost in the meantime' })).toBeVisible();
  await digits.step(3);
});
