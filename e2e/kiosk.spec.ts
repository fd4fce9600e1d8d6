/**
 * The page as an exhibit, by a clock that the test moves.
 */
import type { Page } from '@playwright/test';
import type { KioskSettings } from '../engine/app/kiosk/settings.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';

/** A small canvas, slow time, and one scene that leaves the ink alone. */
const QUIET: DeepPartial<KioskSettings> = {
  canvas: { columns: 3, rows: 2 },
  stepsPerSecond: 5,
  renewSeconds: 3600,
  scenes: [{ kind: 'rest', seconds: 3600, caption: 'Nothing happens.' }],
};

type DeepPartial<T> = T extends readonly unknown[]
  ? unknown[]
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/** Opens the exhibit with these settings, at a moment of the clock on the wall. */
async function openExhibit(
  digits: DigitsPage,
  settings: unknown = QUIET,
  { query = '', moment = '2026-11-24T10:00:00' } = {},
): Promise<void> {
  const { page } = digits;
  await page.clock.install({ time: new Date(moment) });
  await page.route('**/kiosk.json', (route) => route.fulfill({ json: settings }));
  await digits.open(`?kiosk=1${query}`);
}

const mode = (page: Page) => page.evaluate(() => document.documentElement.dataset['kiosk']);
const expectMode = (page: Page, expected: string) => expect.poll(() => mode(page)).toBe(expected);

/** A touch in the middle of the canvas. */
async function touch(page: Page): Promise<void> {
  await page.locator('#canvas').click();
}

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
