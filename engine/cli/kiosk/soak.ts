/**
 * Runs hours of the exhibit's show, with guests who come and go by chance, under a clock that is moved by hand, and
 * prints how heap and GL objects fare. Usage: npx tsx engine/cli/kiosk/soak.ts --hours 8
 */
import { chromium, type CDPSession, type Page } from 'playwright';
import { Random } from '../../common/random/random.ts';
import { SOFTWARE_WEBGL_FLAGS } from '../browser-flags.ts';
import { parseCommandLine, runCommand, UsageError, UserError } from '../command.ts';
import { findOrInstallBrowser } from '../find-browser.ts';
import { buildSiteIfNeeded, SITE_FOLDER } from '../site.ts';
import { staticFiles } from '../static-files.ts';
import { listen } from '../static-server.ts';

const HELP = `Usage: npx tsx engine/cli/kiosk/soak.ts [options]

Runs hours of the exhibit under a stepped clock in a headless browser, and prints heap
and GL objects as it goes. Fails if either has grown by more than two percent between
the second and the last quarter, or if the page has reported an error.

Options:
  --hours N      simulated hours, 8 by default
  --columns N    of the canvas, 3 by default; --rows N, 2 by default
  --seed N       of the guests, 1 by default
  --help         shows this text`;

/** One frame a quarter of a second: the show moves on by no more in a frame. */
const FRAME_MILLISECONDS = 250;
const SAMPLES = 40;
const GUESTS_AN_HOUR = 20;

interface Sample {
  readonly hours: number;
  readonly heapBytes: number;
  readonly glObjects: number;
  readonly nodes: number;
  readonly step: number;
}

/** Keeps the GL objects that there are in `window.glObjects`. */
function countGlObjects(): void {
  const objects = new Set<unknown>();
  Object.assign(window, { glObjects: objects });
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, (...values: unknown[]) => unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const makes = name.startsWith('create') || name === 'fenceSync';
    if (!makes && !name.startsWith('delete')) continue;
    const original = prototype[name];
    prototype[name] = function (...values: unknown[]) {
      const result = original.apply(this, values);
      if (makes) objects.add(result);
      else objects.delete(values[0]);
      return result;
    };
  }
}

/** A guest draws a few strokes. */
async function visit(page: Page, random: Random): Promise<void> {
  for (let stroke = 1 + random.below(4); stroke > 0; stroke -= 1) {
    await page.mouse.move(random.range(50, 750), random.range(50, 500));
    await page.mouse.down();
    for (let point = 0; point < 4; point += 1) {
      await page.mouse.move(random.range(50, 750), random.range(50, 500));
      await page.clock.fastForward(FRAME_MILLISECONDS);
    }
    await page.mouse.up();
  }
}

async function measure(page: Page, session: CDPSession, hours: number): Promise<Sample> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  const { glObjects, step } = await page.evaluate(async () => ({
    glObjects: (window as unknown as { glObjects: Set<unknown> }).glObjects.size,
    step: (await window.nca.info()).step,
  }));
  return { hours, heapBytes: usedSize, glObjects, nodes, step };
}

function mean(samples: readonly Sample[], figure: 'heapBytes' | 'glObjects'): number {
  return samples.reduce((sum, sample) => sum + sample[figure], 0) / samples.length;
}

/** Relative growth from the second quarter to the last. */
function growth(samples: readonly Sample[], figure: 'heapBytes' | 'glObjects'): number {
  const quarter = Math.floor(samples.length / 4);
  return mean(samples.slice(-quarter), figure) / mean(samples.slice(quarter, 2 * quarter), figure) - 1;
}

function numberOf(text: string | undefined, name: string, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new UsageError(`--${name} must be a number above 0.`);
  return value;
}

await runCommand(async (args) => {
  const text = { type: 'string' } as const;
  const { values } = parseCommandLine({
    args,
    options: { hours: text, columns: text, rows: text, seed: text, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const hours = numberOf(values.hours, 'hours', 8);
  const canvas = `columns=${numberOf(values.columns, 'columns', 3)}&rows=${numberOf(values.rows, 'rows', 2)}`;
  const random = new Random(numberOf(values.seed, 'seed', 1));
  await buildSiteIfNeeded();
  const server = await listen(await staticFiles(SITE_FOLDER), { host: null, port: 0 });
  const browser = await chromium.launch({ executablePath: findOrInstallBrowser(), args: [...SOFTWARE_WEBGL_FLAGS] });
  try {
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.addInitScript(countGlObjects);
    await page.clock.install();
    await page.goto(`${server.address}?kiosk=1&${canvas}&rate=10`);
    await page.evaluate(() => window.nca.ready);
    const session = await page.context().newCDPSession(page);
    const samples: Sample[] = [];
    const frames = Math.round((hours * 3_600_000) / FRAME_MILLISECONDS);
    const guestShare = (GUESTS_AN_HOUR * FRAME_MILLISECONDS) / 3_600_000;
    const begin = performance.now();
    for (let frame = 1; frame <= frames; frame += 1) {
      await page.clock.fastForward(FRAME_MILLISECONDS);
      if (random.unit() < guestShare) await visit(page, random);
      if (frame % Math.ceil(frames / SAMPLES) === 0) {
        const sample = await measure(page, session, (frame * FRAME_MILLISECONDS) / 3_600_000);
        samples.push(sample);
        console.log(JSON.stringify(sample));
      }
    }
    const [heap, objects] = [growth(samples, 'heapBytes'), growth(samples, 'glObjects')];
    const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
    console.log(
      `${hours} simulated hours in ${((performance.now() - begin) / 60_000).toFixed(1)} min; from the second quarter to ` +
        `the last, heap ${percent(heap)}, GL objects ${percent(objects)}; ${faults.length} errors.`,
    );
    if (faults.length > 0) throw new UserError(`The page has reported: ${faults.slice(0, 5).join(' | ')}`);
    if (heap > 0.02 || objects > 0.02) throw new UserError('The exhibit grows.');
  } finally {
    await browser.close();
    await server.close();
  }
});
