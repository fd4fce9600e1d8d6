/** The element `<digit-canvas>`: its attributes, its events, its keys, its coming and going. */
import type { Page } from '@playwright/test';
import type { DigitCanvasElement } from '../engine/library/element/digit-canvas-element.ts';
import { expectAccessible } from './accessibility.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';
import { madeUpModel } from './made-up-model.ts';

interface ElementWindow {
  /** The names of the events of all elements, with what their errors say. */
  heard: string[];
  liveContexts: () => number;
}

const EVENTS = ['ready', 'change', 'measured', 'edited', 'lost', 'restored', 'error'];

/** Opens the example, whose markup is replaced by this one, with a model that says 3. */
async function open({ page }: DigitsPage, markup: string): Promise<void> {
  await page.route('**/models/{accurate,swift}.ktx2', (route) => route.fulfill({ body: madeUpModel('three', 3) }));
  await page.route('**/examples/element.html', async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    await route.fulfill({ response, body: text.replace(/<main>.*<\/main>/s, `<main><h1>Test</h1>${markup}</main>`) });
  });
  await page.addInitScript((events) => {
    const heard: string[] = [];
    const contexts = new Set<WebGL2RenderingContext>();
    const canvas = HTMLCanvasElement.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
    const { getContext } = canvas;
    canvas['getContext'] = function (...args) {
      const context = getContext.apply(this, args);
      if (context instanceof WebGL2RenderingContext) contexts.add(context);
      return context;
    };
    for (const name of events) {
      // Events that do not bubble are heard on their way down.
      document.addEventListener(
        name,
        (event) => {
          const { detail } = event as CustomEvent<{ message?: string } | null>;
          if (event instanceof CustomEvent) heard.push(name === 'error' ? `error: ${detail?.message}` : name);
        },
        true,
      );
    }
    const liveContexts = (): number => [...contexts].filter((gl) => !gl.isContextLost()).length;
    Object.assign(window, { heard, liveContexts });
  }, EVENTS);
  await page.goto('./examples/element.html');
}

const heard = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as ElementWindow).heard);

/** What the element says of its tiles, undecided ones as "?". */
const votes = (page: Page, index = 0): Promise<string> =>
  page
    .locator('digit-canvas')
    .nth(index)
    .evaluate((element) =>
      (element as DigitCanvasElement).votes.map((vote) => (vote === 'undecided' ? '?' : (vote ?? '-'))).join(' '),
    );

const liveCells = (page: Page): Promise<number> =>
  page
    .locator('digit-canvas')
    .first()
    .evaluate(async (element) => {
      const simulation = await (element as DigitCanvasElement).ready;
      return simulation.info.liveCells;
    });

const step = (page: Page, index = 0): Promise<number> =>
  page
    .locator('digit-canvas')
    .nth(index)
    .evaluate((element) => (element as DigitCanvasElement).simulation?.info.step ?? -1);

test('two on a page show what they are told to, say what their cells read, and are accessible', async ({ digits }) => {
  const { page } = digits;
  await open(
    digits,
    '<digit-canvas columns="3" rows="1"></digit-canvas><digit-canvas columns="2" rows="1" label="Two more"></digit-canvas>',
  );
  await expect.poll(() => votes(page)).toBe('3 3 3');
  await expect.poll(() => votes(page, 1)).toBe('3 3');
  expect(await heard(page)).toEqual(expect.arrayContaining(['ready', 'measured', 'change']));
  await expect(page.getByRole('application', { name: 'Handwritten digits that classify themselves' })).toBeVisible();
  await expect(page.getByRole('application', { name: 'Two more' })).toHaveAccessibleDescription(
    /Row 1: 3, 3\. The arrow keys/,
  );
  await expect(page.getByText('The cells read: Row 1: 3, 3, 3.').first()).toBeAttached();
  await expectAccessible(page);
});

test('the mouse paints, except where it is for looking only', async ({ digits }) => {
  const { page } = digits;
  await open(digits, '<digit-canvas columns="3" rows="1" empty></digit-canvas>');
  expect(await liveCells(page)).toBe(0);
  const box = await page.locator('digit-canvas').boundingBox();
  const paint = async (): Promise<void> => {
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 40);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 140, (box?.y ?? 0) + 60, { steps: 5 });
    await page.mouse.up();
  };
  await paint();
  const painted = await liveCells(page);
  expect(painted).toBeGreaterThan(20);
  expect(await heard(page)).toContain('edited');
  await expect.poll(() => votes(page)).toBe('3 - -');
  await page.locator('digit-canvas').evaluate(async (element) => {
    const canvas = element as DigitCanvasElement;
    canvas.readOnly = true;
    canvas.simulation?.undo();
  });
  await paint();
  expect(await liveCells(page)).toBe(0);
});

