/** Phones, tablets, and windows at 400 %: everything is in reach, and a finger writes a digit that is read. */
import type { Page } from '@playwright/test';
import { writeDigit } from '../engine/common/handwriting/write-digit.ts';
import { placeStrokes } from '../engine/common/handwriting/stroke.ts';
import { Random } from '../engine/common/random/random.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';

interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly isTouch: boolean;
  /** CSS pixels of canvas, one way and the other, at least. */
  readonly leastCanvas: readonly [number, number];
}

const SCREENS: readonly Screen[] = [
  { name: 'a phone held upright', width: 390, height: 844, isTouch: true, leastCanvas: [390, 520] },
  { name: 'a small phone held upright', width: 360, height: 640, isTouch: true, leastCanvas: [360, 320] },
  { name: 'a phone held level', width: 844, height: 390, isTouch: true, leastCanvas: [520, 380] },
  { name: 'a tablet', width: 820, height: 1180, isTouch: true, leastCanvas: [820, 900] },
  { name: 'a window at 400 %', width: 320, height: 180, isTouch: false, leastCanvas: [320, 120] },
  { name: 'a window at 500 %', width: 256, height: 144, isTouch: false, leastCanvas: [256, 96] },
];

interface State {
  readonly name: string;
  /** Where its controls are; others may lie under them. */
  readonly part: string;
  readonly open: (page: Page) => Promise<unknown>;
  readonly close: (page: Page) => Promise<unknown>;
}

/** What a key opens and closes; `shown` is there when it is open. */
function byKey(name: string, key: string, part: string, shown: string): State {
  return {
    name,
    part,
    open: async (page) => {
      await page.keyboard.press(key);
      await expect(page.locator(shown).first()).toBeVisible();
    },
    close: async (page) => {
      await page.locator('#canvas').focus();
      await page.keyboard.press(key);
      await expect(page.locator(shown).first()).toBeHidden();
    },
  };
}

/** What can be open over or beside the canvas. */
const STATES: readonly State[] = [
  { name: 'nothing', part: 'body', open: () => Promise.resolve(), close: () => Promise.resolve() },
  byKey('menu', 'm', '#menu', '#menu'),
  byKey('settings', 'o', '#panel', '#panel .lil-gui'),
  byKey('inspector', 'i', '#inspector', '#inspector'),
  byKey('two models', 'k', 'body', '#leave-compare'),
  byKey('figures', 'a', 'body', '#figures'),
  {
    name: 'recorder',
    part: '#take',
    open: async (page) => {
      await page.keyboard.press('m');
      await page.locator('#record').click();
      await expect(page.locator('#take')).toBeVisible();
    },
    close: (page) => page.locator('#take').getByRole('button', { name: 'Close' }).click(),
  },
  { ...byKey('lesson', 'l', 'body', '#lesson-leave'), close: () => Promise.resolve() },
];

/**
 * The controls that no scrolling brings to light, and those that are smaller than a fingertip or have letters so small
 * that iOS zooms in.
 * @param part a selector of what is open and has its controls above others; the rest need not be hit under it
 */
function faultsOf(page: Page, part: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const faults: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>(`${selector} :is(button, select, input)`)) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      control.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = control.getBoundingClientRect();
      const name = control.id || control.textContent || control.className || control.tagName;
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      // A checkbox of the panel is hit by its label.
      const isHit = hit !== null && (control.contains(hit) || hit.contains(control));
      if (!isHit) faults.push(`${name} is covered by ${hit?.id || hit?.className || 'nothing'}`);
      const card = control.closest('#menu, #panel, #inspector, #take, .lesson, #figures');
      if (card) {
        const box = card.getBoundingClientRect();
        // A sliver of the stage in which it can be scrolled is no room to read.
        if (box.height < Math.min(100, card.scrollHeight)) faults.push(`${name} is in a card of ${box.height} pixels`);
      }
      const isTick = control.matches('input[type=checkbox]');
      if (!isTick && height < 43.5) faults.push(`${name} is ${height} pixels high`);
      if (control.matches('button') && width < 43.5) faults.push(`${name} is ${width} pixels wide`);
      const isField = control.matches('select, input:not([type=range], [type=checkbox])');
      if (isField && parseFloat(getComputedStyle(control).fontSize) < 16) faults.push(`${name} has small letters`);
    }
    document.body.scrollTop = 0;
    return faults;
  }, part);
}

