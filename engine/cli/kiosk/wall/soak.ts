/**
 * Runs a wall for minutes on this machine: a real server, headless browsers as its screens, and hands that draw. Prints
 * what was measured. Usage: npx tsx engine/cli/kiosk/wall/soak.ts --minutes 10
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright';
import { parseNumber, parseWhole } from '../../../command-line/arguments.ts';
import { parseCommandLine, runCommand, UserError } from '../../../command-line/command.ts';
import { checkKioskSettings } from '../../../page/features/kiosk/settings.ts';
import { SOFTWARE_WEBGL_FLAGS } from '../../browser-flags.ts';
import { findOrInstallBrowser } from '../../find-browser.ts';
import { buildSiteIfNeeded, SITE_FOLDER } from '../../site.ts';
import { type KioskServer, startServer } from '../server.ts';
import { MadeUpHand } from './made-up-hand.ts';
import { quantile, shareWithin, type Shown, SoakRecord } from './soak-figures.ts';
import type { WallReport } from './wall-book.ts';

const HELP = `Usage: npx tsx engine/cli/kiosk/wall/soak.ts [options]

Runs a wall on this machine, with headless browsers as its screens and hands that draw,
and prints what was measured.

Options:
  --minutes N    10 by default
  --columns N    of screens, 4 by default; --rows N, 2 by default
  --hands N      20 by default
  --events N     segments that a hand draws in a second, 4 by default
  --rate N       steps a second, 10 by default
  --frames N     the most pictures that a screen shows in a second, 60 by default
  --pixels N     the side of a screen, 140 by default
  --tile N       cells of a tile, 28 by default; the canvas has one tile for each screen
  --model NAME   tiny by default
  --out FILE     writes the figures so far to a file every five minutes
  --help         shows this text`;

const TOKEN = 'the-token-of-the-soak';
const WARM_UP_SECONDS = 10;
const LOOK_SECONDS = 5;
const WRITE_SECONDS = 300;
/** Pictures a second of a screen that is not slowed down. */
const FULL_FRAMES = 60;

interface Soak {
  readonly minutes: number;
  readonly columns: number;
  readonly rows: number;
  readonly hands: number;
  readonly events: number;
  readonly rate: number;
  readonly frames: number;
  readonly pixels: number;
  readonly tile: number;
  readonly model: string;
  readonly out: string | null;
}

/** What the wall has done up to some moment. */
interface Totals {
  readonly seconds: number;
  readonly wall: WallReport;
  readonly bytes: { readonly sent: number; readonly received: number };
}

async function serve(soak: Soak, stateFolder: string): Promise<KioskServer> {
  const { columns, rows, tile, rate, model } = soak;
  const settings = checkKioskSettings(
    {
      canvas: { columns, rows, tile },
      stepsPerSecond: rate,
      // Only the hands draw.
      scenes: [{ kind: 'rest', seconds: 600 }],
      renewSeconds: 3600,
      wall: { grid: { columns, rows, width: 300, height: 300, bezel: 5 }, token: TOKEN },
    },
    'The soak',
  );
  const launcherStartSeconds = Date.now() / 1000;
  const orders = { type: 'serve', folder: SITE_FOLDER, settings, model, launcherStartSeconds, stateFolder } as const;
  return startServer(
    { ...orders, host: null, port: 0 },
    { log: console.error, picture: () => Promise.reject(new Error('There is no screen.')) },
  );
}

async function openScreens(browser: Browser, address: string, soak: Soak): Promise<Page[]> {
  const pages: Page[] = [];
  const { pixels, frames } = soak;
  for (let screen = 1; screen <= soak.columns * soak.rows; screen += 1) {
    const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
    page.on('pageerror', (error) => console.error(`Screen ${screen}: ${error.message}`));
    if (frames < FULL_FRAMES) await page.addInitScript(slowDown, 1000 / frames);
    await page.goto(`${address}?wall=1&screen=${screen}&token=${TOKEN}`);
    pages.push(page);
  }
  for (const page of pages)
    await page.waitForFunction(() => (window.ncaWall?.step() ?? 0) > 0, null, { timeout: 120_000 });
  return pages;
}

/** Runs in a page: frames come at least this long after each other, as on a slow screen. */
function slowDown(milliseconds: number): void {
  const request = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  const frames = new Map<number, number>();
  let handles = 0;
  let next = 0;
  window.requestAnimationFrame = (callback) => {
    handles += 1;
    const handle = handles;
    const wait = Math.max(0, next - performance.now());
    const timer = window.setTimeout(() => {
      const frame = request((now) => {
        frames.delete(handle);
        next = now + milliseconds;
        callback(now);
      });
      frames.set(handle, -frame);
    }, wait);
    frames.set(handle, timer);
    return handle;
  };
  window.cancelAnimationFrame = (handle) => {
    const found = frames.get(handle) ?? 0;
    frames.delete(handle);
    if (found < 0) cancel(-found);
    else window.clearTimeout(found);
  };
}

/** What the screens have shown since a moment of the server's time. */
async function look(pages: readonly Page[], since: number): Promise<Shown[]> {
  return Promise.all(pages.map((page) => page.evaluate((time) => window.ncaWall?.shown(time) ?? [], since)));
}