test('keys choose a tile, write into it, empty it, take that back, and pause', async ({ digits }) => {
  const { page } = digits;
  await open(digits, '<digit-canvas columns="2" rows="2" empty></digit-canvas>');
  expect(await liveCells(page)).toBe(0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('status')).toHaveText('Row 2, column 2: empty.');
  await page.keyboard.press('5');
  await expect.poll(() => votes(page)).toBe('- - - 3');
  const written = await liveCells(page);
  await page.keyboard.press('Delete');
  expect(await liveCells(page)).toBe(0);
  await page.keyboard.press('Control+z');
  expect(await liveCells(page)).toBe(written);
  await page.keyboard.press(' ');
  await expect(page.locator('digit-canvas')).toHaveAttribute('paused', '');
  const paused = await step(page);
  await page.waitForTimeout(500);
  expect(await step(page)).toBeLessThanOrEqual(paused + 1);
  await page.keyboard.press(' ');
  await expect(page.locator('digit-canvas')).not.toHaveAttribute('paused');
});

test('attributes and properties change it while it runs; wrong ones are named, and nothing is lost', async ({
  digits,
}) => {
  digits.tolerated.console.push(/404/);
  const { page } = digits;
  await open(digits, '<digit-canvas columns="2" rows="1"></digit-canvas>');
  await expect.poll(() => votes(page)).toBe('3 3');
  const element = page.locator('digit-canvas');
  const alert = page.getByRole('alert');
  const wrong: [name: string, value: string, message: RegExp][] = [
    ['palette', 'red', /"palette" must be one of seed, safe, contrast, not "red"/],
    ['steps-per-second', 'fast', /"stepsPerSecond" must be a number from 0.1 to 1000, not "fast"/],
    ['columns', '0', /"columns" must be a whole number from 1 to 128, not 0/],
    ['seed', '-1', /The seed must be a whole number/],
    ['model', '../models/nobody.ktx2', /nobody.*404/],
  ];
  for (const [name, value, message] of wrong) {
    await element.evaluate((given, [attribute, text]) => given.setAttribute(attribute, text), [name, value]);
    await expect(alert).toHaveText(message);
    await element.evaluate((given, attribute) => given.removeAttribute(attribute), name === 'columns' ? 'rows' : name);
    if (name === 'columns') await element.evaluate((given) => given.setAttribute('columns', '3'));
    await expect(alert).toBeHidden();
  }
  expect((await heard(page)).filter((name) => name.startsWith('error'))).toHaveLength(wrong.length);
  await element.evaluate((given) => {
    Object.assign(given, { columns: 3, rows: 1, view: 'ink', stepsPerSecond: 60 });
  });
  await expect.poll(() => votes(page)).toBe('3 3 3');
  const settings = await element.evaluate((given) => (given as DigitCanvasElement).simulation?.settings);
  expect(settings).toMatchObject({ view: 'ink', stepsPerSecond: 60, palette: 'seed' });
});

test('what cannot start says why, shows its own content, and starts when that is mended', async ({ digits }) => {
  digits.tolerated.console.push(/404/);
  const { page } = digits;
  await open(digits, '<digit-canvas model="nobody" columns="2" rows="1"><p>A picture of digits</p></digit-canvas>');
  await expect(page.getByRole('alert')).toHaveText(/nobody.*404/);
  await expect(page.getByText('A picture of digits')).toBeVisible();
  await expectAccessible(page);
  const refused = await page.locator('digit-canvas').evaluate((element) =>
    (element as DigitCanvasElement).ready.then(
      () => 'ready',
      (error: unknown) => String(error),
    ),
  );
  expect(refused).toMatch(/ModelError.*404/);
  await page.locator('digit-canvas').evaluate((element) => element.removeAttribute('model'));
  await expect.poll(() => votes(page)).toBe('3 3');
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(page.getByText('A picture of digits')).toBeHidden();
});

test('without WebGL2 it says so', async ({ digits }) => {
  await digits.page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await open(digits, '<digit-canvas>A picture of digits</digit-canvas>');
  await expect(digits.page.getByRole('alert')).toHaveText(/does not support WebGL2/);
  await expect(digits.page.getByText('A picture of digits')).toBeVisible();
});

