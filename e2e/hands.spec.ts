/** A visitor's phone and the operator's page, with a real page as the screen of a wall. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { decode } from 'fast-png';
import decodeQR from 'qr/decode.js';
import { SITE_FOLDER } from '../engine/cli/site.ts';
import { freePorts } from '../engine/cli/kiosk/wall/free-ports.ts';
import { type MadeUpServer, startWallServer } from '../engine/cli/kiosk/wall/made-up-server.ts';
import { hashPassword } from '../engine/cli/kiosk/wall/hands/passwords.ts';
import type { OperatorState } from '../engine/together/hands/operator-messages.ts';
import { expectAccessible } from './accessibility.ts';

const TOKEN = 'the-token-of-this-test';
const PASSWORD = 'correct horse battery';
const PATIENT = { timeout: 150_000 };
const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true } as const;

let folder = '';
let server: MadeUpServer;
let screen: Page;
const closing: (() => void | Promise<void>)[] = [];

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hands-'));
});

test.afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  server.process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const wallOf = (operator: object, wall: object) => ({
  ...{ folder, site: SITE_FOLDER, token: TOKEN, rate: 15 },
  canvas: { columns: 3, rows: 3, tile: 28 },
  wall: {
    grid: { columns: 1, rows: 1, width: 300, height: 300, bezel: 0 },
    hands: { most: 2, codeSize: 0.5 },
    operator,
    ...wall,
  },
});

async function open(browser: Browser, operator: object = {}, wall: object = {}, port = 0): Promise<void> {
  server = await startWallServer({ ...wallOf(operator, wall), port });
  screen = await browser.newPage({ viewport: { width: 300, height: 300 } });
  closing.push(() => screen.close());
  await screen.goto(`${server.address}?wall=1&screen=1&token=${TOKEN}`);
  await expect.poll(() => screen.evaluate(() => window.ncaWall?.step() ?? 0), PATIENT).toBeGreaterThan(0);
}

const state = async (): Promise<OperatorState> =>
  (await (await fetch(new URL('operator/state', server.address))).json()) as OperatorState;

async function phoneOf(browser: Browser, options: object = {}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ ...PHONE, ...options });
  closing.push(() => context.close());
  const page = await context.newPage();
  page.on('console', (message) => {
    // What a cut network leads to is meant.
    if (message.type() === 'error' && !message.text().includes('ERR_INTERNET_DISCONNECTED'))
      throw new Error(`The phone says: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(server.address).host) throw new Error(`It asks ${request.url()}`);
  });
  return { context, page };
}

async function joinHands(page: Page): Promise<void> {
  await page.goto((await state()).code?.address ?? '');
  await expect(page.locator('#bar')).toBeVisible(PATIENT);
}

const inkOnScreen = (): Promise<number> => screen.evaluate(async () => (await window.nca.info()).liveCells);

/** Draws with a finger. */
async function drag(
  context: BrowserContext,
  page: Page,
  points: readonly (readonly [number, number])[],
): Promise<void> {
  const box = await page.locator('#map').boundingBox();
  if (!box) throw new Error('The map is not shown.');
  const session = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: object[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints as never });
  for (const [index, [x, y]] of points.entries()) {
    const at = { x: box.x + box.width / 2 + x, y: box.y + box.height / 2 + y, id: 1 };
    await touch(index === 0 ? 'touchStart' : 'touchMove', [at]);
  }
  await touch('touchEnd', []);
}

/** Points on the way, as a finger moves. */
const along = (from: readonly [number, number], to: readonly [number, number], count = 12) =>
  Array.from(
    { length: count + 1 },
    (_, index) =>
      [from[0] + ((to[0] - from[0]) * index) / count, from[1] + ((to[1] - from[1]) * index) / count] as const,
  );

