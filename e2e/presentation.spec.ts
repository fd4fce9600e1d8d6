/**
 * How an exhibit is laid out for its guests: the bar on any side and at any height, texts up to twice as large, screens
 * of any shape. `PICTURES=folder npx playwright test e2e/presentation.spec.ts` keeps a picture of each to look at.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { LANGUAGES } from '../engine/page/features/kiosk/languages.ts';
import { BAR_SIDES } from '../engine/page/features/kiosk/settings.ts';
import { GUEST_TEXTS } from '../engine/page/features/kiosk/texts/index.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';
import { openExhibit, QUIET } from './open-exhibit.ts';

const FOLDER = process.env['PICTURES'];

/** Pictures of millions of pixels take software GL its time: on large screens the sides that leave least are looked at. */
const SCREENS = [
  { width: 1280, height: 800, sides: { 1: BAR_SIDES, 2: BAR_SIDES } },
  { width: 1080, height: 1920, sides: { 1: ['bottom'], 2: ['top', 'left'] } },
  { width: 3840, height: 2160, sides: { 1: [], 2: ['bottom'] } },
] as const;

/** What of the exhibit is not as it must be: each fault in a few words. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
    const isShown = (element: Element) => element.getClientRects().length > 0;
    const overlap = (one: DOMRect, other: DOMRect): boolean =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.5;
    const isWithin = (inner: DOMRect, outer: DOMRect): boolean =>
      inner.left >= outer.left - 0.5 &&
      inner.top >= outer.top - 0.5 &&
      inner.right <= outer.right + 0.5 &&
      inner.bottom <= outer.bottom + 0.5;
    const screen = new DOMRect(0, 0, innerWidth, innerHeight);
    const bar = boxOf('.kiosk-bar');
    const canvas = boxOf('#canvas');
    if (!isWithin(bar, screen)) faults.push('the bar leaves the screen');
    if (overlap(bar, canvas)) faults.push('the bar lies on the canvas');
    if (canvas.width * canvas.height < 0.55 * screen.width * screen.height) {
      faults.push(`the canvas is ${canvas.width} × ${canvas.height}`);
    }
    const buttons = [...document.querySelectorAll('.kiosk-overlay button')].filter(isShown);
    for (const button of buttons) {
      const box = button.getBoundingClientRect();
      if (box.width < 44 || box.height < 44) faults.push(`“${button.textContent}”: ${box.width} × ${box.height}`);
      if (!isWithin(box, screen)) faults.push(`“${button.textContent}” leaves the screen`);
      for (const other of buttons) {
        if (other !== button && overlap(box, other.getBoundingClientRect())) {
          faults.push(`“${button.textContent}” lies on “${other.textContent}”`);
        }
      }
    }
    for (const text of document.querySelectorAll('.kiosk-overlay :is(button, span, p, h2, li, figcaption)')) {
      if (!isShown(text)) continue;
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = text;
      const isCut = clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 2);
      if (isCut)
        faults.push(
          `“${text.textContent}” is cut off: ${scrollWidth} × ${scrollHeight} in ${clientWidth} × ${clientHeight}`,
        );
      // Inline texts have no width of their own.
      const owner = text.closest('button');
      if (owner && !isWithin(text.getBoundingClientRect(), owner.getBoundingClientRect())) {
        faults.push(`“${text.textContent}” leaves its button`);
      }
    }
    const panel = document.querySelector('.kiosk-about');
    if (panel && isShown(panel)) {
      if (!isWithin(panel.getBoundingClientRect(), canvas)) faults.push('the panel leaves the canvas');
      if (panel.scrollHeight > panel.clientHeight + 1) faults.push('the panel has to be scrolled');
    }
    for (const sign of document.querySelectorAll('.kiosk-answer, .kiosk-place')) {
      if (isShown(sign) && sign.textContent !== '' && !isWithin(sign.getBoundingClientRect(), canvas)) {
        faults.push(`“${sign.textContent}” leaves the canvas`);
      }
    }
    for (const notice of document.querySelectorAll('.notice')) faults.push(`notice: ${notice.textContent}`);
    return [...new Set(faults)];
  });
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (FOLDER !== undefined) await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

/** Opens the exhibit as a guest has it, without steps: what lies over the canvas is what this is about. */
async function openAsGuest(
  digits: DigitsPage,
  screen: { width: number; height: number },
  presentation: unknown,
): Promise<void> {
  const { page } = digits;
  await page.setViewportSize(screen);
  const columns = screen.width > screen.height ? 8 : 4;
  const settings = {
    ...QUIET,
    canvas: { columns, rows: 12 - columns },
    language: 'de',
    idleSeconds: 3600,
    presentation,
  };
  await openExhibit(digits, settings, { query: '&paused=1&strategy=texture' });
  await page.mouse.click(screen.width * 0.45, screen.height * 0.4);
  await expect(page.locator('.kiosk-bar')).toBeVisible();
}