test('taken out it leaves nothing on the GPU; put back it goes on; moved it never stops', async ({ digits }) => {
  digits.tolerated.console.push(/CONTEXT_LOST_WEBGL|context lost/i);
  const { page } = digits;
  await open(digits, '<digit-canvas columns="2" rows="1"></digit-canvas>');
  await expect.poll(() => votes(page)).toBe('3 3');
  const contexts = () => page.evaluate(() => (window as unknown as ElementWindow).liveContexts());
  const kept = await page.evaluate(async () => {
    const element = document.querySelector('digit-canvas') as DigitCanvasElement;
    const before = element.simulation;
    document.body.append(element);
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return element.simulation !== null && element.simulation === before;
  });
  expect(kept).toBe(true);
  await page.locator('digit-canvas').evaluate(async (element) => {
    const { simulation } = element as DigitCanvasElement;
    await simulation?.step(3);
    simulation?.paint([{ x: 2, y: 2 }], { radius: 2 });
  });
  const [before, at] = [await liveCells(page), await step(page)];
  expect(await contexts()).toBe(1);
  await page.evaluate(() => {
    const element = document.querySelector('digit-canvas');
    element?.remove();
    Object.assign(window, { element });
  });
  await expect.poll(contexts).toBe(0);
  await page.evaluate(() => document.body.append((window as unknown as { element: Element }).element));
  await expect.poll(() => heard(page).then((names) => names.filter((name) => name === 'ready').length)).toBe(2);
  expect(await liveCells(page)).toBe(before);
  // It was paused by step().
  expect(await step(page)).toBe(at);
  expect(await contexts()).toBe(1);
});

test('stands still while nobody sees it', async ({ digits }) => {
  const { page } = digits;
  await open(digits, '<digit-canvas columns="2" rows="1"></digit-canvas><div id="space"></div><p id="end">End</p>');
  await page.locator('#space').evaluate((element) => (element.style.height = '3000px'));
  await expect.poll(() => votes(page)).toBe('3 3');
  await page.locator('#end').scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  const away = await step(page);
  await page.waitForTimeout(1000);
  expect(await step(page)).toBe(away);
  await page.locator('h1').scrollIntoViewIfNeeded();
  await expect.poll(() => step(page)).toBeGreaterThan(away);
});

test('after a lost context it goes on by itself, and tells both', async ({ digits }) => {
  digits.tolerated.console.push(/CONTEXT_LOST_WEBGL|context lost/i);
  const { page } = digits;
  await open(digits, '<digit-canvas columns="2" rows="1"></digit-canvas>');
  await expect.poll(() => votes(page)).toBe('3 3');
  const before = await liveCells(page);
  await page.locator('digit-canvas').evaluate(async (element) => {
    const gl = element.shadowRoot?.querySelector('canvas')?.getContext('webgl2');
    const losing = gl?.getExtension('WEBGL_lose_context');
    losing?.loseContext();
    await new Promise((resolve) => setTimeout(resolve, 200));
    losing?.restoreContext();
  });
  await expect.poll(() => heard(page)).toEqual(expect.arrayContaining(['lost', 'restored']));
  expect(await liveCells(page)).toBe(before);
  const at = await step(page);
  await expect.poll(() => step(page)).toBeGreaterThan(at);
});

test('the page shows through a transparent one', async ({ digits }) => {
  const { page } = digits;
  await open(digits, '<div id="ground"><digit-canvas columns="2" rows="1" empty transparent></digit-canvas></div>');
  await page.locator('#ground').evaluate((element) => (element.style.background = 'rgb(0, 128, 64)'));
  await liveCells(page);
  await page.locator('digit-canvas').evaluate(async (element) => {
    (element as DigitCanvasElement).simulation?.pause();
    (element as DigitCanvasElement).simulation?.paint([{ x: 16, y: 16 }], { radius: 6 });
  });
  const colorsAt = async (): Promise<string[]> => {
    const picture = await page.locator('digit-canvas').screenshot();
    return page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
      context?.drawImage(bitmap, 0, 0);
      return [0.25, 0.75].map((x) =>
        String(context?.getImageData(bitmap.width * x, bitmap.height / 2, 1, 1).data.slice(0, 3)),
      );
    }, picture.toString('base64'));
  };
  await expect.poll(colorsAt).toEqual(['0,0,0', '0,128,64']);
});

test.describe('where little motion is asked for', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  test('it runs slowly, unless somebody gives a rate', async ({ digits }) => {
    const { page } = digits;
    await open(
      digits,
      '<digit-canvas columns="1" rows="1"></digit-canvas><digit-canvas columns="1" rows="1" steps-per-second="40"></digit-canvas>',
    );
    const rates = await page.evaluate(() =>
      Promise.all(
        [...document.querySelectorAll('digit-canvas')].map(
          async (element) => (await element.ready).settings.stepsPerSecond,
        ),
      ),
    );
    expect(rates).toEqual([10, 40]);
  });
});