async function run(soak: Soak): Promise<void> {
  await buildSiteIfNeeded();
  const stateFolder = mkdtempSync(join(tmpdir(), 'wall-soak-'));
  const server = await serve(soak, stateFolder);
  const browser = await chromium.launch({ executablePath: findOrInstallBrowser(), args: [...SOFTWARE_WEBGL_FLAGS] });
  const hands: MadeUpHand[] = [];
  try {
    const pages = await openScreens(browser, server.address, soak);
    const canvas = { width: soak.columns * soak.tile, height: soak.rows * soak.tile };
    for (let index = 0; index < soak.hands; index += 1) {
      hands.push(new MadeUpHand(server.address, TOKEN, { canvas, seed: index, eventsPerSecond: soak.events }));
    }
    await sleep(WARM_UP_SECONDS * 1000);
    for (const hand of hands) hand.takeSent();
    const start = performance.now();
    const total = async (): Promise<Totals> => ({
      seconds: (performance.now() - start) / 1000,
      wall: await readWall(server.address),
      bytes: await bytesOf(pages),
    });
    const before = await total();
    const record = new SoakRecord();
    const describe = (now: Totals): string => describeSoak(soak, record, hands, before, now);
    let written = 0;
    while (performance.now() - start < soak.minutes * 60_000) {
      await sleep(LOOK_SECONDS * 1000);
      record.take(
        await look(pages, record.seen),
        hands.flatMap((hand) => hand.takeSent()),
      );
      const now = await total();
      const { step, digests } = now.wall;
      console.log(`${now.seconds.toFixed(0)} s: step ${step}, digests ${digests.equal} of ${digests.compared} equal`);
      if (soak.out === null || now.seconds - written < WRITE_SECONDS) continue;
      written = now.seconds;
      writeFileSync(soak.out, describe(now));
    }
    for (const hand of hands) hand.rest();
    await sleep(1000);
    const after = await total();
    console.log(describe(after));
    if (soak.out !== null) writeFileSync(soak.out, describe(after));
    const { compared, equal } = after.wall.digests;
    if (equal !== compared) throw new UserError('Some digests were not equal.');
  } finally {
    for (const hand of hands) hand.close();
    await browser.close();
    await server.stop();
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

function describeSoak(
  { columns, rows, rate }: Soak,
  { spreads, delays }: SoakRecord,
  hands: readonly MadeUpHand[],
  before: Totals,
  now: Totals,
): string {
  const seconds = now.seconds - before.seconds;
  const compared = now.wall.digests.compared - before.wall.digests.compared;
  const equal = now.wall.digests.equal - before.wall.digests.equal;
  const each = (count: number): string => (count / seconds / columns / rows).toFixed(0);
  const figures = {
    minutes: (seconds / 60).toFixed(1),
    'steps a second': `${((now.wall.step - before.wall.step) / seconds).toFixed(1)} of ${rate}`,
    'digests equal': `${equal} of ${compared}`,
    'frames at most one step apart': `${(100 * shareWithin(spreads, 1)).toFixed(2)} % of ${spreads.length}`,
    'from a stroke to all screens, median': `${quantile(delays, 0.5).toFixed(0)} ms of ${delays.length}`,
    'from a stroke to all screens, 99 %': `${quantile(delays, 0.99).toFixed(0)} ms`,
    'from a stroke to all screens, most': `${quantile(delays, 1).toFixed(0)} ms`,
    'from a screen, bytes a second': each(now.bytes.sent - before.bytes.sent),
    'to a screen, bytes a second': each(now.bytes.received - before.bytes.received),
    'segments drawn, and in the log': `${hands.reduce((sum, { drawn }) => sum + drawn, 0)}, ${now.wall.entries}`,
    'segments not confirmed': `${hands.reduce((sum, { waiting }) => sum + waiting, 0)}`,
  };
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  return Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(width)}  ${value}\n`)
    .join('');
}

async function readWall(address: string): Promise<WallReport> {
  const response = await fetch(new URL('health', address));
  return ((await response.json()) as { wall: WallReport }).wall;
}

async function bytesOf(pages: readonly Page[]): Promise<{ sent: number; received: number }> {
  const all = await Promise.all(pages.map((page) => page.evaluate(() => window.ncaWall?.bytes())));
  const sum = (of: (bytes: { sent: number; received: number }) => number): number =>
    all.reduce((total, bytes) => total + (bytes ? of(bytes) : 0), 0);
  return { sent: sum(({ sent }) => sent), received: sum(({ received }) => received) };
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      minutes: { type: 'string', default: '10' },
      columns: { type: 'string', default: '4' },
      rows: { type: 'string', default: '2' },
      hands: { type: 'string', default: '20' },
      events: { type: 'string', default: '4' },
      rate: { type: 'string', default: '10' },
      frames: { type: 'string', default: String(FULL_FRAMES) },
      pixels: { type: 'string', default: '140' },
      tile: { type: 'string', default: '28' },
      model: { type: 'string', default: 'tiny' },
      out: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  await run({
    minutes: parseNumber(values.minutes, '--minutes', 0.1, 10_000),
    columns: parseWhole(values.columns, '--columns', 1, 8),
    rows: parseWhole(values.rows, '--rows', 1, 8),
    hands: parseWhole(values.hands, '--hands', 0, 200),
    rate: parseNumber(values.rate, '--rate', 1, 100),
    events: parseNumber(values.events, '--events', 0.1, 100),
    frames: parseNumber(values.frames, '--frames', 1, FULL_FRAMES),
    pixels: parseWhole(values.pixels, '--pixels', 28, 4096),
    tile: parseWhole(values.tile, '--tile', 28, 64),
    model: values.model,
    out: values.out ?? null,
  });
});
