/** `npm run mutations`: puts faults into the engine one at a time and checks that the tests notice each. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseCommandLine, runCommand, UserError } from '../command-line/command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { PROJECT_FOLDER } from './site.ts';

const HELP = `Usage: npm run mutations [-- options]

Puts each of the faults in e2e/mutations/faults.ts into the shaders, the packing or
the picture, one at a time and only in the browser. The screenshot is compared with
the computed picture, and has to differ; if the fault is in the engine, its state is
compared with the plain reference as well. Prints a table: the fault, and how it
shows in the picture and in the state. Fails if either misses a fault. npm test
includes a sample of them.

Options:
  --help   shows this text`;

await runCommand((args) => {
  const { values } = parseCommandLine({ args, options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const playwright = join(PROJECT_FOLDER, 'node_modules/@playwright/test/cli.js');
  const { status } = spawnSync(process.execPath, [playwright, 'test', 'e2e/mutations.spec.ts', '--reporter=line'], {
    cwd: PROJECT_FOLDER,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: findOrInstallBrowser('test'), MUTATIONS: 'all' },
  });
  if (status !== 0) throw new UserError('Not every fault was noticed; see above.');
});
