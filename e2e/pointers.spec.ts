/** Pointers whose release is missed, buttons that are pressed together, pens and palms, and two fingers. */
import type { CDPSession, Page } from '@playwright/test';
import { type DigitsPage, expect, SMALL, test } from './fixtures.ts';

const CANVAS = { columns: 3, rows: 2, tile: 32 };

async function openEmpty(digits: DigitsPage, query = SMALL): Promise<void> {
  await digits.open(query);
  await digits.page.evaluate((layout) => window.nca.setCanvas(layout), CANVAS);
}

const inkCells = async (digits: DigitsPage): Promise<number> => (await digits.stats()).inkCells;

/** The mouse goes to a cell. */
async function moveTo(digits: DigitsPage, x: number, y: number): Promise<void> {
  const point = await digits.cellOnScreen(x, y);
  await digits.page.mouse.move(point.x, point.y, { steps: 3 });
}

/** What a browser reports of a mouse whose button was let go over a dialog. */
async function moveWithoutButtons(digits: DigitsPage, session: CDPSession, x: number, y: number): Promise<void> {
  const point = await digits.cellOnScreen(x, y);
  await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...point, buttons: 0 });
}

/** Where the camera looks, by the picture of the canvas. */
const picture = (digits: DigitsPage): Promise<string> => digits.picture();

test.describe('a mouse', () => {
  for (const tool of ['brush', 'eraser', 'damage'] as const) {
    test(`whose release was missed does not go on with the ${tool}`, async ({ digits }) => {
      await openEmpty(digits);
      await digits.set({ brushRadius: 5 });
      await digits.stroke([4, 32], [92, 32]);
      await digits.step(10);
      await digits.set({ tool, damageMode: 'kill', brushRadius: 2 });
      const session = await digits.page.context().newCDPSession(digits.page);
      await moveTo(digits, 20, 30);
      await digits.page.mouse.down();
      await moveTo(digits, 24, 30);
      const before = await inkCells(digits);
      await moveWithoutButtons(digits, session, 28, 34);
      await moveWithoutButtons(digits, session, 80, 34);
      await moveWithoutButtons(digits, session, 80, 50);
      expect(await inkCells(digits)).toBe(before);
      await digits.page.mouse.up();
      // And the stroke, as far as it went, is one change.
      await digits.page.keyboard.press('Control+z');
      await digits.page.keyboard.press('Control+z');
      expect(await inkCells(digits)).toBe(0);
    });
  }

  test('whose right button goes on after the left was let go paints no more', async ({ digits }) => {
    await openEmpty(digits);
    await moveTo(digits, 10, 10);
    await digits.page.mouse.down();
    await moveTo(digits, 30, 10);
    await digits.page.mouse.down({ button: 'right' });
    await moveTo(digits, 50, 10);
    const both = await inkCells(digits);
    await digits.page.mouse.up();
    await moveTo(digits, 50, 50);
    await moveTo(digits, 10, 50);
    expect(await inkCells(digits)).toBe(both);
    await digits.page.mouse.up({ button: 'right' });
    await digits.stroke([70, 50], [90, 50]);
    expect(await inkCells(digits)).toBeGreaterThan(both);
  });

  test('whose release was missed drags the canvas no further', async ({ digits }) => {
    await digits.open();
    await digits.page.keyboard.press('+');
    await digits.page.keyboard.press('+');
    const session = await digits.page.context().newCDPSession(digits.page);
    await moveTo(digits, 40, 30);
    await digits.page.mouse.down({ button: 'right' });
    await moveTo(digits, 50, 30);
    await moveWithoutButtons(digits, session, 52, 30);
    const canvas = digits.page.locator('#canvas');
    await expect(canvas).not.toHaveClass(/panning/);
    await digits.page.mouse.up({ button: 'right' });
  });

  const interruptions: Record<string, (page: Page) => Promise<void>> = {
    'the window loses the focus': (page) => page.evaluate(() => void window.dispatchEvent(new Event('blur'))),
    'the tab is hidden': (page) =>
      page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: true });
        document.dispatchEvent(new Event('visibilitychange'));
        Object.defineProperty(document, 'hidden', { configurable: true, value: false });
      }),
    'the canvas loses the pointer': (page) =>
      page.evaluate(() => {
        const canvas = document.querySelector('#canvas');
        // The pointer that is down: the mouse's id is 1.
        canvas?.releasePointerCapture(1);
      }),
    'the browser takes the pointer away': (page) =>
      page.evaluate(() => {
        const canvas = document.querySelector('#canvas');
        canvas?.dispatchEvent(new PointerEvent('pointercancel', { pointerId: 1, pointerType: 'mouse' }));
      }),
    'another canvas takes its place': (page) =>
      page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 })),
  };
  for (const [what, interrupt] of Object.entries(interruptions)) {
    test(`paints no more once ${what}, but with the next press`, async ({ digits }) => {
      await openEmpty(digits);
      await moveTo(digits, 10, 10);
      await digits.page.mouse.down();
      await moveTo(digits, 30, 10);
      await interrupt(digits.page);
      // What is lost by a release of the capture is told with the pointer's next event.
      await moveTo(digits, 30, 11);
      const before = await inkCells(digits);
      await moveTo(digits, 80, 50);
      expect(await inkCells(digits)).toBe(before);
      await digits.page.mouse.up();
      await digits.stroke([70, 20], [90, 20]);
      expect(await inkCells(digits)).toBeGreaterThan(before);
    });
  }

  test('that undoes in the middle of a stroke goes on with a change of its own', async ({ digits }) => {
    await openEmpty(digits);
    await moveTo(digits, 10, 10);
    await digits.page.mouse.down();
    await moveTo(digits, 40, 10);
    await digits.page.keyboard.press('Control+z');
    expect(await inkCells(digits)).toBe(0);
    await moveTo(digits, 80, 10);
    await digits.page.mouse.up();
    expect(await inkCells(digits)).toBeGreaterThan(0);
    await digits.page.keyboard.press('Control+z');
    expect(await inkCells(digits)).toBe(0);
  });
});

