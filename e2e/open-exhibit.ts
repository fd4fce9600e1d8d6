/** The page as an exhibit with settings of a test, by a clock that the test moves. */
import { expect, type Page } from '@playwright/test';
import type { KioskSettings } from '../engine/page/features/kiosk/settings.ts';
import type { DigitsPage } from './fixtures.ts';

export type DeepPartial<T> = T extends readonly unknown[]
  ? unknown[]
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/** A small canvas, slow time, and one scene that leaves the ink alone. */
export const QUIET: DeepPartial<KioskSettings> = {
  canvas: { columns: 3, rows: 2 },
  stepsPerSecond: 5,
  renewSeconds: 3600,
  scenes: [{ kind: 'rest', seconds: 3600, caption: 'Nothing happens.' }],
};

/** Opens the exhibit with these settings, at a moment of the clock on the wall. */
export async function openExhibit(
  digits: DigitsPage,
  settings: unknown = QUIET,
  { query = '', moment = '2026-11-24T10:00:00' } = {},
): Promise<void> {
  const { page } = digits;
  await page.clock.install({ time: new Date(moment) });
  await page.route('**/kiosk.json', (route) => route.fulfill({ json: settings }));
  await digits.open(`?kiosk=1${query}`);
}

export const expectMode = (page: Page, expected: string): Promise<void> =>
  expect.poll(() => page.evaluate(() => document.documentElement.dataset['kiosk'])).toBe(expected);

/** A touch in the middle of the canvas. */
export async function touch(page: Page): Promise<void> {
  await page.locator('#canvas').click();
}

/** The guest leaves, and the show goes on. */
export async function leaveIdle(page: Page): Promise<void> {
  await page.clock.fastForward(31_000);
  await expectMode(page, 'warning');
  await page.clock.fastForward(9_000);
  await expectMode(page, 'show');
}