test('a phone scans the code on the screen, and what it draws is on the screen', async ({ browser }, info) => {
  test.setTimeout(600_000);
  await open(browser);

  const code = await test.step('the code on the screen is readable', async () => {
    await expect(screen.locator('.wall-code')).toBeVisible(PATIENT);
    const png = await screen.screenshot({ path: info.outputPath('code.png') });
    const { width, height, data } = decode(png);
    return decodeQR({ width, height, data: Uint8Array.from(data) });
  });
  expect(code).toBe((await state()).code?.address);

  const { context, page } = await phoneOf(browser, { locale: 'de-DE' });
  await page.goto(code);
  await expect(page.locator('#bar')).toBeVisible(PATIENT);
  await expect(page).toHaveTitle('Auf die Bildschirme malen');
  expect(new URL(page.url()).hash).toBe('');

  await test.step('the page is small', async () => {
    const bytes = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).reduce(
        (sum, { decodedBodySize }) => sum + decodedBodySize,
        0,
      ),
    );
    // Before compression; a third of it afterwards.
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(45_000);
  });

  await test.step('a finger draws', async () => {
    await drag(context, page, along([-60, -60], [60, -60]));
    await expect.poll(inkOnScreen, PATIENT).toBeGreaterThan(60);
    await expect(screen.locator('.wall-ring')).toHaveCount(1);
  });

  await test.step('how long a dot takes to the screen', async () => {
    const delays: number[] = [];
    for (let count = 0; count < 11; count += 1) {
      // What was drawn before must not be taken for this dot.
      await screen.evaluate(async () => {
        let [cells, since] = [-1, Date.now()];
        while (Date.now() - since < 700) {
          const { liveCells } = await window.nca.info();
          if (liveCells !== cells) [cells, since] = [liveCells, Date.now()];
          await new Promise(requestAnimationFrame);
        }
      });
      const shown = screen.evaluate(async () => {
        const { liveCells } = await window.nca.info();
        while ((await window.nca.info()).liveCells === liveCells) await new Promise(requestAnimationFrame);
        // Both pages are on this machine and have its clock.
        return Date.now();
      });
      await page.waitForTimeout(150);
      const pressed = page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            document.getElementById('map')?.addEventListener('pointerup', () => resolve(Date.now()), { once: true });
          }),
      );
      await page.waitForTimeout(50);
      await drag(context, page, [[-110 + 22 * count, 30]]);
      delays.push((await shown) - (await pressed));
    }
    delays.sort((one, other) => one - other);
    console.log(`phone to screen: ${delays.map((delay) => delay.toFixed(0)).join(', ')} ms`);
    expect(delays[0]).toBeGreaterThan(0);
    expect(delays[5]).toBeLessThan(3000);
  });

  await test.step('the map shows what the screen shows', async () => {
    await expect
      .poll(
        () =>
          page.evaluate(() => {
            const map = document.getElementById('map') as HTMLCanvasElement;
            const { data } = map.getContext('2d')?.getImageData(0, 0, map.width, map.height) ?? { data: [] };
            // Neither paper, plain ink nor the surroundings: the colour of a class.
            let colored = 0;
            for (let at = 0; at < data.length; at += 4) {
              if (
                Math.max(data[at], data[at + 1], data[at + 2]) - Math.min(data[at], data[at + 1], data[at + 2]) >
                60
              ) {
                colored += 1;
              }
            }
            return colored;
          }),
        PATIENT,
      )
      .toBeGreaterThan(100);
    await page.screenshot({ path: info.outputPath('phone.png') });
  });

  await test.step('a stamp and the eraser', async () => {
    const before = await inkOnScreen();
    await page.getByRole('button', { name: 'Stempel' }).tap();
    await page.getByRole('button', { name: '8', exact: true }).tap();
    await page.screenshot({ path: info.outputPath('stamp.png') });
    await drag(context, page, [[0, 80]]);
    await expect.poll(inkOnScreen, PATIENT).toBeGreaterThan(before + 40);
    const stamped = await inkOnScreen();
    await page.getByRole('button', { name: 'Radierer' }).tap();
    await drag(context, page, along([-60, -60], [60, -60]));
    await expect.poll(inkOnScreen, PATIENT).toBeLessThan(stamped - 40);
  });

  await test.step('the keyboard draws as well', async () => {
    const before = await inkOnScreen();
    await page.getByRole('button', { name: 'Stift' }).tap();
    await page.locator('#map').focus();
    await page.keyboard.press('Space');
    for (let count = 0; count < 10; count += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect.poll(inkOnScreen, PATIENT).toBeGreaterThan(before + 10);
  });

  await test.step('the network is cut, and what was drawn meanwhile follows', async () => {
    const before = await inkOnScreen();
    await context.setOffline(true);
    await expect(page.locator('#banner')).not.toHaveText('', PATIENT);
    await drag(context, page, along([-80, 100], [80, 120]));
    await context.setOffline(false);
    await expect(page.locator('#banner')).toHaveText('', PATIENT);
    await expect.poll(inkOnScreen, PATIENT).toBeGreaterThan(before + 40);
    expect((await state()).hands).toHaveLength(1);
  });

  await test.step('axe finds nothing', () => expectAccessible(page));

  await test.step('on its side', async () => {
    await page.setViewportSize({ width: 780, height: 360 });
    await page.waitForTimeout(500);
    await page.screenshot({ path: info.outputPath('landscape.png') });
    for (const name of ['Stift', 'Pinsel', 'Radierer', 'Stempel']) {
      const box = await page.getByRole('button', { name }).boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
  });
});

