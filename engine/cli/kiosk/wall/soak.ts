/**
 * Runs a wall for minutes on this machine: a real server, headless browsers as its screens, and hands that draw. Prints
 * what was measured. Usage: npx tsx engine/cli/kiosk/wall/soak.ts --minutes 10
 */
import { mkdtempSync, rmSync } from 'node:fs';
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
import { latencies, quantile, shareWithin, type Shown, spreads } from './soak-figures.ts';
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
  --tile N       cells of a tile, 28 by default; the canvas has one tile for each screen
  --model NAME   tiny by default
  --help         shows this text`;

const TOKEN = 'the-token-of-the-soak';
const WARM_UP_SECONDS = 10;

interface Soak {
  readonly minutes: number;
  readonly columns: number;
  readonly rows: number;
  readonly hands: number;
  readonly events: number;
  readonly rate: number;
  readonly tile: number;
  readonly model: string;
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

async function openScreens(browser: Browser, address: string, count: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let screen = 1; screen <= count; screen += 1) {
    const page = await browser.newPage({ viewport: { width: 140, height: 140 } });
    page.on('pageerror', (error) => console.error(`Screen ${screen}: ${error.message}`));
    await page.goto(`${address}?wall=1&screen=${screen}&token=${TOKEN}`);
    pages.push(page);
  }
  for (const page of pages)
    await page.waitForFunction(() => (window.ncaWall?.step() ?? 0) > 0, null, { timeout: 120_000 });
  return pages;
}

/** What the screens have shown since the last look. */
async function look(pages: readonly Page[]): Promise<Shown[]> {
  return Promise.all(pages.map((page) => page.evaluate(() => window.ncaWall?.shown() ?? [])));
}

async function run(soak: Soak): Promise<void> {
  await buildSiteIfNeeded();
  const stateFolder = mkdtempSync(join(tmpdir(), 'wall-soak-'));
  const server = await serve(soak, stateFolder);
  const browser = await chromium.launch({ executablePath: findOrInstallBrowser(), args: [...SOFTWARE_WEBGL_FLAGS] });
  const hands: MadeUpHand[] = [];
  try {
    const screens = soak.columns * soak.rows;
    const pages = await openScreens(browser, server.address, screens);
    const canvas = { width: soak.columns * soak.tile, height: soak.rows * soak.tile };
    for (let index = 0; index < soak.hands; index += 1) {
      hands.push(new MadeUpHand(server.address, TOKEN, { canvas, seed: index, eventsPerSecond: soak.events }));
    }
    await sleep(WARM_UP_SECONDS * 1000);
    const before = await readWall(server.address);
    const bytesBefore = await bytesOf(pages);
    const start = performance.now();
    const found: number[] = [];
    const delays: number[] = [];
    let shown = 0;
    while (performance.now() - start < soak.minutes * 60_000) {
      await sleep(5000);
      const frames = await look(pages);
      // Frames are looked at once, though the pages keep more of them.
      const fresh = frames.map((pairs) => since(pairs, shown));
      shown = Math.min(...frames.map((pairs) => pairs.at(-2) ?? 0));
      found.push(...spreads(fresh));
      delays.push(
        ...latencies(
          hands.flatMap((hand) => hand.takeSent()),
          frames,
        ),
      );
      const now = await readWall(server.address);
      const seconds = Math.round((performance.now() - start) / 1000);
      console.log(`${seconds} s: step ${now.step}, digests ${now.digests.equal} of ${now.digests.compared} equal`);
    }
    const seconds = (performance.now() - start) / 1000;
    for (const hand of hands) hand.rest();
    await sleep(1000);
    const after = await readWall(server.address);
    const bytes = await bytesOf(pages);
    const compared = after.digests.compared - before.digests.compared;
    const equal = after.digests.equal - before.digests.equal;
    print({
      'steps a second': `${((after.step - before.step) / seconds).toFixed(1)} of ${soak.rate}`,
      'digests equal': `${equal} of ${compared}`,
      'frames at most one step apart': `${(100 * shareWithin(found, 1)).toFixed(2)} % of ${found.length}`,
      'from a stroke to all screens, median': `${quantile(delays, 0.5).toFixed(0)} ms of ${delays.length}`,
      'from a stroke to all screens, 99 %': `${quantile(delays, 0.99).toFixed(0)} ms`,
      'from a screen, bytes a second': ((bytes.sent - bytesBefore.sent) / seconds / screens).toFixed(0),
      'to a screen, bytes a second': ((bytes.received - bytesBefore.received) / seconds / screens).toFixed(0),
      'segments drawn, and in the log': `${hands.reduce((sum, { drawn }) => sum + drawn, 0)}, ${after.entries}`,
    });
    if (equal !== compared) throw new UserError('Some digests were not equal.');
  } finally {
    for (const hand of hands) hand.close();
    await browser.close();
    await server.stop();
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

function since(shown: Shown, time: number): Shown {
  const first = shown.findIndex((value, index) => index % 2 === 0 && value > time);
  return first < 0 ? [] : shown.slice(first);
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

function print(figures: Readonly<Record<string, string>>): void {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(width)}  ${value}`);
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
      tile: { type: 'string', default: '28' },
      model: { type: 'string', default: 'tiny' },
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
    tile: parseWhole(values.tile, '--tile', 28, 64),
    model: values.model,
  });
});
