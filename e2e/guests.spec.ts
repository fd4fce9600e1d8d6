/**
 * What an exhibit does for its guests: a place to write, an answer in words, an explanation, their language.
 * `GUEST_DIGITS=20 npx playwright test e2e/guests.spec.ts -g named` writes twenty digits in place of three, which takes
 * some minutes on a software renderer, and `GUEST_MODEL=accurate` another model; the figure is printed.
 */
import type { Page } from '@playwright/test';
import { LANGUAGES } from '../engine/page/features/kiosk/languages.ts';
import { GUEST_TEXTS } from '../engine/page/features/kiosk/texts/index.ts';
import { placeStrokes } from '../engine/common/handwriting/stroke.ts';
import { writeDigit } from '../engine/common/handwriting/write-digit.ts';
import { Random } from '../engine/common/random/random.ts';
import { expectAccessible } from './accessibility.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';
import { playExhibit, playOn } from './kiosk-scenes.ts';
import { madeUpModel } from './made-up-model.ts';
import { leaveIdle, openExhibit, QUIET, touch } from './open-exhibit.ts';
import { serveShippedModels } from './shipped-models.ts';

const MODEL = process.env['GUEST_MODEL'] ?? 'tiny';
const COUNT = Number(process.env['GUEST_DIGITS'] ?? 3);
/** Of twenty, one may be read otherwise. */
const MOST_OTHERWISE = Math.floor(COUNT / 20);
/** A few digits show that they are named, on a busy machine as well; twenty have the time that the figure is stated for. */
const MOST_SECONDS = COUNT < 20 ? 20 : 5;
/** Cells along a side of the frame to write in. */
const FRAME_CELLS = 32;

/** The exhibit's model is one whose cells say nothing about any ink. */
async function serveSilentModel({ page }: DigitsPage): Promise<void> {
  await page.route('**/models/three.ktx2', (route) => route.fulfill({ body: madeUpModel('three', 3, {}, 0) }));
}

const caption = (page: Page) => page.locator('.kiosk-caption');
const answer = (page: Page) => page.locator('.kiosk-answer');
const frame = (page: Page) => page.locator('.kiosk-place');

/** Writes a digit with the pointer, in the middle of the frame, in a random hand and size. */
async function writeInFrame(page: Page, random: Random, digit: number): Promise<void> {
  const box = await frame(page).boundingBox();
  if (!box) throw new Error('There is no frame to write in.');
  const size = (random.range(15, 22) / FRAME_CELLS) * box.width;
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  for (const [first, ...others] of placeStrokes(writeDigit(random, digit), { ...centre, size })) {
    if (!first) continue;
    await page.mouse.move(first.x, first.y);
    await page.mouse.down();
    for (const { x, y } of others) await page.mouse.move(x, y);
    await page.mouse.up();
  }
}

test(`of ${COUNT} digits that are written after the first touch, 19 in 20 are named within ${MOST_SECONDS} s`, async ({
  digits,
}) => {
  test.setTimeout(120_000 + COUNT * 20_000);
  const { page } = digits;
  // Every picture costs software GL as much as it has pixels.
  await page.setViewportSize({ width: 480, height: 360 });
  await serveShippedModels(digits);
  const settings = {
    ...QUIET,
    model: MODEL,
    stepsPerSecond: 30,
    presentation: { languages: ['en'] },
    supervision: { heartbeat: true, heartbeatSeconds: 1 },
  };
  let counted = 0;
  await page.route('**/heartbeat', async (route) => {
    counted = (route.request().postDataJSON() as { digitsRead: number }).digitsRead;
    await route.fulfill({ status: 204 });
  });
  await openExhibit(digits, settings, { query: '&strategy=texture' });
  const random = new Random(20);
  const times: number[] = [];
  const otherwise: string[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    const digit = (index * 7) % 10;
    await page.mouse.click(random.range(60, 420), random.range(50, 240));
    await expect(answer(page)).toHaveText(GUEST_TEXTS.en.invitation);
    await writeInFrame(page, random, digit);
    const start = Date.now();
    await expect(answer(page))
      .toHaveText(GUEST_TEXTS.en.answers.agree(String(digit)), { timeout: MOST_SECONDS * 1000 })
      .then(() => times.push(Date.now() - start))
      .catch(async () => otherwise.push(`${digit}: “${await answer(page).textContent()}”`));
    await leaveIdle(page);
    await expect(answer(page)).toHaveText('');
  }
  // A drawing counts once, whatever it is called first.
  await page.clock.runFor(1100);
  await expect.poll(() => counted).toBeGreaterThanOrEqual(times.length);
  expect(counted).toBeLessThanOrEqual(COUNT);
  times.sort((one, two) => one - two);
  const median = times[Math.floor(times.length / 2)];
  const description = `${times.length} of ${COUNT} digits named, after ${median} ms in the median, ${times.at(-1)} ms at most. ${otherwise.join(', ')}`;
  test.info().annotations.push({ type: 'guests', description });
  console.log(description);
  expect(otherwise.length, description).toBeLessThanOrEqual(MOST_OTHERWISE);
});

