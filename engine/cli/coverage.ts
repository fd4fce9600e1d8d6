/** `npm run coverage`: reports what neither unit tests nor end-to-end tests have run. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseCommandLine, runCommand, UserError } from '../command-line/command.ts';
import { openReport } from './counting/report.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { PROJECT_FOLDER } from './site.ts';

const HELP = `Usage: npm run coverage [-- options] [SPEC ...]

Runs the unit tests and the end-to-end tests, or only the named end-to-end tests,
and writes a report of what none of them has run to coverage/report: holes.md lists
the lines of each source, index.html shows them. Use it to find holes; there is no
required percentage.

Options:
  --unit   runs only the unit tests
  --keep   adds to what was counted before
  --help   shows this text`;

function run(tool: string, options: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(PROJECT_FOLDER, 'node_modules', tool), ...options], {
    cwd: PROJECT_FOLDER,
    stdio: 'inherit',
    env: { ...process.env, NCA_COVERAGE: '1', CHROMIUM_PATH: findOrInstallBrowser('test') },
  });
  if (status !== 0) console.error('Not all tests have passed; the report covers those that ran.');
}

await runCommand(async (args) => {
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseCommandLine({
    args,
    allowPositionals: true,
    options: { unit: flag, keep: flag, help: flag },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const report = openReport();
  if (!values.keep) report.cleanCache();
  // With --keep, the stored data already includes the unit tests.
  if (!values.keep) run('vitest/vitest.mjs', ['run', '--reporter=dot']);
  if (!values.unit) run('@playwright/test/cli.js', ['test', '--reporter=line', ...positionals]);
  if (!report.hasCache()) throw new UserError('Nothing was counted; see the errors above.');
  const results = await report.generate();
  if (!results) throw new UserError('No report could be made from the collected data.');
  const { covered, total } = results.summary.lines;
  console.log(`${total - covered} of ${total} lines have not run. See coverage/report: holes.md, index.html.`);
});
