/**
 * The GPU takes its context away at random moments: in the show, while a guest paints, while the page starts, while a
 * film is recorded. LOSSES=50 npx playwright test e2e/losses.spec.ts makes so many, with a shipped model, and prints
 * how long the picture was away.
 */
import type { Page } from '@playwright/test';
import { countGlObjects, glObjects } from '../engine/cli/kiosk/gl-objects.ts';
import { Random } from '../engine/common/random/random.ts';
import { compileSlowly, freezeInk, inkAndPicture, loseContext, prepareTrial } from './context-trial.ts';
import { type DigitsPage, expect, fillNumber, serveMadeUpModels, test } from './fixtures.ts';

const asked = process.env['LOSSES'];
const LOSSES = Number(asked ?? 6);
/** What a loaded machine may need in an ordinary run; the bar where it is measured. */
const MOST_MILLISECONDS = asked === undefined ? 30_000 : 2000;

/** Short scenes of every kind, on a small canvas. */
const BUSY = {
  canvas: { columns: 3, rows: 2 },
  snapshotSeconds: 1,
  scenes: ['write', 'wave', 'damage', 'chimera', 'zoom'].map((kind) => ({ kind, seconds: 3 })),
};
/** A show that changes no ink, so that two starts can be compared. */
const STILL = { ...BUSY, renewSeconds: 3600, scenes: [{ kind: 'rest', seconds: 3600 }] };

test.beforeEach(async ({ digits, page }) => {
  test.setTimeout(60_000 + LOSSES * 20_000);
  digits.tolerated.console.push(/CONTEXT_LOST_WEBGL|context lost/i);
  if (asked !== undefined) await page.unrouteAll();
});

async function openExhibit(digits: DigitsPage, settings: unknown): Promise<void> {
  await digits.page.route('**/kiosk.json', (route) => route.fulfill({ json: settings }));
  await digits.open('?kiosk=1&strategy=texture');
}

/** Objects that stay: those of a frame and of a copy that is under way come and go. */
async function lastingObjects(page: Page): Promise<number> {
  const { Sync: _, Buffer: buffers = 0, ...others } = await glObjects(page);
  return buffers + Object.values(others).reduce((sum, count) => sum + count, 0);
}

function report(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const text = `${times.length} losses ${what}: picture back after ${at(0.5)} ms in the median, ${at(1)} ms at most`;
  test.info().annotations.push({ type: 'losses', description: text });
  if (asked !== undefined) console.log(text);
}

const share = (part: number) => Math.max(1, Math.round((LOSSES * part) / 50));
const pause = (page: Page, milliseconds: number) => page.waitForTimeout(milliseconds);

test('in the show and while a guest paints, the ink is as it was and no GL object is left', async ({
  digits,
  page,
}) => {
  const random = new Random(11);
  await countGlObjects(page);
  await prepareTrial(page);
  await openExhibit(digits, BUSY);
  await freezeInk(page);
  const objects = await lastingObjects(page);
  await page.evaluate(() => (window.trial.frozen = false));
  for (const [what, losses] of [
    ['in the show', share(18)],
    ['while a guest paints', share(16)],
  ] as const) {
    const times: number[] = [];
    for (let loss = 0; loss < losses; loss += 1) {
      const paints = what === 'while a guest paints';
      const point = () => [random.range(200, 800), random.range(150, 600)] as const;
      await pause(page, random.range(0, 1500));
      if (paints) {
        await page.mouse.move(...point());
        await page.mouse.down();
        await page.mouse.move(...point(), { steps: 3 });
      }
      const before = await freezeInk(page);
      await loseContext(page, random.range(0, 400), async () => {
        // Whoever goes on to paint meanwhile paints nothing, and breaks nothing.
        if (paints) await page.mouse.move(...point(), { steps: 3 });
      });
      // Once more before everything is there again.
      if (loss === 0 || random.unit() < 0.25) await loseContext(page, random.range(0, 100));
      const { ink, milliseconds } = await inkAndPicture(page);
      times.push(milliseconds);
      expect(ink).toBe(before);
      await expect.poll(() => lastingObjects(page)).toBeLessThanOrEqual(objects);
      if (paints) await page.mouse.up();
    }
    report(what, times);
    expect(Math.max(...times)).toBeLessThan(MOST_MILLISECONDS);
  }
});

