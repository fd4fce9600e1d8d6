/** The page as a visitor uses it: seen, painted on, commanded by buttons and keys. */
import { gzipSync } from 'node:zlib';
import type { PageValues } from '../engine/page/page-interface.ts';
import { IS_COUNTED } from '../engine/cli/counting/folder.ts';
import { makePalette } from '../engine/view/palettes.ts';
import { digestOf, expect, SMALL, test } from './fixtures.ts';

const THREE = [210, 245, 60];
const SEVEN = [165, 163, 159];
const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];

/** A thick vertical stroke in the middle of the first tile. */
const FIRST_TILE_STROKE = [
  [16, 8],
  [16, 24],
] as const;

test('a fresh page shows hundreds of digits that fill the window, undecided and black', async ({ digits }) => {
  await digits.open('?paused=1');
  const { columns, rows, tile, step, liveCells } = await digits.info();
  expect(columns * rows).toBeGreaterThanOrEqual(400);
  expect(tile).toBe(32);
  expect(step).toBe(0);
  expect(liveCells).toBeGreaterThan(400 * 40);
  const { width, height } = digits.page.viewportSize() ?? { width: 0, height: 0 };
  const box = await digits.page.locator('#canvas').boundingBox();
  expect((box?.width ?? 0) * (box?.height ?? 0)).toBeGreaterThan(0.8 * width * height);
});

test('digits are drawn by their label, and undecided ink is black', async ({ digits }) => {
  await digits.open();
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await digits.page.evaluate(() =>
    window.nca.paint(
      [
        { x: 16, y: 6 },
        { x: 16, y: 26 },
      ],
      { radius: 3 },
    ),
  );
  expect(await digits.colorAt(16, 16)).toEqual(BLACK);
  expect(await digits.colorAt(2, 2)).toEqual(WHITE);
  await digits.step(10);
  expect(await digits.colorAt(16, 16)).toEqual(THREE);
});

test('a stroke with the mouse becomes ink at once and then decides what it is', async ({ digits }) => {
  await digits.open();
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await digits.set({ brushRadius: 3 });
  await digits.stroke(...FIRST_TILE_STROKE);
  expect(await digits.colorAt(16, 16)).toEqual(BLACK);
  await digits.step(10);
  const { digits: read } = await digits.stats();
  expect(read).toHaveLength(1);
  expect(read[0]).toMatchObject({ column: 0, row: 0, vote: 3, agreement: 1, label: null });
});

test('the eraser takes ink away, and undo brings it back', async ({ digits }) => {
  await digits.open();
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await digits.set({ brushRadius: 3 });
  await digits.stroke(...FIRST_TILE_STROKE);
  await digits.page.getByRole('button', { name: 'Eraser' }).click();
  await digits.stroke(...FIRST_TILE_STROKE);
  expect(await digits.colorAt(16, 16)).toEqual(WHITE);
  await digits.page.keyboard.press('Control+z');
  expect(await digits.colorAt(16, 16)).toEqual(BLACK);
  await digits.page.keyboard.press('Control+y');
  expect(await digits.colorAt(16, 16)).toEqual(WHITE);
});

test('time runs by itself, and the play button stops it', async ({ digits }) => {
  await digits.open('?columns=3&rows=2&seed=5&rate=60');
  await expect.poll(async () => (await digits.info()).step).toBeGreaterThan(5);
  await digits.page.getByRole('button', { name: 'Pause' }).click();
  const { step } = await digits.info();
  await digits.drawn();
  expect((await digits.info()).step).toBe(step);
  await expect(digits.page.getByRole('button', { name: 'Play' })).toBeVisible();
  await digits.page.keyboard.press(' ');
  await expect.poll(async () => (await digits.info()).step).toBeGreaterThan(step);
});