interface PenStroke {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** A pen's contact as the browser reports it, with its tip or its eraser end. */
async function usePen(digits: DigitsPage, isEraser: boolean, { from, to }: PenStroke): Promise<void> {
  const start = await digits.cellOnScreen(...from);
  const end = await digits.cellOnScreen(...to);
  await digits.page.evaluate(
    ({ isEraser, start, end }) => {
      const canvas = document.querySelector('#canvas');
      const pen = { pointerId: 71, pointerType: 'pen', pressure: 1, bubbles: true };
      const pressed = { button: isEraser ? 5 : 0, buttons: isEraser ? 32 : 1 };
      const at = ({ x, y }: { x: number; y: number }) => ({ clientX: x, clientY: y });
      canvas?.dispatchEvent(new PointerEvent('pointerdown', { ...pen, ...pressed, ...at(start) }));
      canvas?.dispatchEvent(new PointerEvent('pointermove', { ...pen, ...pressed, button: -1, ...at(end) }));
      canvas?.dispatchEvent(new PointerEvent('pointerup', { ...pen, ...pressed, buttons: 0, ...at(end) }));
    },
    { isEraser, start, end },
  );
}

test('the other end of a pen erases, whatever the tool', async ({ digits }) => {
  await openEmpty(digits);
  await digits.set({ brushRadius: 3 });
  await usePen(digits, false, { from: [10, 16], to: [86, 16] });
  const whole = await inkCells(digits);
  expect(whole).toBeGreaterThan(300);
  for (const [row, tool] of (['brush', 'damage', 'stamp', 'inspect'] as const).entries()) {
    await digits.set({ tool });
    const before = await inkCells(digits);
    await usePen(digits, true, { from: [20 + 15 * row, 8], to: [20 + 15 * row, 24] });
    expect(await inkCells(digits)).toBeLessThan(before);
  }
  await digits.page.keyboard.press('Control+z');
});

test.describe('with fingers', () => {
  test.use({ hasTouch: true, viewport: { width: 700, height: 620 } });

  type Fingers = readonly (readonly [number, number])[];

  async function fingersOf(digits: DigitsPage) {
    const session = await digits.page.context().newCDPSession(digits.page);
    return (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', fingers: Fingers = []) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: fingers.map(([x, y], id) => ({ x, y, id })),
      });
  }

  test('a palm beside a pen that is in use paints nothing, before, while and just after', async ({ digits }) => {
    await openEmpty(digits);
    const touch = await fingersOf(digits);
    // The palm lands first, and smears.
    await touch('touchStart', [[300, 400]]);
    await touch('touchMove', [[330, 420]]);
    await touch('touchMove', [[360, 420]]);
    await usePen(digits, false, { from: [10, 10], to: [40, 10] });
    const pen = await inkCells(digits);
    await touch('touchMove', [[390, 440]]);
    await touch('touchEnd');
    expect(await inkCells(digits)).toBe(pen);
    await usePen(digits, false, { from: [10, 10], to: [40, 10] });
    await touch('touchStart', [[300, 400]]);
    await touch('touchMove', [[360, 420]]);
    await touch('touchEnd');
    expect(await inkCells(digits)).toBe(pen);
    // A second after, a finger is a finger.
    await expect(async () => {
      await touch('touchStart', [[300, 400]]);
      await touch('touchMove', [[360, 420]]);
      await touch('touchEnd');
      expect(await inkCells(digits)).toBeGreaterThan(pen);
    }).toPass();
  });

  test('a finger that the system takes away early leaves nothing; a later one has painted', async ({ digits }) => {
    await openEmpty(digits);
    const touch = await fingersOf(digits);
    await touch('touchStart', [[300, 300]]);
    await touch('touchMove', [[360, 320]]);
    await touch('touchCancel');
    expect(await inkCells(digits)).toBe(0);
    await touch('touchStart', [[300, 300]]);
    await touch('touchMove', [[360, 320]]);
    await digits.page.waitForTimeout(1100);
    await touch('touchCancel');
    expect(await inkCells(digits)).toBeGreaterThan(0);
  });

  for (const [what, pause, drift] of [
    ['that comes after a while', 1300, 6],
    ['whose first finger slides meanwhile', 200, 60],
  ] as const) {
    test(`a slow pinch ${what} leaves no ink`, async ({ digits }) => {
      await openEmpty(digits);
      const touch = await fingersOf(digits);
      const before = await picture(digits);
      await touch('touchStart', [[250, 250]]);
      for (let step = 1; step <= 4; step += 1) await touch('touchMove', [[250 + (step * drift) / 4, 250]]);
      await digits.page.waitForTimeout(pause);
      const start = 250 + drift;
      await touch('touchStart', [
        [start, 250],
        [420, 250],
      ]);
      for (let spread = 10; spread <= 60; spread += 10) {
        await touch('touchMove', [
          [start - spread, 250],
          [420 + spread, 250],
        ]);
      }
      // A third finger beside the two draws nothing either.
      await touch('touchStart', [
        [start - 60, 250],
        [480, 250],
        [350, 400],
      ]);
      await touch('touchMove', [
        [start - 60, 250],
        [480, 250],
        [390, 440],
      ]);
      await touch('touchEnd');
      expect(await inkCells(digits)).toBe(0);
      expect(await picture(digits)).not.toBe(before);
    });
  }

  test('on a large screen a second finger beside one that draws draws as well', async ({ digits }) => {
    await digits.page.setViewportSize({ width: 800, height: 720 });
    await openEmpty(digits);
    const touch = await fingersOf(digits);
    await touch('touchStart', [[60, 100]]);
    await touch('touchMove', [[120, 100]]);
    await digits.page.waitForTimeout(1100);
    const one = await inkCells(digits);
    await touch('touchStart', [
      [120, 100],
      [60, 250],
    ]);
    await touch('touchMove', [
      [120, 100],
      [200, 250],
    ]);
    await touch('touchEnd');
    expect(await inkCells(digits)).toBeGreaterThan(1.5 * one);
    // Both are one change.
    await digits.page.keyboard.press('Control+z');
    expect(await inkCells(digits)).toBe(0);
  });
});

/** Rows of the canvas that have ink. */
const inkedRows = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { width, data } = await window.nca.readLabels();
    return new Set(Array.from(data.keys(), (cell) => (data[cell] === -1 ? -1 : Math.floor(cell / width)))).size - 1;
  });

test('on an empty canvas the view comes nearer for a mouse, and stays as it is where there is ink', async ({
  digits,
}) => {
  const { page } = digits;
  await digits.open('?paused=1&seed=5');
  const line = async (x: number): Promise<void> => {
    await page.mouse.move(x, 200);
    await page.mouse.down();
    await page.mouse.move(x, 290, { steps: 5 });
    await page.mouse.up();
  };
  await page.keyboard.press('c');
  await expect.poll(() => inkCells(digits)).toBe(0);
  await line(300);
  // Ninety pixels are half of what a hand's digit has, and so ten cells, and the brush's width.
  const near = await inkedRows(page);
  expect(near).toBeGreaterThan(9);
  expect(near).toBeLessThan(17);
  await page.keyboard.press('f');
  await line(500);
  expect(await inkedRows(page)).toBeGreaterThan(4 * near);
});