test('the first touch clears a place to write, and leaves the other digits', async ({ digits }) => {
  const { page } = digits;
  await openExhibit(digits, { ...QUIET, canvas: { columns: 6, rows: 4 } });
  const inked = async () => (await digits.stats()).digits.filter(({ inkCells }) => inkCells > 20).length;
  expect(await inked()).toBe(24);
  await touch(page);
  await expect(frame(page)).toBeVisible();
  await expect(answer(page)).toHaveText('Write a digit in the frame');
  // Four tiles at least, nine at most, and none of the others.
  await expect.poll(inked).toBeLessThanOrEqual(20);
  await expect.poll(inked).toBeGreaterThanOrEqual(15);
  await leaveIdle(page);
  await expect(frame(page)).toBeHidden();
  await page.clock.runFor(9000);
  await expect.poll(inked).toBe(24);
});

test('what woke the exhibit is no part of what is written', async ({ digits }) => {
  const { page } = digits;
  await openExhibit(digits);
  await page.evaluate(() => window.nca.setDigits(new Uint8Array(6 * 784)));
  await touch(page);
  const { inkCells: dot } = await digits.stats();
  expect(dot).toBeGreaterThan(0);
  const box = await frame(page).boundingBox();
  await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
  expect((await digits.stats()).inkCells).toBeLessThanOrEqual(dot + 2);
});

test('a stroke over digits that step back stays whole', async ({ digits }) => {
  const { page } = digits;
  await openExhibit(digits);
  // Everything is ink.
  await page.evaluate(() => window.nca.setDigits(new Uint8Array(6 * 784).fill(255)));
  await page.mouse.move(300, 200);
  await page.mouse.down();
  await page.mouse.move(480, 380, { steps: 6 });
  await page.mouse.up();
  await page.clock.runFor(2000);
  // The stroke is 254 pixels long, of eight or nine a cell, and three cells wide; all else in its tiles is gone.
  const cleared = (await digits.stats()).digits.filter(({ inkCells }) => inkCells < 700);
  const left = cleared.reduce((sum, { inkCells }) => sum + inkCells, 0);
  expect(left).toBeGreaterThan(70);
  expect(left).toBeLessThan(200);
});

test('the answer is about what was disturbed, too, and says whose cells they are', async ({ digits }) => {
  const { page } = digits;
  await openExhibit(digits, { ...QUIET, canvas: { columns: 6, rows: 4 }, stepsPerSecond: 30 });
  await touch(page);
  await page.getByRole('button', { name: 'New digits' }).click();
  await expect(frame(page)).toBeVisible();
  await page.getByRole('button', { name: 'Disturb' }).click();
  const box = await page.locator('#canvas').boundingBox();
  // The first tile, far from the place in the middle.
  await page.mouse.click((box?.x ?? 0) + 60, (box?.y ?? 0) + 60);
  await expect(answer(page)).toHaveText('The cells say 3');
});

test('the show says what its hand has written, under a caption that explains it', async ({ digits }) => {
  const { page } = digits;
  await openExhibit(digits, { canvas: { columns: 3, rows: 2 }, stepsPerSecond: 30 });
  await expect(page.locator('.kiosk-caption')).toHaveText(GUEST_TEXTS.en.captions.write);
  await page.clock.runFor(10_000);
  await expect(answer(page)).toHaveText('The cells say 3');
  const [caption, said] = [await page.locator('.kiosk-caption').boundingBox(), await answer(page).boundingBox()];
  expect(Math.abs((caption?.y ?? 0) - (said?.y ?? 0))).toBeGreaterThan(caption?.height ?? 0);
});

test('what the cells of a guest’s drawing stay undecided about is no digit, in the guest’s language', async ({
  digits,
}) => {
  const { page } = digits;
  await serveSilentModel(digits);
  await openExhibit(digits, { ...QUIET, stepsPerSecond: 30 }, { query: '&strategy=texture' });
  await touch(page);
  await writeInFrame(page, new Random(3), 8);
  await expect(answer(page)).toHaveText('That is no digit I know');
  await expect(answer(page)).toHaveAttribute('role', 'status');
  // It is an answer, in large letters, but has no colour.
  await expect(answer(page)).not.toHaveAttribute('data-aside');
  await expect(page.locator('.kiosk-swatch')).toHaveCount(0);
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await expect(answer(page)).toHaveText('Das ist keine Ziffer, die ich kenne');
});

