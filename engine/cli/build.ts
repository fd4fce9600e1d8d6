/** `npm run build`: builds the static site into `dist/`. */
import { parseCommandLine, runCommand } from '../command-line/command.ts';
import { buildSite } from './site.ts';

const HELP = `Usage: npm run build

Builds the static site into dist/. All addresses are relative: it runs from
any folder of any static host. Besides the page, it contains the engine as a
library, lib/digits.js and lib/digits-pixi.js with their types, and examples/ that
use it.

Options:
  --help   shows this text`;

await runCommand(async (args) => {
  const { values } = parseCommandLine({ args, options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const start = performance.now();
  await buildSite({ types: true });
  console.log(`The site is in dist/ (${((performance.now() - start) / 1000).toFixed(1)} s).`);
});
