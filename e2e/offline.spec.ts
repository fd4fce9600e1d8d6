/** The page as an app: installed once, it opens without a network. */
import { expect, test } from './fixtures.ts';

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

  test('the page opens offline, with every model, the panel and the recorder', async ({ digits }) => {
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
