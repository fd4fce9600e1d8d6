/**
 * A page for tests: it runs made-up models, and whatever it complains of, or
 * asks of another address, fails the test.
 */
import { createHash } from 'node:crypto';
import { expect, type Locator, type Page, test as base } from '@playwright/test';
import type { PageInfo, PageInterface, PageValues } from '../engine/page/page-interface.ts';
import { isAboutScreenshots } from './browsers/screenshot-style.ts';
import { countPage } from './counted-page.ts';
import { madeUpModel } from './made-up-model.ts';

export { expect } from '@playwright/test';

/** What a test may open the page with; small by default, because software rendering is slow. */
export const SMALL = '?columns=3&rows=2&seed=5&paused=1';

/** Complaints of the page that a test provokes on purpose. */
export interface Tolerated {
  /** Patterns of console messages that are expected. */
  readonly console: RegExp[];
}

/** The models that the page finds: the first says 3, the second 7. */
const MODELS: Readonly<Record<string, () => Buffer>> = {
  three: () => madeUpModel('three', 3),
  seven: () => madeUpModel('seven', 7),
};

export class DigitsPage {
  readonly page: Page;
  readonly tolerated: Tolerated;

  constructor(page: Page, tolerated: Tolerated) {
    this.page = page;
    this.tolerated = tolerated;
  }

  /**
   * Opens the page and waits until its first picture is drawn. How fast the machine is must change nothing in it,
   * so the picture does not give way where it is too slow.
   */
  async open(query = SMALL): Promise<void> {
    const fixed = query.includes('adapt=') ? '' : `${query === '' ? '?' : '&'}adapt=0`;
    await this.page.goto(`./${query}${fixed}`);
    await this.page.evaluate(() => window.nca.ready);
  }

  info(): Promise<PageInfo> {
    return this.page.evaluate(() => window.nca.info());
  }

  get(): Promise<PageValues> {
    return this.page.evaluate(() => window.nca.get());
  }

  set(values: Partial<PageValues>): Promise<void> {
    return this.page.evaluate((given) => window.nca.set(given), values);
  }

  step(count: number): Promise<void> {
    return this.page.evaluate((given) => window.nca.step(given), count);
  }

  stats(): ReturnType<PageInterface['stats']> {
    return this.page.evaluate(() => window.nca.stats());
  }

  /** Where a cell of the canvas lies on the screen, while the whole canvas is shown. */
  async cellOnScreen(x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await this.page.locator('#canvas').boundingBox();
    const { width, height } = await this.info();
    if (!box) throw new Error('The canvas is not shown.');
    const scale = Math.min(box.width / width, box.height / height);
    return {
      x: box.x + (box.width - width * scale) / 2 + x * scale,
      y: box.y + (box.height - height * scale) / 2 + y * scale,
    };
  }

  /** Draws with the pressed mouse through these cells. */
  async stroke(...cells: readonly (readonly [number, number])[]): Promise<void> {
    let isDown = false;
    for (const [x, y] of cells) {
      const point = await this.cellOnScreen(x, y);
      await this.page.mouse.move(point.x, point.y, { steps: 4 });
      if (!isDown) await this.page.mouse.down();
      isDown = true;
    }
    await this.page.mouse.up();
  }

  /** Waits until a picture of everything that was asked for so far is drawn, and on the screen. */
  async drawn(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      // A new size of the window reaches the picture with the next frame.
      await frame();
      await window.nca.drawn();
      await frame();
    });
  }

  /** The colour of the picture where a cell is, sRGB bytes. */
  async colorAt(x: number, y: number): Promise<number[]> {
    await this.drawn();
    const { x: left, y: top } = await this.cellOnScreen(x + 0.5, y + 0.5);
    const picture = await this.page.screenshot({
      clip: { x: Math.floor(left), y: Math.floor(top), width: 1, height: 1 },
    });
    return this.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
    }, picture.toString('base64'));
  }

  /** A digest of the picture, the hint over it included; short, so that a failure stays readable. */
  async picture(): Promise<string> {
    await this.drawn();
    return digestOf(await this.page.locator('#canvas').screenshot());
  }

  notices() {
    return this.page.locator('.notice');
  }
}

/** Fills a field for a number, first emptied: Playwright types behind what is in it in Firefox. */
export async function fillNumber(field: Locator, value: number): Promise<void> {
  await field.fill('');
  await field.fill(String(value));
}

export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Serves made-up models, by their names, in place of the shipped ones. */
export async function serveMadeUpModels(page: Page, models = MODELS): Promise<void> {
  const index = Object.keys(models).map((name) => ({ name, file: `${name}.ktx2`, title: name }));
  await page.route('**/models/index.json', (route) => route.fulfill({ json: index }));
  await page.route('**/models/*.ktx2', (route) => {
    const name = /([a-z]+)\.ktx2$/.exec(route.request().url())?.[1] ?? '';
    const model = models[name];
    return model ? route.fulfill({ body: model() }) : route.fulfill({ status: 404 });
  });
}

export const test = base.extend<{ digits: DigitsPage; tolerated: Tolerated }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to see which fixtures are asked for.
  tolerated: async ({}, use) => use({ console: [] }),

  digits: async ({ page, baseURL, browserName, tolerated }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      // Said by Playwright itself, wherever tests allow no worker.
      if (message.text().includes('Service Worker registration blocked')) return;
      if (tolerated.console.some((pattern) => pattern.test(message.text()))) return;
      complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      const isOwn = origin === new URL(baseURL ?? '').origin || protocol === 'blob:' || protocol === 'data:';
      if (!isOwn) complaints.push(`request to ${request.url()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`policy violated: ${violatedDirective} by ${blockedURI}`);
      });
      window.addEventListener('unhandledrejection', ({ reason }) => {
        console.error(`unhandled rejection: ${String(reason)}`);
      });
    });
    await serveMadeUpModels(page);
    const stopCounting = await countPage(page);
    await use(new DigitsPage(page, tolerated));
    await stopCounting();
    expect(complaints.filter((complaint) => !isAboutScreenshots(complaint, browserName))).toEqual([]);
  },
});