for (const screen of SCREENS) {
  for (const textScale of [1, 2] as const) {
    for (const side of FOLDER === undefined ? screen.sides[textScale] : BAR_SIDES) {
      const name = `${screen.width}x${screen.height}, texts ${textScale}, bar ${side}`;
      test(`${name}: everything has its place, in every language`, async ({ digits }) => {
        test.setTimeout(120_000);
        const { page } = digits;
        await openAsGuest(digits, screen, { bar: side, textScale });
        await keepPicture(page, `${name}, frame`);
        expect(await faultsOf(page)).toEqual([]);
        await page.locator('.kiosk-bar > button').last().click();
        await expect(page.getByRole('dialog')).toBeVisible();
        for (const language of LANGUAGES) {
          await page.getByRole('button', { name: GUEST_TEXTS[language].name }).click();
          await expect(page.getByRole('dialog')).toContainText(GUEST_TEXTS[language].about.sentences[0]);
          await keepPicture(page, `${name}, ${language}`);
          expect(await faultsOf(page), language).toEqual([]);
        }
      });
    }
  }
}

test('the bar is as high as it is asked to be', async ({ digits }) => {
  const { page } = digits;
  const screen = { width: 800, height: 1200 };
  const middle = async (presentation: unknown) => {
    await openAsGuest(digits, screen, presentation);
    expect(await faultsOf(page)).toEqual([]);
    const box = await page.locator('.kiosk-bar').boundingBox();
    return ((box?.y ?? NaN) + (box?.height ?? NaN) / 2) / screen.height;
  };
  const [low, high] = [await middle({ bar: 'left', barHeight: 0 }), await middle({ bar: 'left', barHeight: 1 })];
  expect(low).toBeGreaterThan(0.6);
  expect(high).toBeLessThan(0.4);
  expect(await middle({ bar: 'right' })).toBeCloseTo(0.5, 1);
  const level = await middle({ bar: 'bottom', barHeight: 0.25 });
  expect(level).toBeGreaterThan(0.65);
  expect(level).toBeLessThan(0.8);
});

test('what is seen stays where it is when the bar comes, and the touch paints where it is', async ({ digits }) => {
  const { page } = digits;
  for (const bar of ['bottom', 'left', 'top'] as const) {
    const settings = { ...QUIET, canvas: { columns: 3, rows: 2 }, presentation: { bar } };
    await openExhibit(digits, settings, { query: '&strategy=texture' });
    await page.evaluate(() => window.nca.setDigits(new Uint8Array(6 * 784)));
    await page.mouse.move(300, 200);
    await page.mouse.down();
    await page.mouse.up();
    // The ring around the pointer marks what is painted; the dot lies in its middle.
    await page.clock.runFor(1000);
    await digits.drawn();
    const clip = { x: 290, y: 190, width: 20, height: 20 };
    const picture = (await page.screenshot({ clip })).toString('base64');
    const isInked = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(20, 20).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const [red = 255, green = 255, blue = 255] = context?.getImageData(10, 10, 1, 1).data ?? [];
      return red + green + blue < 600;
    }, picture);
    expect(isInked, bar).toBe(true);
  }
});
