/** What an operator does with a wall, with real pages: setting it up, https, opening hours. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { freePorts } from '../engine/cli/kiosk/wall/free-ports.ts';
import { MadeUpHand } from '../engine/cli/kiosk/wall/made-up-hand.ts';
import { type MadeUpServer, startWallServer } from '../engine/cli/kiosk/wall/made-up-server.ts';
import { SITE_FOLDER } from '../engine/cli/site.ts';
import { expectAccessible } from './accessibility.ts';

const TOKEN = 'the-token-of-this-test';
const PATIENT = { timeout: 150_000 };
const CANVAS = { columns: 2, rows: 1, tile: 28 };
const GRID = { grid: { columns: 2, rows: 1, width: 300, height: 300, bezel: 10 } };

const closing: (() => void | Promise<void>)[] = [];
let folder = '';

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wall-exhibit-'));
});

test.afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(given: Partial<Parameters<typeof startWallServer>[0]> = {}): Promise<MadeUpServer> {
  const server = await startWallServer({
    ...{ folder, site: SITE_FOLDER, token: TOKEN, rate: 10, canvas: CANVAS, wall: GRID },
    ...given,
  });
  closing.push(() => void server.process.kill('SIGKILL'));
  return server;
}

async function openPage(browser: Browser, address: string, side: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: side, height: side }, ignoreHTTPSErrors: true });
  closing.push(() => context.close());
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const stepOf = (page: Page): Promise<number> => page.evaluate(() => window.ncaWall?.step() ?? 0);

async function openScreen(browser: Browser, address: string, screen: number): Promise<Page> {
  const page = await openPage(browser, `${address}?wall=1&screen=${screen}&token=${TOKEN}`, 160);
  await expect.poll(() => stepOf(page), PATIENT).toBeGreaterThan(0);
  return page;
}

/** How far from the left of a screen the ring of a hand is, in pixels. It may be beyond the screen. */
async function ringOn(screen: Page, index = 0): Promise<number> {
  const box = await screen.locator('.wall-ring').nth(index).boundingBox();
  if (!box) throw new Error('There is no ring.');
  return box.x + box.width / 2;
}

/** Hands that point at cells, until every screen shows their rings. */
async function point(server: MadeUpServer, screens: readonly Page[], columns: readonly number[]): Promise<void> {
  const hands = columns.map((_, seed) => {
    const hand = new MadeUpHand(server.address, TOKEN, { canvas: { width: 56, height: 28 }, seed, eventsPerSecond: 1 });
    closing.push(() => hand.close());
    hand.rest();
    return hand;
  });
  await expect
    .poll(async () => {
      hands.forEach((hand, index) => hand.point({ x: columns[index], y: 14 }));
      return Promise.all(screens.map((screen) => screen.locator('.wall-ring').count()));
    }, PATIENT)
    .toEqual(screens.map(() => columns.length));
}

