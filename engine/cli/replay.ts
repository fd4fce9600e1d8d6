/** `npm run replay`: plays a recorded session in a headless browser and compares the state that it ends with. */
import { type Browser, chromium, type Page } from 'playwright';
import { messageOf } from '../common/error-message.ts';
import type { ReplayResult } from '../session/replay/replay-player.ts';
import { MOST_REPLAY_BYTES } from '../session/replay/marks.ts';
import { ReplayError } from '../session/replay/replay.ts';
import { decodeReplay } from '../session/replay/replay-file.ts';
import { Random } from '../common/random/random.ts';
import { SOFTWARE_WEBGL_FLAGS } from './browser-flags.ts';
import { parseWhole } from '../command-line/arguments.ts';
import { parseCommandLine, runCommand, UsageError, UserError, userPath } from '../command-line/command.ts';
import { readInputFile } from '../command-line/files.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { hurryAndDawdle } from './random-frames.ts';
import { buildSiteIfNeeded, SITE_FOLDER } from './site.ts';
import { staticFiles } from './static-files.ts';
import { listen } from './static-server.ts';

const HELP = `Usage: npm run replay -- FILE [options]

Plays a replay that the page has saved ("Save a replay of all this" in its menu)
in a headless browser and prints the digest of the final state. Fails if the digest
differs from the one in the file, recorded on the same renderer, or if several
replays end differently.

Options:
  --times N         plays it N times, every fifth in a fresh page; 1 by default
  --random-frames   frames come at random moments, the window starts with and changes
                    to random sizes, and files arrive in random order
  --seed N          the seed of the random frames; 1 by default
  --gpu             uses the machine's GPU instead of software WebGL
  --json            one JSON object instead of lines
  --help            shows this text`;

const GPU_FLAGS = ['--use-angle=default', '--enable-gpu', '--ignore-gpu-blocklist', '--disable-background-networking'];
const PLAY_MILLISECONDS = 10 * 60_000;
/** A new page is opened after this many replays. */
const REPLAYS_A_PAGE = 5;
const MOST_DELAY_MILLISECONDS = 150;
const MOST_TIMES = 1_000_000;

async function unsettle(page: Page, random: Random): Promise<() => void> {
  await page.addInitScript(hurryAndDawdle, random.word());
  await page.route('**/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, random.below(MOST_DELAY_MILLISECONDS)));
    await route.continue();
  });
  const timer = setInterval(() => {
    page.setViewportSize(windowSize(random)).catch(() => undefined);
  }, 400);
  return () => clearInterval(timer);
}

function windowSize(random: Random): { width: number; height: number } {
  return { width: 240 + random.below(1000), height: 240 + random.below(600) };
}

/** Plays it a number of times in a fresh page. */
async function playInPage(
  browser: Browser,
  address: string,
  bytes: Uint8Array,
  times: number,
  random: Random | null,
  told: (result: ReplayResult) => void,
): Promise<void> {
  const page = await browser.newPage(random ? { viewport: windowSize(random) } : {});
  const settle = random ? await unsettle(page, random) : () => undefined;
  try {
    page.setDefaultTimeout(PLAY_MILLISECONDS);
    await page.goto(`${address}?columns=1&rows=1&paused=1&adapt=0&strategy=texture`);
    await page.evaluate(() => window.nca.ready);
    const given = [Buffer.from(bytes).toString('base64'), random === null] as const;
    for (let index = 0; index < times; index += 1) {
      told(
        await page.evaluate(
          ([base64, isFast]) =>
            window.nca.playReplay(
              Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
              { fast: isFast },
            ),
          given,
        ),
      );
    }
  } finally {
    settle();
    await page.close();
  }
}

await runCommand(async (args) => {
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseCommandLine({
    args,
    allowPositionals: true,
    options: {
      times: { type: 'string', default: '1' },
      'random-frames': flag,
      seed: { type: 'string', default: '1' },
      gpu: flag,
      json: flag,
      help: flag,
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (positionals.length !== 1) throw new UsageError('Name one replay file; see --help.');
  const file = userPath(positionals[0]);
  const times = parseWhole(values.times, '--times', 1, MOST_TIMES);
  const random = values['random-frames'] ? new Random(parseWhole(values.seed, '--seed')) : null;
  const bytes = readInputFile(file);
  if (bytes.length > MOST_REPLAY_BYTES) throw new UserError(`${file}: the file is too large for a replay.`);
  await decodeReplay(bytes).catch((error: unknown) => {
    throw error instanceof ReplayError ? new UserError(`${file}: ${error.message}`) : error;
  });

  const executablePath = findOrInstallBrowser(values.gpu ? 'window' : 'test');
  await buildSiteIfNeeded();
  const server = await listen(await staticFiles(SITE_FOLDER), { host: null, port: 0 });
  const browser = await chromium.launch({ executablePath, args: values.gpu ? GPU_FLAGS : [...SOFTWARE_WEBGL_FLAGS] });
  const results: ReplayResult[] = [];
  try {
    while (results.length < times) {
      const count = Math.min(REPLAYS_A_PAGE, times - results.length);
      await playInPage(browser, server.address, bytes, count, random, (result) => {
        results.push(result);
        if (!values.json) console.log(`${results.length}: ${result.digest} after ${result.steps} steps`);
      });
    }
  } catch (error) {
    throw new UserError(`The replay failed in the browser: ${messageOf(error).split('\n')[0]}`);
  } finally {
    await browser.close();
    await server.close();
  }
  const digests = [...new Set(results.map(({ digest }) => digest))];
  const [{ expected, renderer, recordedOn }] = results;
  const isComparable = renderer === recordedOn;
  const same = digests.length === 1 && (digests[0] === expected || !isComparable);
  if (values.json) console.log(JSON.stringify({ times, digests, expected, renderer, recordedOn, same }));
  else {
    const compared = isComparable
      ? digests[0] === expected
        ? 'as recorded'
        : `recorded was ${expected}`
      : `recorded on another renderer (${recordedOn})`;
    console.log(`${times} replays, ${digests.length} digests; ${compared}`);
  }
  if (!same) throw new UserError('The replay does not end with the state that was recorded.');
});