test('a digit key stamps a digit of its class where the pointer is', async ({ digits }) => {
  await digits.open();
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  const point = await digits.cellOnScreen(48, 48);
  await digits.page.mouse.move(point.x, point.y);
  await digits.page.keyboard.press('3');
  await digits.step(10);
  const stats = await digits.stats();
  expect(stats.digits).toHaveLength(1);
  expect(stats.digits[0]).toMatchObject({ column: 1, row: 1, label: 3, vote: 3 });
  expect(stats.majorityAccuracy).toBe(1);
});

test('the legend names the classes in their colours and serves as the tray of stamps', async ({ digits }) => {
  await digits.open();
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  const seven = digits.page.getByRole('button', { name: /^Stamp a 7/ });
  await expect(seven.locator('.swatch')).toHaveCSS('background-color', `rgb(${SEVEN.join(', ')})`);
  await seven.click();
  await expect(seven).toHaveAttribute('aria-pressed', 'true');
  const point = await digits.cellOnScreen(80, 16);
  await digits.page.mouse.click(point.x, point.y);
  const { digits: read } = await digits.stats();
  expect(read).toMatchObject([{ column: 2, row: 0, label: 7 }]);
});

test('the wheel zooms at the pointer, dragging with the right button moves the canvas, F shows all of it', async ({
  digits,
}) => {
  await digits.open();
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await digits.page.evaluate(() => window.nca.paint([{ x: 2, y: 2 }], { radius: 12 }));
  const corner = await digits.cellOnScreen(1, 1);
  const middle = await digits.cellOnScreen(48, 32);
  const colorOf = async (): Promise<number[]> => digits.colorAt(48, 32);
  await expect.poll(colorOf).toEqual(WHITE);
  await digits.page.mouse.move(corner.x, corner.y);
  for (let notch = 0; notch < 16; notch += 1) await digits.page.mouse.wheel(0, -120);
  await expect.poll(colorOf).toEqual(BLACK);
  await digits.page.mouse.move(middle.x, middle.y);
  await digits.page.mouse.down({ button: 'right' });
  await digits.page.mouse.move(middle.x - 400, middle.y - 300, { steps: 3 });
  await digits.page.mouse.up({ button: 'right' });
  await expect.poll(colorOf).toEqual(WHITE);
  await digits.page.keyboard.press('f');
  await expect.poll(() => digits.colorAt(2, 2)).toEqual(BLACK);
});

test('the panel of all settings opens by button and key, and its values are those of the page', async ({ digits }) => {
  await digits.open();
  await digits.page.getByRole('button', { name: 'Settings' }).click();
  const panel = digits.page.locator('#panel');
  await expect(panel).toBeVisible();
  const dropout = panel.getByLabel('dropout');
  await dropout.fill('0.25');
  await dropout.press('Enter');
  expect((await digits.get()).dropout).toBe(0.25);
  await digits.set({ dropout: 0.75 });
  await expect(dropout).toHaveValue('0.75');
  await panel.getByLabel('palette').selectOption('For colour-blind eyes');
  expect((await digits.get()).palette).toBe('safe');
  await panel.getByLabel('model').selectOption('seven');
  await expect.poll(async () => (await digits.info()).model).toBe('seven');
  await dropout.press('Escape');
  await expect(panel).toBeHidden();
  await digits.page.keyboard.press('o');
  await expect(panel).toBeVisible();
});

