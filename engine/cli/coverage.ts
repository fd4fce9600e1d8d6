/** `npm run coverage`: what neither unit tests nor end-to-end tests have run. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommandLine, runCommand, UserError } from './command.ts';
import { COVERAGE_FOLDER } from './counting/folder.ts';
import { addPlaces, type Places } from './counting/places.ts';
import { describeHoles } from './counting/report.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { PROJECT_FOLDER } from './site.ts';

const HELP = `Usage: npm run coverage [-- options] [SPEC ...]

Runs the unit tests and the end-to-end tests, or of the latter only those that are
named, and writes what none of them has run to coverage/holes.txt: for each source
its lines, from where something has not run. To be read for holes; there is no
percentage to be met.

Options:
  --unit   the unit tests alone
  --keep   adds to what was counted before
  --help   shows this text`;

const RESULT = 'holes.txt';

function run(tool: string, options: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(PROJECT_FOLDER, 'node_modules', tool), ...options], {
    cwd: PROJECT_FOLDER,
    stdio: 'inherit',
    env: { ...process.env, NCA_COVERAGE: '1', CHROMIUM_PATH: findOrInstallBrowser() },
  });
  if (status !== 0) console.error('Not all tests have passed; what follows is of those that ran.');
}

await runCommand((args) => {
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
  mkdirSync(COVERAGE_FOLDER, { recursive: true });
  const counted = () => readdirSync(COVERAGE_FOLDER).filter((name) => /^(unit|e2e)-.*\.json$/.test(name));
  if (!values.keep) for (const name of counted()) rmSync(join(COVERAGE_FOLDER, name));
  // What was kept holds the unit tests already, when the page is counted bit by bit.
  if (!values.keep) run('vitest/vitest.mjs', ['run', '--reporter=dot']);
  if (!values.unit) run('@playwright/test/cli.js', ['test', '--reporter=line', ...positionals]);
  const places: Places = {};
  for (const name of counted()) {
    addPlaces(places, JSON.parse(readFileSync(join(COVERAGE_FOLDER, name), 'utf8')) as Places);
  }
  if (Object.keys(places).length === 0) throw new UserError('Nothing was counted; what went wrong stands above.');
  const text = describeHoles(places);
  writeFileSync(join(COVERAGE_FOLDER, RESULT), `${text}\n`);
  console.log(`${text.slice(text.lastIndexOf('\n') + 1)} See coverage/${RESULT}.`);
});
