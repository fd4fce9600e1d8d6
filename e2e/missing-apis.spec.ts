/**
 * The page without what only newer browsers or secure contexts have; engine/BROWSERS.md lists it. Each is taken away by
 * itself, and once the page is opened by plain http under a name that is not this machine's.
 */
import { readFileSync } from 'node:fs';
import { SOFTWARE_WEBGL_FLAGS } from '../engine/cli/browser-flags.ts';
import { findBrowser } from '../engine/cli/find-browser.ts';
import { type DigitsPage, expect, SMALL, test } from './fixtures.ts';
import { madeUpModel } from './made-up-model.ts';

const OTHER_NAME = 'digits.example';

test.use({
  launchOptions: {
    executablePath: findBrowser('test') ?? undefined,
    args: [...SOFTWARE_WEBGL_FLAGS, `--host-resolver-rules=MAP ${OTHER_NAME} 127.0.0.1`],
  },
});

const inkCells = async (digits: DigitsPage): Promise<number> => (await digits.stats()).inkCells;

/** Paints with the mouse, undoes it and does it again. */
async function paintAndUndo(digits: DigitsPage): Promise<void> {
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await digits.stroke([10, 10], [40, 10], [40, 40]);
  const painted = await inkCells(digits);
  expect(painted).toBeGreaterThan(100);
  await digits.page.keyboard.press('Control+z');
  expect(await inkCells(digits)).toBe(0);
  await digits.page.keyboard.press('Control+Shift+z');
  expect(await inkCells(digits)).toBe(painted);
}

async function chooseFromMenu(digits: DigitsPage, name: string): Promise<void> {
  await digits.page.getByRole('button', { name: 'Menu' }).click();
  await digits.page.getByRole('button', { name }).click();
}

/** The file that an entry of the menu gives. */
async function savedBy(digits: DigitsPage, entry: string): Promise<Buffer> {
  const downloading = digits.page.waitForEvent('download');
  await chooseFromMenu(digits, entry);
  return readFileSync(await (await downloading).path());
}

async function savePicture(digits: DigitsPage): Promise<void> {
  const png = await savedBy(digits, 'Save a picture');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(1000);
}

async function saveSceneAndLoadIt(digits: DigitsPage): Promise<void> {
  const painted = await inkCells(digits);
  const scene = await savedBy(digits, 'Save the scene');
  await digits.page.keyboard.press('c');
  expect(await inkCells(digits)).toBe(0);
  const choosing = digits.page.waitForEvent('filechooser');
  await chooseFromMenu(digits, 'Load a scene');
  await (await choosing).setFiles({ name: 'scene.nca', mimeType: 'application/octet-stream', buffer: scene });
  await expect.poll(() => inkCells(digits)).toBe(painted);
}

/** The link goes where it can be had: into the address, which opens the same canvas. */
async function takeLinkFromAddress(digits: DigitsPage): Promise<void> {
  const { page } = digits;
  const painted = await inkCells(digits);
  await chooseFromMenu(digits, 'Copy a link');
  await expect(digits.notices().filter({ hasText: 'the link is in the address bar' })).toBeVisible();
  const address = page.url();
  expect(address).toMatch(/#.+/);
  await page.goto('about:blank');
  await page.goto(address);
  await page.evaluate(() => window.nca.ready);
  expect(await inkCells(digits)).toBe(painted);
}

/** Records a second with the first format that is offered, and tells which that was. */
async function record(digits: DigitsPage): Promise<string> {
  const { page } = digits;
  await chooseFromMenu(digits, 'Record a film or GIF');
  const dialog = page.getByRole('dialog', { name: 'Record the whole canvas' });
  await dialog.getByLabel('Seconds').fill('1');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Start' }).click();
  const download = await downloading;
  expect(readFileSync(await download.path()).length).toBeGreaterThan(300);
  return download.suggestedFilename().replace(/.*\./, '');
}

const REFUSAL = 'This browser cannot compress and decompress data';

interface Lack {
  readonly what: string;
  /** Runs in the page before anything else. */
  readonly takeAway: () => void;
  /** Beside painting, what is done in another way, or is said not to be had. */
  readonly then: (digits: DigitsPage) => Promise<void>;
}

const LACKS: readonly Lack[] = [
  {
    what: 'coalesced events',
    takeAway: () => Reflect.deleteProperty(PointerEvent.prototype, 'getCoalescedEvents'),
    then: async () => undefined,
  },
  {
    what: 'the capture of pointers',
    takeAway: () => Reflect.deleteProperty(Element.prototype, 'setPointerCapture'),
    then: async () => undefined,
  },
  {
    what: 'a clipboard',
    takeAway: () => Reflect.deleteProperty(Navigator.prototype, 'clipboard'),
    then: takeLinkFromAddress,
  },
  {
    what: 'service workers and their cache',
    takeAway: () => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
      Reflect.deleteProperty(globalThis, 'caches');
    },
    then: async () => undefined,
  },
  {
    what: 'storage',
    takeAway: () => {
      const refuse = (): never => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      };
      Object.defineProperty(window, 'localStorage', { get: refuse });
      Object.defineProperty(window, 'sessionStorage', { get: refuse });
    },
    then: savePicture,
  },
  {
    what: 'canvases outside of the document',
    takeAway: () => Reflect.deleteProperty(globalThis, 'OffscreenCanvas'),
    then: async (digits) => {
      await savePicture(digits);
      await record(digits);
    },
  },
  {
    what: 'streams that pack and unpack',
    takeAway: () => {
      Reflect.deleteProperty(globalThis, 'CompressionStream');
      Reflect.deleteProperty(globalThis, 'DecompressionStream');
    },
    then: async (digits) => {
      for (const entry of ['Save the scene', 'Save a replay', 'Copy a link']) {
        await chooseFromMenu(digits, entry);
        const notice = digits.notices().filter({ hasText: REFUSAL });
        await expect(notice).toBeVisible();
        await notice.getByRole('button', { name: 'Dismiss' }).click();
      }
      await savePicture(digits);
    },
  },
];

