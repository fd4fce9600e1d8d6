/** `npm test`: runs all checks and tests, and prints one sum. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../common/error-message.ts';
import { parseCommandLine, runCommand } from '../command-line/command.ts';
import { failedInPlaywright, failedInVitest, failedTests } from './failed-tests.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { absentBrowsers, findOtherBrowsers } from './other-browsers.ts';
import { PROJECT_FOLDER } from './site.ts';
import { countPlaywright, countVitest, sum, type Tally, tallyOfCheck, tallyOfSuite } from './test-summary.ts';

const HELP = `Usage: npm test [-- options]

Runs the type check, lint, format check and unit tests, then end-to-end tests of
the built page in a browser: that of CHROMIUM_PATH, Playwright's own, or a Chrome,
Chromium or Edge on this machine. A few tests also run in Firefox, WebKit and
Chromium on Mesa, if those are installed. Ends with the sum, "N passed, N failed".

Options, which can be combined; without any, everything runs:
  --checks    type check, lint and format check
  --unit      unit tests
  --e2e       end-to-end tests
  --browsers  all tests for Firefox, WebKit and Chromium on Mesa
  --help      shows this text

Environment:
  FIREFOX_PATH       a Firefox that is not on the path
  REQUIRED_BROWSERS  browsers whose absence is a failure: any of firefox, webkit and
                     chromium-mesa, separated by commas`;

const TOOLS = {
  tsc: 'node_modules/typescript/bin/tsc',
  eslint: 'node_modules/eslint/bin/eslint.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
} as const;

/**
 * Where tools cache results for unchanged files; deleted together with the packages. Not used for the lint, whose rules
 * also depend on the types of other files.
 */
const CACHE = 'node_modules/.cache/digits';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * If the tests are stopped, no browser and no server must be left behind. The running tool is interrupted as by Ctrl-C,
 * only once however often the signal arrives, and this command ends after it. Returns a function that undoes this.
 */
function endWith(tool: ChildProcess): () => void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    tool.once('exit', () => process.exit(130));
    tool.kill('SIGINT');
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
}

interface ToolSettings {
  readonly env?: Record<string, string>;
  /** Whether the tool's output is held back until it has ended, because others run at the same time. */
  readonly isHeld?: boolean;
}

/** Runs one of our tools with its output on the terminal. Resolves with its exit code; a signal counts as 1. */
function runTool(tool: keyof typeof TOOLS, options: string[], { env, isHeld = false }: ToolSettings): Promise<number> {
  return new Promise((resolve) => {
    const output = isHeld ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, [join(PROJECT_FOLDER, TOOLS[tool]), ...options], {
      cwd: PROJECT_FOLDER,
      stdio: ['ignore', output, output],
      // It gets its own process group, so the terminal's Ctrl-C reaches it only through endWith.
      detached: process.platform !== 'win32',
      env: { ...process.env, ...env },
    });
    const release = endWith(child);
    const held: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => held.push(chunk));
    child.on('error', () => {
      resolve(1);
    });
    child.on('close', (code) => {
      release();
      process.stdout.write(Buffer.concat(held));
      resolve(code ?? 1);
    });
  });
}

interface RunOptions {
  /** A folder for the reports. */
  readonly reports: string;
  /** Whether all tests of the other browsers run, or only the quickest. */
  readonly allBrowsers: boolean;
  /** Called with the tests that failed. */
  readonly onFailures: (tests: readonly string[]) => void;
}

interface Suite {
  name: string;
  group: 'checks' | 'unit' | 'e2e' | 'browsers';
  run: (options: RunOptions) => Promise<Tally>;
}

function check(name: string, tool: keyof typeof TOOLS, options: string[]): Suite {
  return { name, group: 'checks', run: async () => tallyOfCheck(await runTool(tool, options, { isHeld: true })) };
}