test('the operator sees who draws, freezes, clears, and sends a hand away', async ({ browser }, info) => {
  test.setTimeout(600_000);
  await open(browser);
  const { context, page } = await phoneOf(browser);
  await joinHands(page);
  await drag(context, page, along([-60, -60], [60, 60]));
  await expect.poll(inkOnScreen, PATIENT).toBeGreaterThan(40);
  const desk = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  closing.push(() => desk.close());
  const operator = await desk.newPage();
  await operator.goto(new URL('operator.html', server.address).href);
  await expect(operator.locator('#hands tr')).toHaveCount(1, PATIENT);
  await operator.screenshot({ path: info.outputPath('operator.png'), fullPage: true });
  await expectAccessible(operator);

  await operator.getByRole('button', { name: 'Freeze' }).click();
  await expect(page.locator('#banner')).toHaveText('Drawing is paused for now.', PATIENT);
  await page.screenshot({ path: info.outputPath('frozen.png') });
  await operator.getByRole('button', { name: 'Freeze' }).click();
  await expect(page.locator('#banner')).toHaveText('', PATIENT);
  operator.on('dialog', (dialog) => void dialog.accept());
  await operator.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(inkOnScreen, PATIENT).toBe(0);

  const second = await phoneOf(browser);
  await joinHands(second.page);
  const third = await phoneOf(browser);
  await third.page.goto((await state()).code?.address ?? '');
  await expect(third.page.getByRole('heading', { name: 'All places are taken' })).toBeVisible(PATIENT);
  await third.page.screenshot({ path: info.outputPath('full.png') });

  await operator
    .getByRole('button', { name: /Send hand \d+ away/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'You can no longer draw' })).toBeVisible(PATIENT);
  await page.screenshot({ path: info.outputPath('dropped.png') });
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

test('a phone goes on with another server when its own dies, and nothing is lost', async ({ browser }, info) => {
  test.skip(!hasRedis, 'There is no redis-server on this machine.');
  test.setTimeout(400_000);
  const [redisPort, ...ports] = await freePorts(3);
  const redis = spawn('redis-server', ['--port', `${redisPort}`, '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  });
  closing.push(() => void redis.kill('SIGKILL'));
  const shared = {
    redis: `redis://127.0.0.1:${redisPort}`,
    servers: ports.map((port) => `http://localhost:${port}/`),
  };
  await open(browser, {}, { ...shared, server: 1 }, ports[0]);
  const first = server;
  const otherFolder = mkdtempSync(join(tmpdir(), 'hands-'));
  closing.push(() => rmSync(otherFolder, { recursive: true, force: true }));
  const second = await startWallServer({
    ...wallOf({}, { ...shared, server: 2 }),
    folder: otherFolder,
    port: ports[1],
  });
  closing.push(() => void second.process.kill('SIGKILL'));

  const context = await browser.newContext(PHONE);
  closing.push(() => context.close());
  const page = await context.newPage();
  await joinHands(page);
  await drag(context, page, along([-60, -60], [60, -60]));
  await expect.poll(inkOnScreen, PATIENT).toBeGreaterThan(60);
  const before = await inkOnScreen();

  first.process.kill('SIGKILL');
  await expect(page.locator('#banner')).not.toHaveText('', PATIENT);
  // What is drawn meanwhile waits on the phone.
  await drag(context, page, along([-60, 40], [60, 40]));
  const start = Date.now();
  await expect(page.locator('#banner')).toHaveText('', PATIENT);
  console.log(`the phone is back after ${Date.now() - start} ms`);
  await expect(page.locator('#message')).toBeHidden();
  await expect.poll(inkOnScreen, PATIENT).toBeGreaterThan(before + 60);
  server = second;
  const { hands } = await state();
  expect(hands).toHaveLength(1);
  await drag(context, page, [[0, 90]]);
  await expect.poll(async () => (await state()).hands[0].events, PATIENT).toBeGreaterThan(hands[0].events);
  await page.screenshot({ path: info.outputPath('moved.png') });
});

test('with a password, nobody gets in without it, and other sites cannot act', async ({ browser }, info) => {
  test.setTimeout(300_000);
  await open(browser, { passwordHash: await hashPassword(PASSWORD) });
  const act = (headers: Record<string, string>) =>
    fetch(new URL('operator/act', server.address), { method: 'POST', headers, body: '{"do":"clear"}' });
  expect((await fetch(new URL('operator/state', server.address))).status).toBe(401);
  expect((await act({ 'Content-Type': 'application/json' })).status).toBe(401);
  expect((await act({ 'Content-Type': 'text/plain' })).status).toBe(415);
  expect((await act({ 'Content-Type': 'application/json', Origin: 'https://evil.example' })).status).toBe(403);

  const operator = await browser.newPage({ viewport: { width: 390, height: 700 } });
  closing.push(() => operator.close());
  await operator.goto(new URL('operator.html', server.address).href);
  await operator.getByLabel('Password').fill('wrong');
  await operator.keyboard.press('Enter');
  await expect(operator.getByRole('alert')).toHaveText('The password is wrong.', PATIENT);
  await operator.screenshot({ path: info.outputPath('password.png') });
  await operator.getByLabel('Password').fill(PASSWORD);
  await operator.keyboard.press('Enter');
  await expect(operator.getByRole('button', { name: 'Freeze' })).toBeFocused(PATIENT);
  await operator.getByRole('button', { name: 'Sign out' }).click();
  await expect(operator.getByLabel('Password')).toBeVisible(PATIENT);

  for (let tries = 0; tries < 5; tries += 1) {
    await operator.getByLabel('Password').fill('wrong again');
    await operator.keyboard.press('Enter');
    await operator.waitForTimeout(300);
  }
  await expect(operator.getByRole('alert')).toHaveText(/Too many tries/, PATIENT);
});