test('while the page starts, it starts all the same, with the same ink', async ({ context, page, digits }) => {
  const random = new Random(12);
  await prepareTrial(page);
  const begin = Date.now();
  await openExhibit(digits, STILL);
  const startMilliseconds = Date.now() - begin;
  const expected = await freezeInk(page);
  const times: number[] = [];
  for (let loss = 0; loss < share(10); loss += 1) {
    const other = await context.newPage();
    const faults: string[] = [];
    other.on('pageerror', ({ message }) => faults.push(message));
    await prepareTrial(other, random.range(0, startMilliseconds));
    if (asked === undefined) await serveMadeUpModels(other);
    await other.route('**/kiosk.json', (route) => route.fulfill({ json: STILL }));
    await other.goto(page.url());
    await other.evaluate(() => window.nca.ready);
    await other.waitForFunction(() => window.trial.returnedMilliseconds > 0);
    const { ink, milliseconds } = await inkAndPicture(other);
    expect(ink).toBe(expected);
    expect(faults).toEqual([]);
    times.push(milliseconds);
    await other.close();
  }
  report(`while the page starts, which takes ${startMilliseconds} ms undisturbed`, times);
  // What has not begun when the context goes begins when it returns, and takes as long as ever.
  expect(Math.max(...times)).toBeLessThan(MOST_MILLISECONDS + startMilliseconds);
});

test('while a film is recorded, the film is as long as was asked', async ({ digits, page }) => {
  const random = new Random(13);
  await prepareTrial(page);
  await digits.open('?columns=2&rows=2&tile=28&seed=5&rate=30&strategy=texture');
  const times: number[] = [];
  for (let loss = 0; loss < share(6); loss += 1) {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Record a film or GIF' }).click();
    const dialog = page.getByRole('dialog', { name: 'Record the whole canvas' });
    await fillNumber(dialog.getByLabel('Seconds'), 2);
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Start' }).click();
    await pause(page, random.range(100, 1500));
    const before = await freezeInk(page);
    await loseContext(page, random.range(0, 400));
    const { ink, milliseconds } = await inkAndPicture(page);
    expect(ink).toBe(before);
    times.push(milliseconds);
    expect((await downloading).suggestedFilename()).toMatch(/\.(mp4|webm|gif)$/);
    await expect(dialog).toBeHidden();
  }
  report('while a film is recorded', times);
  expect(Math.max(...times)).toBeLessThan(MOST_MILLISECONDS);
});

test('with everything open that looks at the cells, no loss is told as a fault, and the picture comes back', async ({
  digits,
  page,
}) => {
  const random = new Random(14);
  await prepareTrial(page);
  await digits.open('?columns=2&rows=2&tile=28&seed=5&rate=30&strategy=texture');
  // Watched from within: a notice may be replaced, or go by itself.
  await page.evaluate(() => {
    const faults = new Set<string>();
    Object.assign(window, { faults });
    new MutationObserver(() => {
      for (const notice of document.querySelectorAll('.notice.error')) faults.add(notice.textContent);
    }).observe(document.body, { subtree: true, childList: true });
  });
  for (const opens of [['i', 'a'], ['k'], ['record']]) {
    for (const key of opens) {
      if (key === 'record') {
        await page.getByRole('button', { name: 'Menu' }).click();
        await page.getByRole('button', { name: 'Record a film or GIF' }).click();
        const dialog = page.getByRole('dialog', { name: 'Record the whole canvas' });
        await fillNumber(dialog.getByLabel('Seconds'), 60);
        await dialog.getByRole('button', { name: 'Start' }).click();
      } else await page.keyboard.press(key);
    }
    if (opens.includes('k')) await expect(page.getByLabel('Model of picture 2')).toBeVisible();
    for (let loss = 0; loss < share(25); loss += 1) {
      await digits.set({ view: loss % 2 === 0 ? 'disagreement' : 'label' });
      await pause(page, random.range(0, 900));
      await loseContext(page, random.range(0, 100));
      await inkAndPicture(page);
    }
  }
  expect(await page.evaluate(() => [...(window as unknown as { faults: Set<string> }).faults])).toEqual([]);
  await expect(digits.notices().filter({ hasText: /^The picture is back/ })).toBeVisible();
});

test('while programs are compiled again, what is gone is not used, and whoever asks is told why', async ({
  digits,
  page,
}) => {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('INVALID_OPERATION')) faults.push(message.text());
  });
  await compileSlowly(page, 700);
  await prepareTrial(page);
  await digits.open('?columns=2&rows=2&tile=28&seed=5&rate=30&strategy=texture');
  const before = await freezeInk(page);
  await loseContext(page, 50);
  const reasons = await page.evaluate(async () => {
    const gl = document.querySelector<HTMLCanvasElement>('#canvas')?.getContext('webgl2');
    while (gl?.isContextLost()) await new Promise((resolve) => setTimeout(resolve, 1));
    // Colours that are chosen now are those of the picture that comes.
    await window.nca.set({ hueShift: 40 });
    const calls = [window.nca.readState(), window.nca.readLabels(), window.nca.stats(), window.nca.saveScene()];
    return (await Promise.allSettled(calls)).map((result) =>
      result.status === 'rejected' ? (result.reason as Error).message : 'answered',
    );
  });
  expect(reasons).toEqual(Array(4).fill('The GPU context was lost; this works again when it is restored.'));
  const { ink } = await inkAndPicture(page);
  expect(ink).toBe(before);
  expect(faults).toEqual([]);
});