function readReport(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/**
 * The stages run one after the other. The suites of a stage run in parallel, because each of the checks uses one core.
 */
const STAGES: readonly (readonly Suite[])[] = [
  [
    check('lint', 'eslint', ['--max-warnings=0', '.']),
    check('type check', 'tsc', ['--noEmit', '--incremental', '--tsBuildInfoFile', `${CACHE}/tsc.json`]),
    check('format', 'prettier', ['--check', '--log-level=warn', '--cache', `--cache-location=${CACHE}/prettier`, '.']),
  ],
  [
    {
      name: 'unit tests',
      group: 'unit',
      run: async ({ reports, onFailures }) => {
        const report = join(reports, 'unit.json');
        const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
        const exitCode = await runTool('vitest', options, {});
        onFailures(failedTests(readReport(report), failedInVitest));
        return tallyOfSuite(readReport(report), exitCode, countVitest);
      },
    },
  ],
  [{ name: 'end-to-end tests', group: 'e2e', run: (options) => runEndToEnd(options, EXCEPT_SPEED) }],
  [{ name: 'speed tests', group: 'e2e', run: (options) => runEndToEnd(options, SPEED) }],
  [{ name: 'other browsers', group: 'browsers', run: runOtherBrowsers }],
];

const EXCEPT_SPEED = ['--grep-invert=@alone', '--reporter=list,json,html'];

/** One by one, since what else runs would count as the product's slowness. The pictures of the others' failures stay. */
const SPEED = ['--grep=@alone', '--workers=1', '--reporter=list,json', '--output=test-results/speed'];

/** Tests in the first browser; `options` tell which. */
async function runEndToEnd({ reports, onFailures }: RunOptions, options: readonly string[]): Promise<Tally> {
  let browser: string;
  try {
    browser = findOrInstallBrowser('test');
  } catch (error) {
    console.error(messageOf(error));
    return tallyOfCheck(1);
  }
  console.log(`Browser: ${browser}`);
  const report = join(reports, 'e2e.json');
  rmSync(report, { force: true });
  const env = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_HTML_OPEN: 'never' };
  const exitCode = await runTool('playwright', ['test', ...options], { env });
  onFailures(failedTests(readReport(report), failedInPlaywright));
  return tallyOfSuite(readReport(report), exitCode, countPlaywright);
}

/** The tests of the other browsers that are on this machine. */
async function runOtherBrowsers({ reports, allBrowsers, onFailures }: RunOptions): Promise<Tally> {
  const found = findOtherBrowsers();
  const absent = absentBrowsers(found, process.env['REQUIRED_BROWSERS']);
  const failed = absent.filter(({ isRequired }) => isRequired).length;
  const tally: Tally = { passed: 0, failed, skipped: absent.length - failed };
  if (absent.length === Object.keys(found).length) return tally;
  const report = join(reports, 'browsers.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const options = ['test', '--config=e2e/browsers', '--reporter=list,json', ...(allBrowsers ? [] : ['--grep=@quick'])];
  const exitCode = await runTool('playwright', options, { env });
  onFailures(failedTests(readReport(report), failedInPlaywright));
  return sum([tally, tallyOfSuite(readReport(report), exitCode, countPlaywright)]);
}

function describe({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

await runCommand(async (args) => {
  const flag = { type: 'boolean' } as const;
  const options = { checks: flag, unit: flag, e2e: flag, browsers: flag, help: flag };
  const { values } = parseCommandLine({ args, options });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const runsAll = !values.checks && !values.unit && !values.e2e && !values.browsers;
  const reports = mkdtempSync(join(tmpdir(), 'digits-test-'));
  process.on('exit', () => {
    rmSync(reports, { recursive: true, force: true });
  });
  const lines: string[] = [];
  const tallies: Tally[] = [];
  const failures: string[] = [];
  const runSuite = async ({ name, run }: Suite): Promise<void> => {
    const start = performance.now();
    const tally = await run({
      reports,
      allBrowsers: values.browsers ?? false,
      onFailures: (tests) => void failures.push(...tests),
    });
    tallies.push(tally);
    lines.push(`${name}: ${describe(tally)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  };
  for (const stage of STAGES) {
    const wanted = stage.filter(({ group }) => runsAll || values[group]);
    if (wanted.length === 0) continue;
    console.log(`\n== ${wanted.map(({ name }) => name).join(', ')}`);
    await Promise.all(wanted.map(runSuite));
  }
  const total = sum(tallies);
  if (runsAll || values.browsers) {
    lines.push(...absentBrowsers(findOtherBrowsers(), process.env['REQUIRED_BROWSERS']).map(({ message }) => message));
  }
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
  console.log(`\n${lines.join('\n')}\n`);
  if (total.failed > 0) process.exitCode = 1;
  console.log(`${total.passed} passed, ${total.failed} failed`);
});
