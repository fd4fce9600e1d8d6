/** `npm run dev`: serves the page from its sources and updates it whenever they change. */
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../common/error-message.ts';
import { parseCommandLine, runCommand, UserError } from '../command-line/command.ts';
import { interruption } from './shutdown.ts';
import { PROJECT_FOLDER } from './site.ts';
import { DEFAULT_PORT, parsePort } from './static-server.ts';

const HELP = `Usage: npm run dev [-- options]

Serves the page from its sources at http://localhost:8080/ until interrupted
(Ctrl-C). Saved CSS shows immediately. A saved shader is compiled into the running
simulation, which keeps its ink and state; if it does not compile, the page says
why and where, and the old program keeps running. Any other change reloads the
page, which comes back with the same canvas.

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
  const { createServer } = await import('vite');
  const interrupted = interruption();
  const server = await createServer({
    configFile: join(PROJECT_FOLDER, 'vite.config.ts'),
    logLevel: 'warn',
    server: { port: port ?? DEFAULT_PORT, strictPort: port !== null, host: values.host ?? 'localhost' },
  });
  try {
    await server.listen();
  } catch (error) {
    await server.close();
    throw new UserError(`The page cannot be served: ${messageOf(error)}.`);
  }
  const { port: bound } = server.httpServer?.address() as AddressInfo;
  console.log('The page is served from its sources here until Ctrl-C:');
  console.log(`http://localhost:${bound}/`);
  await interrupted;
  // Vite ends the process itself on SIGTERM, and would report that as a failure.
  process.exitCode = 0;
  await server.close();
});
