/**
 * Runs hours of the exhibit's show under a stepped clock, with guests who come and go at random. Then lets the same
 * page continue for minutes in real time, and prints how the heap, GL objects and step rate develop. Usage: npx tsx
 * engine/cli/kiosk/soak.ts --hours 8 --minutes 20
 */
import { type Browser, chromium, type CDPSession, type Page } from 'playwright';
import { Random } from '../../common/random/random.ts';
import { SOFTWARE_WEBGL_FLAGS } from '../browser-flags.ts';
import { parseNumber, parseWhole } from '../../command-line/arguments.ts';
import { parseCommandLine, runCommand, UserError } from '../../command-line/command.ts';
import { findOrInstallBrowser } from '../find-browser.ts';
import { buildSiteIfNeeded, SITE_FOLDER } from '../site.ts';
import { staticFiles } from '../static-files.ts';
import { listen } from '../static-server.ts';
import { countGlObjects, countOfGlObjects } from './gl-objects.ts';
import { passFrames, releaseTime, stepTime } from './stepped-time.ts';

const HELP = `Usage: npx tsx engine/cli/kiosk/soak.ts [options]

Runs hours of the exhibit under a stepped clock in a headless browser, lets it go on for
minutes in real time, and prints heap, GL objects and steps as it goes. Fails if between the second
and the last quarter of either heap or GL objects have grown, or the step rate has moved, by more
than two percent, or if the page has reported an error. Some hours to warm up come first, in
which the browser still compiles what has become busy.

Options:
  --warm-up N    simulated hours before the first look, 2 by default
  --hours N      simulated hours after them, 8 by default; 0 for none, nor a warm-up
  --minutes N    minutes in real time, 20 by default; 0 for none
  --columns N    of the canvas, 2 by default; --rows N, 1 by default
  --rate N       steps a second, 4 by default
  --seed N       of the guests, 1 by default
  --help         shows this text`;

/** One frame every quarter of a second, the most by which the show advances in a frame. */
const FRAME_MILLISECONDS = 250;
const SAMPLES = 40;
const GUESTS_AN_HOUR = 20;
/** Looks at the GL objects for one sample. */
const LOOKS = 6;
/** The number of garbage collections before the heap is measured. */
const COLLECTIONS = 8;
const MOST_CHANGE = 0.02;
const VIEWPORT = { width: 320, height: 320 };
const MOST_HOURS = 10_000;

interface Sample {
  readonly seconds: number;
  readonly heapBytes: number;
  readonly glObjects: number;
  readonly nodes: number;
  readonly step: number;
}

/** How time passes in a page. */
interface Pace {
  /** Seconds of the page's time since the start. */
  seconds(): number;
  pass(seconds: number): Promise<void>;
}

/** A guest draws a few strokes, and may first choose a tool. */
async function visit(page: Page, pace: Pace, random: Random): Promise<void> {
  const point = () => [random.range(20, VIEWPORT.width - 20), random.range(20, VIEWPORT.height - 100)] as const;
  await page.mouse.click(...point());
  const tools = page.locator('.kiosk-bar button');
  const count = await tools.count();
  if (count > 0 && random.unit() < 0.5) await tools.nth(random.below(count)).click({ force: true });
  for (let stroke = 1 + random.below(4); stroke > 0; stroke -= 1) {
    await page.mouse.move(...point());
    await page.mouse.down();
    for (let move = 0; move < 4; move += 1) {
      await page.mouse.move(...point());
      await pace.pass(FRAME_MILLISECONDS / 1000);
    }
    await page.mouse.up();
  }
}

