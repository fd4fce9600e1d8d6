/** What can go wrong on a visitor's machine: each ends in a picture or in a message with a next step. */
import type { Page } from '@playwright/test';
import { expect, SMALL, test } from './fixtures.ts';
import { madeUpModel } from './made-up-model.ts';

test('without WebGL2 the page says so and what to do, and every call rejects with it', async ({ digits }) => {
  await digits.page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await digits.page.goto(`./${SMALL}`);
  await expect(digits.page.getByRole('alert')).toContainText('does not support WebGL2');
  await expect(digits.page.getByRole('alert')).toContainText('chrome://gpu');
  await expect(digits.page.getByRole('alert')).toContainText('about:support');
  const message = await digits.page.evaluate(() => window.nca.info().catch((error: unknown) => String(error)));
  expect(message).toMatch(/does not support WebGL2/);
});

test('without float targets the page names what the GPU lacks', async ({ digits }) => {
  await digits.page.addInitScript(() => {
    WebGL2RenderingContext.prototype.getExtension = () => null;
  });
  await digits.page.goto(`./${SMALL}`);
  await expect(digits.page.getByRole('alert')).toContainText('float textures');
  await expect(digits.page.getByRole('button', { name: 'Reload the page' })).toBeVisible();
});

test('a model file that is missing or broken is named, and the next one runs', async ({ digits }) => {
  digits.tolerated.console.push(/404/);
  await digits.page.route('**/models/three.ktx2', (route) => route.fulfill({ status: 404 }));
  await digits.open();
  await expect(digits.notices()).toContainText(['“three” cannot be used']);
  expect((await digits.info()).model).toBe('seven');
});

test.describe('a fetch that fails is tried again before anybody is told:', () => {
  test('of the list, of a model at the start, and of one that is chosen later', async ({ digits }) => {
    const { page } = digits;
    digits.tolerated.console.push(/400|503|ERR_CONNECTION/);
    const failOnce = (file: string, status: number | null) =>
      page.route(
        `**/models/${file}`,
        (route) => (status === null ? route.abort('connectionreset') : route.fulfill({ status })),
        { times: 1 },
      );
    await failOnce('index.json', null);
    await failOnce('three.ktx2', 503);
    await failOnce('seven.ktx2', 400);
    await digits.open();
    expect((await digits.info()).model).toBe('three');
    await page.evaluate(() => window.nca.useModel('seven'));
    expect((await digits.info()).model).toBe('seven');
    await expect(digits.notices()).toHaveCount(0);
  });

  test('of a part of the page that is loaded when it is wanted', async ({ digits }) => {
    const { page } = digits;
    digits.tolerated.console.push(/503/);
    for (const part of ['start', 'panel']) {
      await page.route(`**/assets/${part}-*.js`, (route) => route.fulfill({ status: 503 }), { times: 1 });
    }
    await digits.open();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.locator('#panel').getByLabel('dropout')).toBeVisible();
    await expect(digits.notices()).toHaveCount(0);
  });

  test('of a worker’s script', async ({ digits }) => {
    const { page } = digits;
    digits.tolerated.console.push(/503/);
    await page.route('**/assets/gif-worker-*.js', (route) => route.fulfill({ status: 503 }), { times: 1 });
    await digits.open();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Record a film or GIF' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Seconds').fill('1');
    const option = dialog.locator('option').filter({ hasText: /GIF/i });
    await dialog.getByLabel('Format').selectOption(await option.getAttribute('value'));
    const saving = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Start' }).click();
    expect((await saving).suggestedFilename()).toMatch(/\.gif$/);
  });

  test('what fails twice is told in words', async ({ digits }) => {
    const { page } = digits;
    digits.tolerated.console.push(/503/);
    await page.route('**/assets/panel-*.js', (route) => route.fulfill({ status: 503 }));
    await digits.open();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(digits.notices()).toContainText(['A part of the page could not be loaded']);
  });
});

test('without any model the page says what to do', async ({ digits }) => {
  digits.tolerated.console.push(/404/);
  await digits.page.route('**/models/**', (route) => route.fulfill({ status: 404 }));
  await digits.page.goto(`./${SMALL}`);
  await expect(digits.page.getByRole('alert')).toContainText('models/index.json');
});

test('a canvas that the GPU cannot hold is refused with the largest that fits', async ({ digits }) => {
  await digits.page.goto('./?columns=128&rows=128&tile=256&paused=1');
  await expect(digits.page.getByRole('alert')).toContainText('largest');
});

test('a context that was lost comes back with its ink, by itself', async ({ digits }) => {
  digits.tolerated.console.push(/CONTEXT_LOST_WEBGL|context lost/i);
  await digits.open();
  const before = await digits.page.evaluate(async () => {
    await window.nca.step(3);
    const state = await window.nca.readState();
    return [...state.data].filter((_, index) => index % state.channels === 0);
  });
  await digits.page.evaluate(() => {
    const gl = document.querySelector('canvas')?.getContext('webgl2');
    const extension = gl?.getExtension('WEBGL_lose_context');
    Object.assign(window, { losing: extension });
    extension?.loseContext();
  });
  await expect(digits.notices()).toContainText(['lost the graphics card']);
  const message = await digits.page.evaluate(() => window.nca.step(1).catch((error: unknown) => String(error)));
  expect(message).toMatch(/context/);
  await digits.page.evaluate(() => (window as unknown as { losing: WEBGL_lose_context }).losing.restoreContext());
  await expect(digits.notices()).toContainText(['The picture is back']);
  const after = await digits.page.evaluate(async () => {
    const state = await window.nca.readState();
    return [...state.data].filter((_, index) => index % state.channels === 0);
  });
  expect(after).toEqual(before);
  await digits.step(10);
  expect((await digits.stats()).digits.every(({ vote }) => vote === 3)).toBe(true);
  const labels = await digits.picture();
  await digits.set({ view: 'ink' });
  expect(await digits.picture()).not.toBe(labels);
});

/** Drops a file on the page as a visitor does. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ({ fileName, base64 }) => {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName));
      const stage = document.querySelector('#stage');
      for (const type of ['dragover', 'drop']) {
        stage?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    { fileName: name, base64: bytes.toString('base64') },
  );
}

test('a dropped model runs; a broken or foreign file is refused by name and reason, and the model stays', async ({
  digits,
}) => {
  await digits.open();
  const file = madeUpModel('five', 5);
  await drop(digits.page, 'five.ktx2', file);
  await expect.poll(async () => (await digits.info()).model).toBe('five');
  await drop(digits.page, 'cut.ktx2', file.subarray(0, 200));
  await expect(digits.notices().filter({ hasText: 'Could not open “cut.ktx2”' })).toBeVisible();
  await drop(digits.page, 'holiday.doc', Buffer.from('no model'));
  await expect(
    digits
      .notices()
      .filter({ hasText: 'Could not open “holiday.doc”: text files are not supported. This page opens models' }),
  ).toBeVisible();
  expect((await digits.info()).model).toBe('five');
});

test('a text from the address is shown as text, never as markup', async ({ digits }) => {
  await digits.open(`${SMALL}&model=${encodeURIComponent('<img src=x>')}&${encodeURIComponent('<b>x</b>')}=1`);
  await expect(digits.notices()).toHaveCount(2);
  expect(await digits.page.locator('.notice :is(img, b)').count()).toBe(0);
});