test('every key does what the list of keys says', async ({ digits }) => {
  await digits.open();
  const press = async (key: string): Promise<PageValues> => {
    await digits.page.keyboard.press(key);
    return digits.get();
  };
  const first = await digits.get();
  expect(await press('e')).toMatchObject({ tool: 'eraser', erase: true });
  expect(await press('b')).toMatchObject({ tool: 'brush', erase: false });
  expect(await press('d')).toMatchObject({ tool: 'damage', damageMode: first.damageMode });
  expect((await press('d')).damageMode).not.toBe(first.damageMode);
  expect(await press('Escape')).toMatchObject({ tool: 'brush' });
  expect((await press(']')).brushRadius).toBeGreaterThan(first.brushRadius);
  expect((await press('[')).brushRadius).toBeCloseTo(first.brushRadius);
  expect(await press('t')).toMatchObject({ stampTurn: 15 });
  expect(await press('}')).toMatchObject({ stampTurn: 30 });
  expect(await press('{')).toMatchObject({ stampTurn: 15 });
  expect(await press('g')).toMatchObject({ grid: !first.grid });
  expect((await press('v')).view).not.toBe(first.view);
  expect(await press('p')).toMatchObject({ paused: false });
  expect(await press('p')).toMatchObject({ paused: true });
  const { step } = await digits.info();
  await press('.');
  await expect.poll(async () => (await digits.info()).step).toBe(step + 1);

  const pictures = [await digits.picture()];
  for (const key of ['+', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
    await press(key);
    pictures.push(await digits.picture());
  }
  // The last arrow is back where the first key had led.
  expect(pictures.pop()).toBe(pictures[1]);
  expect(new Set(pictures).size).toBe(pictures.length);
  await press('Home');
  expect(await digits.picture()).toBe(pictures[0]);
  await press('+');
  await press('-');
  expect(await digits.picture()).toBe(pictures[0]);

  const menu = digits.page.locator('#menu');
  await press('m');
  await expect(menu).toBeVisible();
  await press('m');
  await expect(menu).toBeHidden();
  await press('r');
  await expect.poll(async () => (await digits.info()).step).toBe(0);
});

test('every view and palette draws a picture of its own', async ({ digits }) => {
  await digits.open();
  await digits.step(6);
  const pictures = new Set<string>();
  const looks = [
    ...['label', 'confidence', 'disagreement', 'flicker', 'ink', 'channel', 'channels'].map((view) => ({ view })),
    ...['safe', 'contrast'].map((palette) => ({ view: 'label', palette })),
    { palette: 'seed', hueShift: 90 },
    { hueShift: 0, grid: true },
  ];
  for (const look of looks) {
    await digits.set({ ...look, channel: 5, channelGreen: 0, channelBlue: 11 } as never);
    pictures.add(await digits.picture());
  }
  expect(pictures.size).toBe(looks.length);
});

test('the first picture of disagreement knows the digits’ majorities', async ({ digits }) => {
  const { page } = digits;
  // Nobody but who draws the picture measures: the page's own figures never come.
  await page.addInitScript(() => {
    const setTimeout = window.setTimeout.bind(window);
    window.setTimeout = ((work: () => void, wait = 0) =>
      wait === 400 ? 0 : setTimeout(work, wait)) as unknown as typeof window.setTimeout;
  });
  await digits.open('?columns=2&rows=1&tile=28&paused=1');
  await page.evaluate(() => window.nca.set({ view: 'disagreement', palette: 'seed' }));
  await page.evaluate(() => window.nca.paint([{ x: 14.5, y: 14.5 }], { radius: 4 }));
  await digits.step(40);
  expect(await digits.colorAt(14, 14)).toEqual([...makePalette('seed', []).calm]);
});

test('the hint of the first visit goes away by painting and does not come back', async ({ digits }) => {
  await digits.open();
  const hint = digits.page.locator('#hint');
  await expect(hint).toBeVisible();
  await digits.stroke([40, 10], [44, 20]);
  await expect(hint).toBeHidden();
  await digits.open();
  await expect(hint).toBeHidden();
});

test('a window in German speaks German', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ locale: 'de-AT', baseURL });
  const page = await context.newPage();
  await page.goto(`./${SMALL}`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('button', { name: 'Radierer' })).toBeVisible();
  await context.close();
});

test('ui=0 leaves nothing but the canvas', async ({ digits }) => {
  await digits.open(`${SMALL}&ui=0`);
  await expect(digits.page.locator('#bar')).toBeHidden();
  await expect(digits.page.locator('#hint')).toBeHidden();
  const box = await digits.page.locator('#canvas').boundingBox();
  expect(box?.height).toBe(digits.page.viewportSize()?.height);
});

