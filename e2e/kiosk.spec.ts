/**
 * The page as an exhibit, by a clock that the test moves.
 */
import { expect, SMALL, test } from './fixtures.ts';
import { madeUpModel } from './made-up-model.ts';
import { expectMode, openExhibit, QUIET, touch } from './open-exhibit.ts';

test.describe('a guest', () => {
  test('takes over with the first touch, is warned when idle, and leaves a clean canvas', async ({ digits }) => {
    const { page } = digits;
    await openExhibit(digits);
    await expectMode(page, 'show');
    await expect(page.getByText('Nothing happens.')).toBeVisible();
    await expect(page.getByRole('toolbar', { name: 'Tools' })).toBeHidden();

    await touch(page);
    await expectMode(page, 'guest');
    await expect(page.getByText('Nothing happens.')).toBeHidden();
    await page.getByRole('button', { name: 'Erase' }).click();
    expect((await digits.get()).tool).toBe('eraser');

    await page.clock.fastForward(29_000);
    await expectMode(page, 'guest');
    await page.clock.fastForward(2_000);
    await expectMode(page, 'warning');
    await expect(page.getByRole('alertdialog')).toContainText('Still there?');
    // Any movement will do; whoever aims at the dialog's button is there.
    await page.mouse.move(500, 400);
    await expectMode(page, 'guest');

    await page.clock.fastForward(31_000);
    await expectMode(page, 'warning');
    await page.clock.fastForward(9_000);
    await expectMode(page, 'show');
    expect((await digits.get()).tool).toBe('brush');
    await expect(page.getByRole('alertdialog')).toBeHidden();
  });

  test('paints with the very touch that takes over', async ({ digits }) => {
    const { page } = digits;
    await openExhibit(digits);
    await page.evaluate(() => window.nca.setDigits(new Uint8Array(6 * 784)));
    const { inkCells } = await digits.stats();
    await touch(page);
    expect((await digits.stats()).inkCells).toBeGreaterThan(inkCells);
  });
});

test('the exhibit is dark and still outside its hours', async ({ digits }) => {
  const { page } = digits;
  const hours = { openingHours: [{ from: '09:00', to: '18:00' }] };
  await openExhibit(digits, { ...QUIET, ...hours }, { moment: '2026-11-24T17:59:00' });
  await expectMode(page, 'show');
  await page.clock.fastForward(61_000);
  await expectMode(page, 'closed');
  expect((await digits.get()).paused).toBe(true);
  const black = await page.screenshot();
  expect(black.byteLength).toBeLessThan(20_000);
  await page.mouse.click(200, 200);
  await expectMode(page, 'closed');
  const { step } = await digits.info();
  // The clock jumps to the next morning.
  await page.clock.setSystemTime(new Date('2026-11-25T09:00:00'));
  await page.clock.fastForward(1000);
  await expectMode(page, 'show');
  await expect.poll(async () => (await digits.info()).step).toBeGreaterThan(step);
});

test('settings that cannot be used are told, and the defaults hold', async ({ digits }) => {
  await openExhibit(digits, { ...QUIET, palette: 'sepia' }, { query: '&columns=3&rows=2' });
  await expect(digits.notices()).toContainText(/kiosk\.json, line 1, column \d+: "palette" must be one of/);
  expect((await digits.get()).palette).toBe('seed');
  // The caption of the default show's scene makes way for the notice.
  const notice = await digits.notices().boundingBox();
  const caption = await digits.page.locator('.kiosk-caption').boundingBox();
  expect(caption?.y).toBeGreaterThan((notice?.y ?? NaN) + (notice?.height ?? NaN));
});

test('the address goes before the settings, and the language is theirs', async ({ digits }) => {
  await openExhibit(digits, { ...QUIET, language: 'de', palette: 'safe' }, { query: '&rows=1' });
  expect(await digits.info()).toMatchObject({ columns: 3, rows: 1 });
  expect((await digits.get()).palette).toBe('safe');
  await expect(digits.page).toHaveTitle('Ziffern, die sich selbst erkennen');
  await touch(digits.page);
  await expect(digits.page.getByRole('button', { name: 'Radieren' })).toBeVisible();
});