/** A hand draws a heart, and nothing else; at ten steps a second, its cells have their time by the second 13. */
const HEART = { scenes: [{ kind: 'unknown', seconds: 16, shapes: ['heart'] }] };
const HEART_SECOND = 13;

test('the show draws what is no digit, and says that the cells do not know it once they stay undecided', async ({
  digits,
}) => {
  const { page } = digits;
  await serveSilentModel(digits);
  await playExhibit(digits, { ...HEART, language: 'de' }, 4);
  await expect(caption(page)).toHaveText(GUEST_TEXTS.de.captions.unknown);
  await expect(answer(page)).toHaveText('');
  await playOn(page, HEART_SECOND - 4);
  await expect(answer(page)).toHaveText(GUEST_TEXTS.de.answers.unknownDigit);
  await expect(caption(page)).toHaveText(GUEST_TEXTS.de.undecided);
});

test('the show does not say that cells stay undecided about a shape if they decide', async ({ digits }) => {
  await playExhibit(digits, { ...HEART, language: 'en' }, HEART_SECOND);
  await expect(answer(digits.page)).toHaveText('The cells say 3');
  await expect(caption(digits.page)).toHaveText(GUEST_TEXTS.en.captions.unknown);
});

test('panel and language are one touch away, accessible, and back to the operator’s after the guest', async ({
  digits,
}) => {
  test.setTimeout(120_000);
  const { page } = digits;
  await openExhibit(digits, { ...QUIET, language: 'de', scenes: [{ kind: 'rest', seconds: 3600 }] });
  await expect(page.locator('.kiosk-caption')).toHaveText(GUEST_TEXTS.de.captions.rest);
  await expectAccessible(page);
  await touch(page);
  const bar = page.locator('.kiosk-bar');
  await bar.getByRole('button', { name: 'Was ist das?' }).click();
  const panel = page.getByRole('dialog');
  await expect(panel).toContainText(GUEST_TEXTS.de.about.sentences[0]);
  await expect(panel.getByRole('listitem')).toHaveCount(5);
  await expect(panel.locator('canvas')).toHaveCount(3);
  await expectAccessible(page);
  for (const language of LANGUAGES) {
    const { name, title, bar: words, about } = GUEST_TEXTS[language];
    await bar.getByRole('button', { name }).click();
    await expect(bar.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true');
    await expect(bar.getByRole('button', { name: words.eraser })).toBeVisible();
    await expect(panel).toContainText(about.sentences[4]);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page).toHaveTitle(title);
  }
  await expectAccessible(page);
  // The canvas under it is there for whoever has read enough.
  await page.mouse.click(4, 4);
  await expect(panel).toBeHidden();
  await bar.getByRole('button', { name: GUEST_TEXTS.nl.bar.about }).click();
  await leaveIdle(page);
  await expect(panel).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.locator('.kiosk-caption')).toHaveText(/Ziffern|alles|neu/i);
  await touch(page);
  await expect(bar.getByRole('button', { name: 'Radieren' })).toBeVisible();
});

test('the panel is closed by its button, which gives the focus back', async ({ digits }) => {
  const { page } = digits;
  await openExhibit(digits);
  await touch(page);
  const opener = page.getByRole('button', { name: 'What is this?' });
  await opener.click();
  await expect(opener).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(opener).toBeFocused();
});

test('the operator says which languages there are', async ({ digits }) => {
  const { page } = digits;
  await openExhibit(digits, { ...QUIET, language: 'fr', presentation: { languages: ['en', 'fr'] } });
  await touch(page);
  await expect(page.locator('.kiosk-languages button')).toHaveText(['FR', 'EN']);
});

test('an exhibit that cannot run is dark, and says that it will be back and nothing else', async ({ digits }) => {
  const { page } = digits;
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.route('**/kiosk.json', (route) => route.fulfill({ json: { ...QUIET, language: 'it' } }));
  await page.goto('./?kiosk=1');
  const failure = page.getByRole('alert');
  await expect(failure.getByRole('heading')).toHaveText('Torniamo presto');
  for (const language of LANGUAGES) await expect(failure).toContainText(GUEST_TEXTS[language].backSoon);
  await expect(failure).not.toContainText(/Chrome|Firefox|Safari|Reload/);
  await expect(failure).toHaveCSS('background-color', 'rgb(0, 0, 0)');
  await expect(failure.locator('.kiosk-reason')).toContainText('WebGL2');
  await expect(failure.getByRole('button')).toHaveCount(0);
  await expectAccessible(page);
});
