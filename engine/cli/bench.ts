/** `npm run bench`: the engine's speed in a headless browser, TensorFlow.js beside it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { benchCases, type BenchResult } from '../bench/cases.ts';
import { SOFTWARE_WEBGL_FLAGS } from './browser-flags.ts';
import { messageOf, parseCommandLine, runCommand, UserError } from './command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { PROJECT_FOLDER } from './site.ts';
import { staticFiles } from './static-files.ts';
import { listen } from './static-server.ts';
import { listModels } from './vite-models.ts';

const HELP = `Usage: npm run bench [-- options]

Measures a step of the automaton in a headless browser: 64 MNIST-like digits on
8 × 8 tiles with each model, TensorFlow.js's WebGL backend running the same
network beside it, then other canvases with the default model. Medians; machines
are noisy, so compare figures of one run only.

Options:
  --json            one JSON object instead of a table
  --model NAME      only this model
  --strategy NAME   how the step is computed; the device chooses without it
  --gpu             the machine's GPU instead of software WebGL
  --help            shows this text`;

/** The benchmark's page, built beside the site and not into it. */
const BENCH_FOLDER = join(PROJECT_FOLDER, 'node_modules', '.cache', 'bench');

const GPU_FLAGS = ['--use-angle=default', '--enable-gpu', '--ignore-gpu-blocklist', '--disable-background-networking'];

interface Report {
  readonly renderer: string;
  readonly cases: readonly BenchResult[];
}

async function buildBench(): Promise<void> {
  const { build } = await import('vite');
  await build({ configFile: join(PROJECT_FOLDER, 'vite.config.ts'), mode: 'bench', logLevel: 'error' });
  if (!existsSync(join(BENCH_FOLDER, 'bench.html')))
    throw new UserError('The page of the benchmark could not be built.');
}

function table({ renderer, cases }: Report): string {
  const heading = ['case', 'live cells', 'ms a step', 'GFLOP/s', '% of roof', 'TF.js ms', 'speed-up'];
  const rows = cases.map((result) => [
    result.name,
    String(result.liveCells),
    result.msPerStep.toFixed(2),
    result.gflops.toFixed(1),
    ((100 * result.gflops) / result.roofGflops).toFixed(0),
    result.tfjsMsPerStep?.toFixed(0) ?? '–',
    result.speedup ? `${result.speedup.toFixed(0)} ×` : '–',
  ]);
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const lines = [heading, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  '));
  return [renderer, ...lines].join('\n');
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      json: { type: 'boolean' },
      model: { type: 'string' },
      strategy: { type: 'string' },
      gpu: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const shipped = listModels(join(PROJECT_FOLDER, 'assets')).map(({ name }) => name);
  if (shipped.length === 0) throw new UserError('There is no model under assets/ to measure.');
  if (values.model !== undefined && !shipped.includes(values.model)) {
    throw new UserError(`There is no model "${values.model}"; there are ${shipped.join(', ')}.`);
  }
  const models = values.model === undefined ? shipped : [values.model];
  const executablePath = findOrInstallBrowser();
  await buildBench();
  const server = await listen(await staticFiles(BENCH_FOLDER), { host: null, port: 0 });
  const flags = values.gpu ? GPU_FLAGS : [...SOFTWARE_WEBGL_FLAGS];
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const page = await browser.newPage();
    await page.goto(new URL('bench.html', server.address).href);
    await page.waitForFunction(() => 'bench' in window);
    const renderer = await page.evaluate(() => window.bench.renderer());
    const roof = await page.evaluate(() => window.bench.measureRoof());
    const cases: BenchResult[] = [];
    for (const benchCase of benchCases(models, values.strategy ?? 'auto')) {
      process.stderr.write(`${benchCase.name} …\n`);
      cases.push(await page.evaluate(([given, most]) => window.bench.runCase(given, most), [benchCase, roof] as const));
    }
    const report: Report = { renderer, cases };
    console.log(values.json ? JSON.stringify(report) : table(report));
  } catch (error) {
    throw new UserError(`The benchmark failed in the browser: ${messageOf(error).split('\n')[0]}`);
  } finally {
    await browser.close();
    await server.close();
  }
});
