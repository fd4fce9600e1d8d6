/** `npm run build`: the static site in `dist/`. */
import { parseCommandLine, runCommand } from './command.ts';
import { buildSite } from './site.ts';

const HELP = `Usage: npm run build

Builds the static site into dist/. Its addresses are all relative: it runs from
any folder of any static host.

Options:
  --help   shows this text`;

await runCommand(async (args) => {
  const { values } = parseCommandLine({ args, options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const start = performance.now();
  await buildSite();
  console.log(`The site is in dist/ (${((performance.now() - start) / 1000).toFixed(1)} s).`);
});
