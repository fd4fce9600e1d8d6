/** A wall of real pages: they agree bit for bit, whatever happens to one of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { SITE_FOLDER } from '../engine/cli/site.ts';
import { MadeUpHand } from '../engine/cli/kiosk/wall/made-up-hand.ts';
import { type MadeUpServer, startWallServer } from '../engine/cli/kiosk/wall/made-up-server.ts';
import type { WallReport } from '../engine/cli/kiosk/wall/wall-book.ts';

const TOKEN = 'the-token-of-this-test';
const RATE = 15;
const SIDE = 240;

/** For what hangs: on a busy machine the rate follows the slowest screen. */
const PATIENT = { timeout: 150_000 };

const closing: (() => void | Promise<void>)[] = [];
let folder = '';

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wall-'));
});

test.afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(given: Partial<Parameters<typeof startWallServer>[0]> = {}): Promise<MadeUpServer> {
  const server = await startWallServer({ folder, site: SITE_FOLDER, token: TOKEN, rate: RATE, ...given });
  closing.push(() => void server.process.kill('SIGKILL'));
  return server;
}

const GRID = { grid: { columns: 3, rows: 1, width: 300, height: 300, bezel: 0 } };
const CANVAS = { columns: 3, rows: 1, tile: 28 };

/** Each screen has a context of its own, whose network can be cut. */
async function openScreens(context: BrowserContext, server: MadeUpServer, count: number): Promise<Page[]> {
  const browser = context.browser();
  if (!browser) throw new Error('There is no browser.');
  const pages: Page[] = [];
  for (let screen = 1; screen <= count; screen += 1) {
    const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } });
    closing.push(() => page.close());
    await page.goto(`${server.address}?wall=1&screen=${screen}&token=${TOKEN}`);
    pages.push(page);
  }
  await expect
    .poll(() => Promise.all(pages.map(stepOf)).then((steps) => Math.min(...steps)), PATIENT)
    .toBeGreaterThan(0);
  return pages;
}

const stepOf = (page: Page): Promise<number> => page.evaluate(() => window.ncaWall?.step() ?? 0);

async function report(server: MadeUpServer): Promise<WallReport> {
  return ((await (await fetch(new URL('health', server.address))).json()) as { wall: WallReport }).wall;
}

/** Waits for further digests, and checks that all are equal. */
async function expectAgreement(server: MadeUpServer, screens: number): Promise<void> {
  const before = (await report(server)).digests;
  await expect
    .poll(async () => (await report(server)).digests.compared, PATIENT)
    .toBeGreaterThanOrEqual(before.compared + 1);
  // A screen that has just come back takes part from the next digest on.
  await expect
    .poll(async () => {
      const { members } = await report(server);
      return members.filter(({ role, isPresent }) => role === 'screen' && isPresent).map(({ agrees }) => agrees);
    }, PATIENT)
    .toEqual(Array.from({ length: screens }, () => true));
  const { digests } = await report(server);
  expect(digests.equal - before.equal).toBe(digests.compared - before.compared);
}

function hand(server: MadeUpServer, seed: number): MadeUpHand {
  const canvas = { width: 84, height: 28 };
  const one = new MadeUpHand(server.address, TOKEN, { canvas, seed, eventsPerSecond: 10 });
  closing.push(() => one.close());
  return one;
}

test('screens agree bit for bit while hands draw, whatever happens to one of them', async ({ context }) => {
  test.setTimeout(900_000);
  const server = await serve({ canvas: CANVAS, wall: GRID });
  const pages = await openScreens(context, server, 3);
  const hands = [hand(server, 1), hand(server, 2)];
  const [first, second, third] = pages;
  await expectAgreement(server, 3);

  await test.step('a page is loaded again', async () => {
    const step = await stepOf(first);
    await second.reload();
    await expect.poll(() => stepOf(second), PATIENT).toBeGreaterThan(step);
    await expectAgreement(server, 3);
  });

  await test.step('a context is lost', async () => {
    await second.evaluate(() => {
      const canvas = document.getElementById('canvas') as HTMLCanvasElement;
      const loss = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      loss?.loseContext();
      setTimeout(() => loss?.restoreContext(), 500);
    });
    const step = await stepOf(first);
    await expect.poll(() => stepOf(first), PATIENT).toBeGreaterThan(step + RATE);
    await expect.poll(() => stepOf(second), PATIENT).toBeGreaterThan(step + RATE);
    await expectAgreement(server, 3);
  });

  await test.step('the network of a screen is cut', async () => {
    await third.context().setOffline(true);
    const step = await stepOf(first);
    await expect.poll(() => stepOf(first), PATIENT).toBeGreaterThan(step + 4 * RATE);
    await third.context().setOffline(false);
    await expect.poll(() => stepOf(third), PATIENT).toBeGreaterThan(step + 4 * RATE);
    await expectAgreement(server, 3);
  });

  await test.step('the server is killed and started again', async () => {
    const step = await stepOf(first);
    server.process.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const again = await serve({ canvas: CANVAS, wall: GRID, port: server.port });
    for (const page of pages) await expect.poll(() => stepOf(page), PATIENT).toBeGreaterThan(step + RATE);
    await expectAgreement(again, 3);
    for (const each of hands) each.rest();
    await expect.poll(() => hands.map(({ waiting }) => waiting)).toEqual([0, 0]);
  });
});

test('a digit that is written across two screens has one colour on both', async ({ context }, info) => {
  test.setTimeout(600_000);
  // The middle tile lies half on each screen.
  const wall = { grid: { columns: 2, rows: 1, width: 300, height: 200, bezel: 0 } };
  const server = await serve({ canvas: { columns: 3, rows: 2, tile: 28 }, wall, model: 'swift' });
  const pages = await openScreens(context, server, 2);
  const writer = hand(server, 3);
  writer.rest();
  const [left, right] = pages;
  writer.write(0, { x: 42, y: 28 });
  await expect.poll(async () => (await report(server)).entries).toBeGreaterThan(0);
  const step = await stepOf(left);
  await expect.poll(() => stepOf(right), PATIENT).toBeGreaterThan(step + 120);
  await expectAgreement(server, 2);
  for (const [index, page] of pages.entries()) {
    await info.attach(`screen ${index + 1}`, { body: await page.screenshot(), contentType: 'image/png' });
    await page.screenshot({ path: info.outputPath(`screen-${index + 1}.png`) });
  }
  const labels = await Promise.all(pages.map((page) => page.evaluate(() => window.nca.readLabels())));
  expect(labels[0]).toEqual(labels[1]);
});
