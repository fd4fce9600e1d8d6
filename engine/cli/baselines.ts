/** `npm run baselines`: takes or checks the pictures that the page is compared with. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseCommandLine, runCommand, UserError } from '../command-line/command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { PROJECT_FOLDER } from './site.ts';

const HELP = `Usage: npm run baselines [-- options]

Takes new pictures of the exhibit's scenes in e2e/screenshots.spec.ts, for this
machine's renderer, into e2e/baselines. All other pictures are computed and need
no baselines. e2e/README.md says when to take new ones, and when not to.

Options:
  --check   only compares; playwright-report/index.html shows the expected picture,
            the actual one, and the difference
  --help    shows this text`;

await runCommand((args) => {
  const flag = { type: 'boolean' } as const;
  const { values } = parseCommandLine({ args, options: { check: flag, help: flag } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const playwright = join(PROJECT_FOLDER, 'node_modules/@playwright/test/cli.js');
  const options = values.check ? ['--reporter=list,html'] : ['--update-snapshots=all', '--reporter=list'];
  const { status } = spawnSync(process.execPath, [playwright, 'test', 'e2e/screenshots.spec.ts', ...options], {
    cwd: PROJECT_FOLDER,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: findOrInstallBrowser('test'), PLAYWRIGHT_HTML_OPEN: 'never' },
  });
  if (status !== 0) {
    throw new UserError(
      values.check
        ? 'Some pictures differ from the baselines; playwright-report/index.html shows them.'
        : 'Not all pictures could be taken; see the errors above.',
    );
  }
});