async function measure(page: Page, session: CDPSession, pace: Pace): Promise<Sample> {
  // Pending results have their own buffers and fences; only permanent objects count.
  let glObjects = Infinity;
  for (let look = 0; look < LOOKS; look += 1) {
    glObjects = Math.min(glObjects, await countOfGlObjects(page));
    await pace.pass(FRAME_MILLISECONDS / 1000);
  }
  // Compiled code that has not run for some collections is discarded; this also happens without measurements.
  for (let round = 0; round < COLLECTIONS; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  const { step } = await page.evaluate(() => window.nca.info());
  return { seconds: pace.seconds(), heapBytes: usedSize, glObjects, nodes, step };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const most = (values: readonly number[]) => Math.max(...values);

/** Relative change from the second quarter of the figures to the last, each quarter summed up by one number. */
function change(figures: readonly number[], summary: (quarter: readonly number[]) => number): number {
  const length = Math.floor(figures.length / 4);
  return summary(figures.slice(-length)) / summary(figures.slice(length, 2 * length)) - 1;
}

/** Prints the results of a page, and returns its faults. */
function judge(name: string, samples: readonly Sample[], faults: readonly string[], wallSeconds: number): string[] {
  const rates = samples.map(({ step, seconds }, index) => {
    const before = samples[Math.max(0, index - 1)];
    return (step - before.step) / (seconds - before.seconds);
  });
  const changes = {
    heap: change(
      samples.map(({ heapBytes }) => heapBytes),
      mean,
    ),
    // Some hold what can be undone, and are there only while something can: a leak raises the greatest number.
    'most GL objects': change(
      samples.map(({ glObjects }) => glObjects),
      most,
    ),
    'steps a second': change(rates, mean),
  };
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const words = Object.entries(changes).map(([figure, share]) => `${figure} ${percent(share)}`);
  const [last] = samples.slice(-1);
  console.log(
    `${name} in ${(wallSeconds / 60).toFixed(1)} min: ${last.step} steps, ${last.glObjects} GL objects, ` +
      `${(last.heapBytes / 1e6).toFixed(1)} MB; from the second quarter to the last ${words.join(', ')}; ` +
      `${faults.length} errors.`,
  );
  const complaints: string[] = [];
  if (faults.length > 0) complaints.push(`The page has reported: ${faults.slice(0, 5).join(' | ')}`);
  if (changes.heap > MOST_CHANGE || changes['most GL objects'] > MOST_CHANGE) complaints.push('The exhibit grows.');
  if (Math.abs(changes['steps a second']) > MOST_CHANGE) complaints.push('The step rate drifts.');
  return complaints.map((complaint) => `${name}: ${complaint}`);
}

interface Exhibit {
  readonly page: Page;
  readonly session: CDPSession;
  /** The errors that the page has reported. */
  readonly faults: string[];
}

/** Opens the exhibit. If its time is stepped, it only advances on request until it is released. */
async function openExhibit(browser: Browser, address: string, stepped: boolean): Promise<Exhibit> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await countGlObjects(page);
  if (stepped) await stepTime(page);
  await page.goto(address);
  let isReady = false;
  const ready = page.evaluate(() => window.nca.ready).then(() => (isReady = true));
  // Looked at below, unless something else fails before.
  ready.catch(() => undefined);
  while (stepped && !isReady) await passFrames(page, 1, FRAME_MILLISECONDS);
  await ready;
  return { page, session: await page.context().newCDPSession(page), faults };
}

function steppedPace(page: Page): Pace {
  let frames = 0;
  return {
    seconds: () => (frames * FRAME_MILLISECONDS) / 1000,
    pass: async (wanted) => {
      const count = Math.max(1, Math.round((1000 * wanted) / FRAME_MILLISECONDS));
      frames += count;
      await passFrames(page, count, FRAME_MILLISECONDS);
    },
  };
}

function realPace(page: Page): Pace {
  const begin = performance.now();
  return {
    seconds: () => (performance.now() - begin) / 1000,
    pass: (wanted) => page.waitForTimeout(1000 * wanted),
  };
}

/** How long the exhibit is watched, in seconds of its time. */
interface Watch {
  readonly name: string;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Lets guests come and go for a time, and returns faults of the heap, GL objects and step rate. */
async function soak(watch: Watch, pace: Pace, { page, session, faults }: Exhibit, random: Random): Promise<string[]> {
  const begin = performance.now();
  const samples: Sample[] = [];
  const nextGuest = () => pace.seconds() - (3600 / GUESTS_AN_HOUR) * Math.log(1 - random.unit());
  let guestSeconds = nextGuest();
  const goOnUntil = async (untilSeconds: number) => {
    while (pace.seconds() < untilSeconds) {
      if (pace.seconds() >= guestSeconds) {
        await visit(page, pace, random);
        guestSeconds = nextGuest();
      }
      await pace.pass(Math.min(60, Math.max(0.1, Math.min(untilSeconds, guestSeconds) - pace.seconds())));
    }
  };
  await goOnUntil(watch.warmUpSeconds);
  for (let index = 1; index <= SAMPLES; index += 1) {
    await goOnUntil(watch.warmUpSeconds + (watch.seconds * index) / SAMPLES);
    samples.push(await measure(page, session, pace));
    console.log(JSON.stringify(samples[samples.length - 1]));
  }
  return judge(watch.name, samples, faults, (performance.now() - begin) / 1000);
}

await runCommand(async (args) => {
  const text = { type: 'string' } as const;
  const { values } = parseCommandLine({
    args,
    options: {
      'warm-up': { ...text, default: '2' },
      hours: { ...text, default: '8' },
      minutes: { ...text, default: '20' },
      columns: { ...text, default: '2' },
      rows: { ...text, default: '1' },
      rate: { ...text, default: '4' },
      seed: { ...text, default: '1' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const warmUpHours = parseNumber(values['warm-up'], '--warm-up', 0, MOST_HOURS);
  const hours = parseNumber(values.hours, '--hours', 0, MOST_HOURS);
  const minutes = parseNumber(values.minutes, '--minutes', 0, 60 * MOST_HOURS);
  const random = new Random(parseWhole(values.seed, '--seed'));
  const query = new URLSearchParams({
    kiosk: '1',
    columns: String(parseWhole(values.columns, '--columns', 1, 128)),
    rows: String(parseWhole(values.rows, '--rows', 1, 128)),
    rate: String(parseNumber(values.rate, '--rate', 0, 1000)),
  });
  await buildSiteIfNeeded();
  const server = await listen(await staticFiles(SITE_FOLDER), { host: null, port: 0 });
  const browser = await chromium.launch({
    executablePath: findOrInstallBrowser('test'),
    args: [...SOFTWARE_WEBGL_FLAGS],
  });
  try {
    const exhibit = await openExhibit(browser, `${server.address}?${query.toString()}`, hours > 0);
    const { page } = exhibit;
    const complaints: string[] = [];
    if (hours > 0) {
      const watch = { name: `${hours} stepped hours`, warmUpSeconds: warmUpHours * 3600, seconds: hours * 3600 };
      complaints.push(...(await soak(watch, steppedPace(page), exhibit, random)));
      await releaseTime(page);
    }
    if (minutes > 0) {
      const watch = { name: `${minutes} real minutes`, warmUpSeconds: 0, seconds: minutes * 60 };
      complaints.push(...(await soak(watch, realPace(page), exhibit, random)));
    }
    if (complaints.length > 0) throw new UserError(complaints.join('\n'));
  } finally {
    await browser.close();
    await server.close();
  }
});
