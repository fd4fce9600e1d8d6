/** `npm run bench`: measures the speed of the engine in a headless browser, next to TensorFlow.js. */
import { join } from 'node:path';
import { chromium } from 'playwright';
import { messageOf } from '../common/error-message.ts';
import { STRATEGIES } from '../automaton/programs/strategies.ts';
import { type BenchResult, standardCases, wholeMatrix } from '../bench/cases.ts';
import { type BenchReport, describeCost, fitCosts, headOf, HEADINGS, lineOf, markdownOf } from '../bench/report.ts';
import { SOFTWARE_WEBGL_FLAGS } from './browser-flags.ts';
import { parseCommandLine, runCommand, UserError } from '../command-line/command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { buildSiteIfNeeded, PROJECT_FOLDER, SITE_FOLDER } from './site.ts';
import { staticFiles } from './static-files.ts';
import { listen } from './static-server.ts';
import { probeMachine } from './probe-machine.ts';
import { describeSurvey, survey } from './survey.ts';
import { listModels } from './vite-models.ts';

const HELP = `Usage: npm run bench [-- options]

Measures a step of the automaton in a headless browser: 64 MNIST-like digits on
8 × 8 tiles with each model, and TensorFlow.js's WebGL backend with the same
network, then other canvases and dropouts with the default model. It fits the cost
of a step to the results. Figures are medians of cases that take turns; machines are
noisy, so only compare figures of one run. The first lines tell what of this machine
decides them: its clock, caches and memory, and the load that it was under. The page /bench does the same by hand.

Options:
  --json            prints one JSON object instead of a table
  --markdown        prints the table in Markdown, as in engine/BENCHMARKS.md
  --model NAME      measures only this model
  --strategy NAME   how the step is computed; by default the device chooses
  --matrix          every model × size × dropout × strategy, full and empty; takes long
  --gpu             uses the machine's GPU instead of software WebGL
  --survey          instead: the page at 400, 1,600 and 6,400 digits, TensorFlow.js, and the
                    compile time and the time of a step of every program, in Markdown or JSON
  --seconds N       when a survey begins nothing new; 200 by default, so that all of it,
                    with its set-up, takes less than four minutes on a machine with a GPU
  --help            shows this text`;

const GPU_FLAGS = ['--use-angle=default', '--enable-gpu', '--ignore-gpu-blocklist', '--disable-background-networking'];

const SURVEY_SECONDS = 200;

function table(report: BenchReport): string {
  const { cases, costModels } = report;
  const rows = cases.map(lineOf);
  const widths = HEADINGS.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const lines = [HEADINGS, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  '));
  return [...headOf(report), ...lines, ...costModels.map(describeCost)].join('\n');
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      json: { type: 'boolean' },
      markdown: { type: 'boolean' },
      model: { type: 'string' },
      strategy: { type: 'string' },
      matrix: { type: 'boolean' },
      gpu: { type: 'boolean' },
      survey: { type: 'boolean' },
      seconds: { type: 'string', default: String(SURVEY_SECONDS) },
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
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && Number.isFinite(seconds))) {
    throw new UserError(`--seconds needs a positive number, not "${values.seconds}".`);
  }
  const executablePath = findOrInstallBrowser(values.gpu ? 'window' : 'test');
  await buildSiteIfNeeded();
  const machine = probeMachine();
  const server = await listen(await staticFiles(SITE_FOLDER), { host: null, port: 0 });
  const flags = values.gpu ? GPU_FLAGS : [...SOFTWARE_WEBGL_FLAGS];
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    if (values.survey) {
      const result = await survey(browser, server.address, models, machine, seconds);
      console.log(values.json ? JSON.stringify(result) : describeSurvey(result));
      return;
    }
    const page = await browser.newPage();
    await page.goto(new URL('bench/', server.address).href);
    await page.waitForFunction(() => 'bench' in window);
    const renderer = await page.evaluate(() => window.bench.renderer());
    const cases: BenchResult[] = [];
    const groups = values.matrix
      ? wholeMatrix(models, values.strategy === undefined ? STRATEGIES : [values.strategy])
      : standardCases(models, values.strategy ?? 'auto');
    for (const group of groups) {
      process.stderr.write(`${group.map(({ name }) => name).join(' · ')} …\n`);
      cases.push(...(await page.evaluate((given) => window.bench.runGroup(given), group)));
    }
    const report: BenchReport = { renderer, machine, cases, costModels: fitCosts(cases) };
    console.log(values.json ? JSON.stringify(report) : values.markdown ? markdownOf(report) : table(report));
  } catch (error) {
    throw new UserError(`The benchmark failed in the browser: ${messageOf(error).split('\n')[0]}`);
  } finally {
    await browser.close();
    await server.close();
  }
});
