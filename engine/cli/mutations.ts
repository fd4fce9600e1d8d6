/** `npm run mutations`: puts faults into the engine one at a time and checks that the tests notice each. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseCommandLine, runCommand, UserError } from '../command-line/command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { PROJECT_FOLDER } from './site.ts';

const HELP = `Usage: npm run mutations [-- options]

Puts each of the faults in e2e/mutations/faults.ts into shaders, packing or
picture, one at a time and in the browser alone. The screenshot is compared with
the computed picture, which must refuse it; where the engine is at fault, its
state is compared with the plain reference as well. Prints a table: fault, what
the picture shows of it, what the state does. Fails if either misses one. A
sample of them is part of npm test.

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