test('whoever sets the wall up drags a screen, and it shows another part at once', async ({ browser }, info) => {
  test.setTimeout(400_000);
  const server = await serve();
  const screen = await openScreen(browser, server.address, 2);
  const number = screen.locator('.wall-number');
  await expect(number).toBeHidden();
  await point(server, [screen], [42]);

  const board = await openPage(browser, `${server.address}?wall=1&token=${TOKEN}`, 700);
  const second = board.getByRole('button', { name: 'Screen 2' });
  await expect(second).toBeVisible(PATIENT);
  await expect(number).toHaveText('2');
  await expect(number).toBeVisible(PATIENT);
  const before = await ringOn(screen);

  const box = await second.boundingBox();
  if (!box) throw new Error('The screen is not on the plan.');
  const start = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await board.mouse.move(start.x, start.y);
  await board.mouse.down();
  // To the right, by its width.
  for (let part = 1; part <= 5; part += 1) await board.mouse.move(start.x + (box.width * part) / 5, start.y);
  await board.mouse.up();
  const text = board.getByRole('textbox', { name: 'For the settings' });
  await expect(text).toHaveValue(/^"screens": \[\n {2}\{"x":0,"y":0,"width":300,"height":300\},\n/);
  const settings = JSON.parse(`{${await text.inputValue()}}`) as { screens: { x: number; y: number }[] };
  expect(Math.abs(settings.screens[1].x - 620)).toBeLessThanOrEqual(12);
  expect(Math.abs(settings.screens[1].y)).toBeLessThanOrEqual(3);
  await expect.poll(() => ringOn(screen), PATIENT).toBeLessThan(before - 10);
  await board.screenshot({ path: info.outputPath('setup.png') });
  await screen.screenshot({ path: info.outputPath('numbered.png') });
  await expectAccessible(board);

  const x = settings.screens[1].x;
  await second.focus();
  await board.keyboard.press('ArrowLeft');
  await board.keyboard.press('Shift+ArrowLeft');
  await expect(board.getByRole('spinbutton', { name: 'From the left' })).toHaveValue(String(x - 11));

  await board.close();
  await expect(number).toBeHidden(PATIENT);
});

test('the show zooms all screens as one window, and one of them shows the caption', async ({ browser }, info) => {
  test.setTimeout(400_000);
  const scenes = [{ kind: 'zoom', seconds: 120, tiles: 1, caption: 'Look closely' }];
  const server = await serve({ scenes, canvas: { columns: 4, rows: 2, tile: 28 } });
  const screens = [await openScreen(browser, server.address, 1), await openScreen(browser, server.address, 2)];
  const [left, right] = screens;
  await expect(left.locator('.wall-caption')).toHaveText('Look closely', PATIENT);
  await expect(right.locator('.wall-caption')).toBeHidden();
  await point(server, screens, [40, 72]);
  // At first a cell is 160 / 56 pixels wide.
  const gap = async (): Promise<number> => Math.abs((await ringOn(left, 0)) - (await ringOn(left, 1)));
  await expect.poll(gap, PATIENT).toBeGreaterThan(1.5 * 32 * (160 / 56));
  // The two pictures and the bezels between them are 320 mm apart, and a screen shows 300 mm in 160 pixels.
  await expect
    .poll(async () => {
      const [one, other] = await Promise.all([ringOn(left), ringOn(right)]);
      return Math.abs(one - other - (320 * 160) / 300);
    }, PATIENT)
    .toBeLessThan(4);
  await left.screenshot({ path: info.outputPath('left.png') });
  await right.screenshot({ path: info.outputPath('right.png') });
});

test('with a certificate of the operator, screens come by https', async ({ browser }) => {
  test.setTimeout(300_000);
  const [certificate, key] = [join(folder, 'wall.crt'), join(folder, 'wall.key')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-keyout', key, '-out', certificate],
  ]);
  test.skip(made.status !== 0, 'There is no openssl on this machine.');
  const [port] = await freePorts(1);
  await serve({ wall: { ...GRID, tls: { certificate, key, port } } });
  const screen = await openScreen(browser, `https://localhost:${port}/`, 1);
  const before = await stepOf(screen);
  await expect.poll(() => stepOf(screen), PATIENT).toBeGreaterThan(before + 10);
});

test('outside the opening hours the wall is dark and stands still', async ({ browser }, info) => {
  test.setTimeout(500_000);
  const now = new Date();
  const clock = (minutes: number): string => {
    const all = (now.getHours() * 60 + now.getMinutes() + minutes + 24 * 60) % (24 * 60);
    return `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
  };
  // It closes at the next full minute that leaves time to begin, for one minute.
  const closes = now.getSeconds() < 30 ? 1 : 2;
  const server = await serve({
    openingHours: [
      { from: clock(-60), to: clock(closes) },
      { from: clock(closes + 1), to: clock(closes + 60) },
    ],
  });
  const screen = await openScreen(browser, server.address, 1);
  const stage = screen.locator('#stage');
  await expect(stage).toBeVisible();
  await expect(stage).toBeHidden(PATIENT);
  const png = await screen.screenshot({ path: info.outputPath('closed.png') });
  expect(png.length).toBeLessThan(2000);
  await screen.waitForTimeout(500);
  const step = await stepOf(screen);
  await screen.waitForTimeout(1500);
  expect(await stepOf(screen)).toBe(step);
  await expect(stage).toBeVisible(PATIENT);
  await expect.poll(() => stepOf(screen), PATIENT).toBeGreaterThan(step + 10);
});