for (const { name, width, height, isTouch, leastCanvas } of SCREENS) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport: { width, height }, hasTouch: isTouch });

    test('the canvas has room, and every control is in reach, whatever is open', async ({ digits }) => {
      const { page } = digits;
      await digits.open('?columns=2&rows=2&paused=1');
      const box = await page.locator('#canvas').boundingBox();
      expect(box?.width).toBeGreaterThanOrEqual(leastCanvas[0]);
      expect(box?.height).toBeGreaterThanOrEqual(leastCanvas[1]);
      for (const state of STATES) {
        await state.open(page);
        expect([state.name, ...(await faultsOf(page, state.part))]).toEqual([state.name]);
        const overflow = await page.evaluate(() => document.body.scrollWidth - document.body.clientWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await state.close(page);
      }
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 });

  /** Draws with one finger, in CSS pixels of the page. */
  async function write(digits: DigitsPage, strokes: readonly (readonly { x: number; y: number }[])[]): Promise<void> {
    const session = await digits.page.context().newCDPSession(digits.page);
    for (const stroke of strokes) {
      for (const [index, { x, y }] of stroke.entries()) {
        const type = index === 0 ? 'touchStart' : 'touchMove';
        await session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y, id: 0 }] });
      }
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    }
  }

  for (const digit of [3, 7]) {
    test(`a ${digit} that a finger writes on a fresh page is read`, async ({ digits }) => {
      test.setTimeout(240_000);
      const { page } = digits;
      await page.unrouteAll();
      await digits.open('');
      const { columns, rows } = await digits.info();
      expect(columns * rows).toBeLessThan(80);
      const box = await page.locator('#canvas').boundingBox();
      if (!box) throw new Error('The canvas is not shown.');
      const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      // A hand's strokes, three centimetres high.
      const strokes = placeStrokes(writeDigit(new Random(11), digit), { ...centre, size: 170 });
      const wholeCells = (await digits.info()).liveCells;
      await write(digits, strokes);
      expect((await digits.info()).liveCells).toBeGreaterThan(wholeCells + 50);
      // It lies on the tiles in the middle, which were left empty.
      const inMiddle = (at: number, count: number): boolean => Math.abs(at - (count - 1) / 2) <= 1;
      await expect(async () => {
        const { digits: read, step } = await digits.stats();
        expect(step).toBeGreaterThan(20);
        const parts = read.filter(({ column, row }) => inMiddle(column, columns) && inMiddle(row, rows));
        expect(parts.length).toBeGreaterThan(0);
        const largest = parts.reduce((one, other) => (one.inkCells > other.inkCells ? one : other));
        expect(largest.vote).toBe(digit);
      }).toPass({ timeout: 200_000 });
    });
  }

  test('two models side by side are not black, not even while the GPU is busy', async ({ digits }) => {
    await digits.open();
    await digits.page.keyboard.press('k');
    await expect(digits.page.locator('#leave-compare')).toBeVisible();
    await digits.drawn();
    // Nothing is drawn any more, as where a frame waits for the GPU, when the stage changes its size.
    await digits.page.evaluate(() => {
      window.requestAnimationFrame = () => 0;
    });
    await digits.page.setViewportSize({ width: 390, height: 760 });
    await expect.poll(async () => shareOf(digits, (grey) => grey > 200)).toBeGreaterThan(0.5);
  });
});

/** The share of the canvas' pixels that are so. */
async function shareOf(digits: DigitsPage, is: (grey: number) => boolean): Promise<number> {
  const picture = await digits.page.locator('#canvas').screenshot();
  const greys = await digits.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    return Array.from({ length: data.length / 4 }, (_, pixel) => data[4 * pixel + 1]);
  }, picture.toString('base64'));
  return greys.filter(is).length / greys.length;
}

test('a canvas that the address asks for stays as asked, and a finger changes nothing of the view', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, baseURL });
  const page = await context.newPage();
  await page.goto('./?columns=8&paused=1');
  await page.evaluate(() => window.nca.ready);
  const { columns, liveCells } = await page.evaluate(() => window.nca.info());
  expect(columns).toBe(8);
  const tileInk = await page.evaluate(async () => (await window.nca.stats()).digits.length);
  const { rows } = await page.evaluate(() => window.nca.info());
  expect(tileInk).toBe(8 * rows);
  // A tap is a dot of the brush's own size.
  await page.touchscreen.tap(195, 300);
  const dot = Math.abs((await page.evaluate(() => window.nca.info())).liveCells - liveCells);
  expect(dot).toBeLessThan(60);
  await context.close();
});
