/** `npm start`: builds the page if needed and serves it until interrupted. */
import { parseCommandLine, runCommand } from '../command-line/command.ts';
import { interruption } from './shutdown.ts';
import { buildSiteIfNeeded, SITE_FOLDER } from './site.ts';
import { staticFiles } from './static-files.ts';
import { listen, parsePort } from './static-server.ts';

const HELP = `Usage: npm start [-- options]

Builds the page if its sources changed and serves it at http://localhost:8080/
until interrupted (Ctrl-C).

Options:
  --host ADDRESS   listens on this address, for instance 0.0.0.0 for access from
                   other machines; by default only this machine has access
  --help           shows this text

Environment:
  PORT             the port; 0 means any free one. Without it, the first free one
                   from 8080 on.`;

await runCommand(async (args) => {
  const { values } = parseCommandLine({ args, options: { host: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const port = parsePort(process.env['PORT']);
  await buildSiteIfNeeded();
  const interrupted = interruption();
  const server = await listen(await staticFiles(SITE_FOLDER), { host: values.host ?? null, port });
  console.log('The page is served here until Ctrl-C:');
  console.log(server.address);
  await interrupted;
  await server.close();
});