test('the screen is kept awake within the opening hours alone', async ({ digits }) => {
  const { page } = digits;
  await page.addInitScript(() => {
    let held = 0;
    const request = () => {
      held += 1;
      const release = () => Promise.resolve(void (held -= 1));
      return Promise.resolve(Object.assign(new EventTarget(), { release }));
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request, held: () => held } });
  });
  const held = () => page.evaluate(() => (navigator.wakeLock as unknown as { held(): number }).held());
  const hours = { openingHours: [{ from: '09:00', to: '18:00' }] };
  await openExhibit(digits, { ...QUIET, ...hours }, { moment: '2026-11-24T17:59:00' });
  await expect.poll(held).toBe(1);
  await page.clock.fastForward(61_000);
  await expectMode(page, 'closed');
  expect(await held()).toBe(0);
  await page.clock.setSystemTime(new Date('2026-11-25T09:00:00'));
  await page.clock.fastForward(1000);
  await expectMode(page, 'show');
  await expect.poll(held).toBe(1);
});

test('a server that does not hear heartbeats is nothing to the exhibit, and hears them again', async ({
  digits,
  tolerated,
}) => {
  const { page } = digits;
  tolerated.console.push(/Failed to load resource/);
  // The show goes on for seconds, and its picture is not what this is about.
  await page.setViewportSize({ width: 320, height: 240 });
  let isAway = true;
  const sent = { away: 0, heard: 0 };
  await page.route('**/heartbeat', async (route) => {
    sent[isAway ? 'away' : 'heard'] += 1;
    await (isAway ? route.abort('connectionrefused') : route.fulfill({ status: 204 }));
  });
  await openExhibit(digits, { ...QUIET, supervision: { heartbeat: true, heartbeatSeconds: 1 } });
  await expect.poll(() => sent.away).toBeGreaterThan(2);
  const { step } = await digits.info();
  await expect.poll(async () => (await digits.info()).step).toBeGreaterThan(step);
  await expectMode(page, 'show');
  isAway = false;
  await expect.poll(() => sent.heard).toBeGreaterThan(1);
  // The browser keeps no list of them.
  const listed = () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('heartbeat')).length;
  expect(await page.evaluate(listed)).toBe(0);
});

test('a screen that is turned gets the canvas that fits it', async ({ digits }) => {
  const { page } = digits;
  await page.setViewportSize({ width: 400, height: 300 });
  await openExhibit(digits, { ...QUIET, canvas: { columns: 3 } });
  expect(await digits.info()).toMatchObject({ columns: 3, rows: 2 });
  await page.setViewportSize({ width: 300, height: 400 });
  await expect.poll(async () => (await digits.info()).rows).toBe(4);
  await expect.poll(async () => (await digits.stats()).inkCells).toBeGreaterThan(500);
  const { step } = await digits.info();
  await expect.poll(async () => (await digits.info()).step).toBeGreaterThan(step);
  await expectMode(page, 'show');
  await expect(page.getByText('Nothing happens.')).toBeInViewport({ ratio: 1 });
});

test('a caption changes its place before it burns in', async ({ digits }) => {
  const { page } = digits;
  const caption = page.locator('.kiosk-caption');
  const top = async () => (await caption.boundingBox())?.y ?? NaN;
  await openExhibit(digits, { ...QUIET, renewSeconds: 60 });
  const first = await top();
  await page.clock.fastForward(61_000);
  await expect.poll(async () => Math.abs((await top()) - first)).toBeGreaterThan(300);
});

test('a digit whose state runs away is found on the GPU and starts anew', async ({ digits }) => {
  // One way to compute the step, so that none is tried out for each model.
  await digits.open(`${SMALL}&strategy=texture`);
  /** The largest number in the state after some steps of a model whose logits grow by so much in each. */
  const largestAfter = async (growth: number) => {
    const model = madeUpModel('wild', 3, {}, growth);
    await digits.page.evaluate((bytes) => window.nca.useModel(new Uint8Array(bytes)), [...model]);
    await digits.step(8);
    // Whoever asks for figures has the state looked through; the page does so by itself as well.
    await digits.stats();
    return digits.page.evaluate(async () => {
      const { data } = await window.nca.readState();
      return data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    });
  };
  expect(await largestAfter(100)).toBeGreaterThan(100);
  // Only the ink, which is no more than 1, is left.
  expect(await largestAfter(1e30)).toBeLessThanOrEqual(1);
});