for (const { what, takeAway, then } of LACKS) {
  test(`without ${what} the page starts, paints and undoes`, async ({ digits }) => {
    await digits.page.addInitScript(takeAway);
    await digits.open();
    await paintAndUndo(digits);
    await then(digits);
  });
}

test.describe('without wake lock, aborts by time and storage', () => {
  test('an exhibit runs and paints', async ({ digits }) => {
    const { page } = digits;
    await page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'wakeLock');
      Reflect.deleteProperty(AbortSignal, 'timeout');
      const refuse = (): never => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      };
      Object.defineProperty(window, 'sessionStorage', { get: refuse });
    });
    await page.route('**/kiosk.json', (route) =>
      route.fulfill({ json: { supervision: { heartbeat: true, heartbeatSeconds: 1 } } }),
    );
    const beating = page.waitForRequest('**/heartbeat');
    await page.route('**/heartbeat', (route) => route.fulfill({ status: 204 }));
    await digits.open('?kiosk=1&columns=3&rows=2&seed=5');
    expect((await beating).postDataJSON()).toMatchObject({ wakeLock: false });
  });
});

test('the benchmark shows its report where there is no clipboard', async ({ digits }) => {
  const { page } = digits;
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'));
  await page.goto('./bench/');
  await page.locator('#copy').evaluate((button) => ((button as HTMLButtonElement).hidden = false));
  await page.locator('#copy').click({ force: true });
  await expect(page.locator('#result pre')).toHaveCount(1);
});

test.describe('by plain http under another name', () => {
  test.use({
    baseURL: async ({ baseURL }, use) => use((baseURL ?? '').replace('localhost', OTHER_NAME)),
  });

  test('the page starts, paints, undoes, saves, links, records and opens the examples', async ({ digits }) => {
    test.setTimeout(120_000);
    const { page } = digits;
    // Headers that hold in secure contexts only are ignored, and the browser says so.
    digits.tolerated.console.push(/Cross-Origin-Opener-Policy|Origin-Agent-Cluster/);
    await digits.open(SMALL);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    await paintAndUndo(digits);
    await savePicture(digits);
    await saveSceneAndLoadIt(digits);
    expect((await savedBy(digits, 'Save a replay')).length).toBeGreaterThan(100);
    expect(await record(digits)).toMatch(/^(mp4|webm|gif)$/);
    await takeLinkFromAddress(digits);

    await page.route('**/models/accurate.ktx2', (route) => route.fulfill({ body: madeUpModel('three', 3) }));
    await page.goto('./examples/embed.html');
    await expect(page.locator('#votes')).toHaveText('3 3 3 3 3 3 3 3');
    const liveCells = () =>
      page.evaluate(
        () => (window as unknown as { simulation: { info: { liveCells: number } } }).simulation.info.liveCells,
      );
    const before = await liveCells();
    const box = await page.locator('#digits').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 4, (box?.y ?? 0) + 4);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 90, (box?.y ?? 0) + 4, { steps: 5 });
    await page.mouse.up();
    expect(await liveCells()).toBeGreaterThan(before);
  });
});