test('the page sends at most 220 kB of JavaScript before the first picture', async ({ digits }) => {
  test.skip(IS_COUNTED, 'A site whose lines are counted carries its sources with it.');
  const scripts: Promise<Buffer>[] = [];
  digits.page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.body());
  });
  await digits.open();
  const bytes = (await Promise.all(scripts)).map((body) => gzipSync(body).length);
  expect(bytes.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(220_000);
});

test('on a phone held upright everything fits, and a finger paints', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, baseURL });
  const page = await context.newPage();
  await page.goto('./?columns=2&rows=3&seed=5&paused=1');
  await page.evaluate(() => window.nca.ready);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  for (const control of await page.locator('#bar button, #bar select, #bar input').all()) {
    const box = await control.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 360).toBe(true);
  }
  const before = (await page.evaluate(() => window.nca.info())).liveCells;
  await page.touchscreen.tap(180, 200);
  expect((await page.evaluate(() => window.nca.info())).liveCells).not.toBe(before);
  await context.close();
});

test('two fingers pinch to zoom, and what the first one painted meanwhile is taken back', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ viewport: { width: 600, height: 600 }, hasTouch: true, baseURL });
  const page = await context.newPage();
  // Without the hint of the first visit, which painting takes away.
  await page.addInitScript(() => localStorage.setItem('nca-visited', '1'));
  await page.goto('./?columns=3&rows=3&seed=5&paused=1');
  const ink = async () => page.evaluate(async () => (await window.nca.stats()).inkCells);
  await page.evaluate(() => window.nca.ready);
  const before = await ink();
  const session = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly (readonly [number, number])[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  const picture = async () => digestOf(await page.locator('#canvas').screenshot());
  const whole = await picture();
  await touch('touchStart', [[280, 250]]);
  await touch('touchStart', [
    [280, 250],
    [320, 250],
  ]);
  for (let spread = 30; spread <= 150; spread += 30) {
    await touch('touchMove', [
      [300 - spread, 250],
      [300 + spread, 250],
    ]);
  }
  await touch('touchEnd', []);
  expect(await ink()).toBe(before);
  await expect.poll(picture).not.toBe(whole);
  await page.locator('#fit').tap();
  await expect.poll(picture).toBe(whole);
  await context.close();
});

test('with shift held, a press draws a straight line from where the last stroke ended', async ({ digits }) => {
  await digits.open();
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await digits.set({ brushRadius: 2 });
  await digits.stroke([10, 10]);
  await digits.page.keyboard.down('Shift');
  await digits.stroke([80, 50]);
  await digits.page.keyboard.up('Shift');
  expect(await digits.colorAt(45, 30)).toEqual(BLACK);
});

test.describe('the picture of a painted canvas', () => {
  test.use({ viewport: { width: 480, height: 320 } });

  // Looked at: soft edges in the colour of 3 on white, the stroke that was erased is gone, the dab is black; in the corner a
  // quarter of the cursor's ring.
  for (const view of ['label', 'ink'] as const) {
    test(`is what it was when somebody last looked at it: ${view}`, async ({ digits }) => {
      await digits.open(`${SMALL}&ui=0`);
      await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
      await digits.stroke([8, 8], [24, 8], [14, 24]);
      await digits.set({ brushRadius: 2.5, grid: true, view });
      await digits.stroke([40, 6], [56, 26]);
      await digits.set({ erase: true });
      await digits.stroke([38, 20], [58, 12]);
      await digits.step(10);
      await digits.set({ erase: false });
      await digits.stroke([80, 16]);
      await digits.page.mouse.move(0, 0);
      await digits.drawn();
      await expect(digits.page.locator('#canvas')).toHaveScreenshot(`painted-${view}.png`, {
        maxDiffPixelRatio: 0.002,
      });
    });
  }
});
