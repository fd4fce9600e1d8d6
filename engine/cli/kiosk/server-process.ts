/**
 * The exhibit's server, in a process of its own: should it end, the launcher starts another while the page goes on.
 * Takes its orders from the launcher, and ends with it.
 */
import { messageOf } from '../../common/error-message.ts';
import { staticFiles } from '../static-files.ts';
import { listen } from '../static-server.ts';
import { HealthBook } from './health.ts';
import { kioskHandler } from './kiosk-handler.ts';
import type { FromServer, ToServer } from './messages.ts';

const now = (): number => performance.now();

function tell(message: FromServer): void {
  process.send?.(message);
}

async function serve({ folder, settings, host, port }: Extract<ToServer, { type: 'serve' }>): Promise<HealthBook> {
  const book = new HealthBook(settings.supervision, now());
  const handler = kioskHandler({ settings, book, now, rest: await staticFiles(folder) });
  const server = await listen(handler, { host, port });
  tell({ type: 'listening', address: server.address, port: server.port });
  return book;
}

let book: HealthBook | null = null;

process.on('message', (message: ToServer) => {
  if (message.type === 'browserStarted') {
    book?.browserStarted(message.count);
    return;
  }
  serve(message).then(
    (served) => {
      book = served;
    },
    (error: unknown) => {
      tell({ type: 'fault', message: messageOf(error) });
    },
  );
});
// The launcher ends this process; a terminal's Ctrl-C, which reaches both, is the launcher's.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
