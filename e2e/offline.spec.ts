/** The page as an app: installed once, it opens without a network. */
import type { Page } from '@playwright/test';
import { Random } from '../engine/common/random/random.ts';
import { handDrawn } from './draw-sign.ts';
import { type Fault, FaultySite, pathOf } from './faulty-site.ts';
import { expect, test } from './fixtures.ts';

function stars(): { x: number; y: number }[][][] {
  const random = new Random(2);
  return Array.from({ length: 3 }, () => handDrawn('★', random));
}

interface Manifest {
  name: string;
  start_url: string;
  icons: { src: string; sizes: string }[];
}

test('the page says how it is installed, with icons of the sizes that it names', async ({ digits }) => {
  await digits.open();
  const { page } = digits;
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const result = await page.evaluate(async (href) => {
    const manifest = (await (await fetch(href ?? '')).json()) as Manifest;
    const sizes = await Promise.all(
      manifest.icons.map(async ({ src }) => {
        const { width, height } = await createImageBitmap(await (await fetch(src)).blob());
        return `${width}x${height}`;
      }),
    );
    return { manifest, sizes };
  }, address);
  expect(result.manifest).toMatchObject({ name: 'Self-classifying digits', start_url: './' });
  expect(result.sizes).toEqual(result.manifest.icons.map(({ sizes }) => sizes));
  expect(result.sizes).toContain('512x512');
});

test.describe('once visited', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the page opens offline, with every model, the panel and the recorder, and learns', async ({ digits }) => {
    test.setTimeout(180_000);
    const { page } = digits;
    digits.tolerated.console.push(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    await page.unrouteAll();
    await digits.open('?columns=2&rows=1&paused=1&strategy=texture');
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.context().setOffline(true);
    await digits.open('?columns=3&rows=1&paused=1&strategy=texture');
    expect(await digits.info()).toMatchObject({ columns: 3, rows: 1 });
    await page.evaluate(() => window.nca.useModel('cax'));
    expect(await digits.info()).toMatchObject({ model: 'cax' });
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.locator('#panel').getByLabel('dropout')).toBeVisible();
    await page.evaluate(() => window.nca.useModel('tiny'));
    const learnt = await page.evaluate((drawings) => window.nca.teach({ name: '★', drawings }, { steps: 1 }), stars());
    expect(learnt).toMatchObject({ steps: 1, backend: 'wasm' });
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await (await caches.open(names[0] ?? '')).keys();
      return { caches: names.length, files: requests.map(({ url }) => new URL(url).pathname) };
    });
    expect(kept.caches).toBe(1);
    expect(kept.files.some((file) => file.includes('gif-worker'))).toBe(true);
    expect(kept.files.some((file) => /lib\/|examples\/|bench\//.test(file))).toBe(false);
    await page.context().setOffline(false);
  });

  test('a newer page is shown at once where there is a network', async ({ digits }) => {
    test.setTimeout(120_000);
    const { page } = digits;
    await page.unrouteAll();
    await digits.open('?columns=1&rows=1&paused=1&strategy=texture');
    await page.evaluate(() => navigator.serviceWorker.ready);
    const answered = page.waitForResponse((response) => new URL(response.url()).pathname === '/');
    await digits.open('?columns=2&rows=1&paused=1&strategy=texture');
    expect((await answered).fromServiceWorker()).toBe(true);
    const cached = await page.evaluate(async () => {
      const [name] = await caches.keys();
      const cache = await caches.open(name ?? '');
      const stale = new Response('<title>An older page</title>', { headers: { 'Content-Type': 'text/html' } });
      await cache.put(new URL('./', location.href).href.split('?')[0] ?? '', stale);
      return (await cache.keys()).length;
    });
    expect(cached).toBeGreaterThan(5);
    await digits.open('?columns=2&rows=1&paused=1&strategy=texture');
    await expect(page).toHaveTitle('Self-classifying digits');
  });
});

const PORTAL = '<!doctype html><title>Welcome to the hotel</title><a href="/self-classifying-digits/">Go on</a>';

/** What may lie between the page and its server. */
const FAULTS: readonly (readonly [name: string, fault: Fault])[] = [
  [
    'an error',
    (_, response) => {
      response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>');
      return true;
    },
  ],
  [
    'a captive portal',
    (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(PORTAL);
      return true;
    },
  ],
  [
    'a redirect',
    (request, response) => {
      if (pathOf(request) === '/portal') response.writeHead(200, { 'Content-Type': 'text/html' }).end(PORTAL);
      else response.writeHead(302, { Location: '/portal' }).end();
      return true;
    },
  ],
  ['no answer', () => true],
  [
    'an answer that stops after its headers',
    (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': '5000' }).write('<!doctype html>');
      return true;
    },
  ],
  [
    'a portal that comes up after the page',
    (request, response) => {
      if (!pathOf(request).startsWith('/models/')) return false;
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(PORTAL);
      return true;
    },
  ],
];

test.describe('what a network may put in the place of the page', () => {
  test.use({ serviceWorkers: 'allow' });
  test.setTimeout(180_000);

  let site: FaultySite;
  test.beforeEach(async () => {
    site = await FaultySite.open();
  });
  test.afterEach(() => site.close());

  const open = async (page: Page, columns: number): Promise<void> => {
    await page.goto(`${site.address}?columns=${columns}&rows=1&paused=1&strategy=texture&adapt=0`);
    await page.evaluate(() => window.nca.ready);
    expect(await page.evaluate(() => window.nca.info())).toMatchObject({ columns, model: 'accurate' });
  };

  test('is not taken for it: it opens from what was kept', async ({ page }) => {
    await open(page, 1);
    await page.evaluate(() => navigator.serviceWorker.ready);
    for (const [index, [name, fault]] of FAULTS.entries()) {
      await test.step(name, async () => {
        site.fault = fault;
        await open(page, 2 + index);
      });
    }
    site.fault = () => false;
    site.asked.length = 0;
    await open(page, 1);
    expect(site.asked).toContain('/models/index.json');
  });

  test('is not kept', async ({ page }) => {
    site.fault = (request, response) => {
      if (pathOf(request) !== '/models/tiny.ktx2') return false;
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(PORTAL);
      return true;
    };
    await open(page, 1);
    await expect.poll(() => site.asked).toContain('/models/tiny.ktx2');
    const workers = () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return [registration?.installing, registration?.waiting, registration?.active].filter(Boolean).length;
      });
    await expect.poll(workers).toBe(0);
    site.fault = () => false;
    await open(page, 1);
    await expect.poll(workers).toBe(1);
  });
});
