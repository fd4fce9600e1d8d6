/**
 * The exhibit's server, in a separate process. If it exits, the launcher starts a new one while the page continues. It
 * is controlled by the launcher, and exits with it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../common/error-message.ts';
import { makeFolder } from '../../command-line/files.ts';
import { staticFiles } from '../static-files.ts';
import { listen } from '../static-server.ts';
import { DailyCounts } from './daily-counts.ts';
import { HealthBook } from './health.ts';
import { kioskHandler } from './kiosk-handler.ts';
import type { FromServer, ToServer } from './messages.ts';
import { celsius } from './temperature.ts';
import { reachableSite } from './reachable-site.ts';
import type { RunningWall } from './wall/wall-server.ts';

const now = (): number => performance.now();

function tell(message: FromServer): void {
  process.send?.(message);
}

/** Pictures that were requested from the launcher. */
const wanted = new Map<number, (png: Buffer | null) => void>();
let pictures = 0;

function askForPicture(): Promise<Buffer | null> {
  pictures += 1;
  const id = pictures;
  return new Promise((resolve) => {
    wanted.set(id, resolve);
    tell({ type: 'wantPicture', id });
  });
}

async function serve(orders: Extract<ToServer, { type: 'serve' }>): Promise<HealthBook> {
  const { folder, settings, model, launcherStartSeconds, stateFolder, host, port } = orders;
  const { silenceSeconds } = settings.supervision;
  const book = new HealthBook({ silenceSeconds, model, launcherStartSeconds, celsius }, now());
  const counts = openCounts(stateFolder, settings.timeZone);
  const rest = await staticFiles(folder);
  let site = '';
  const wall = await openTheWall(orders, () => site);
  const handler = kioskHandler({
    ...{ settings, book, now, rest, counts, picture: askForPicture },
    ...(wall ? { wall: wall.book } : {}),
  });
  const answers = wall ? wall.handler(handler) : handler;
  const server = await listen(answers, {
    ...{ host: settings.wall?.tls ? null : host, port },
    ...(wall ? { opened: wall.attach } : {}),
  });
  site = reachableSite(server, host);
  const { tls } = settings.wall ?? {};
  if (wall && tls) {
    // Others come this way; the exhibit's own browser needs no certificate.
    const [cert, key] = await Promise.all([readFile(tls.certificate), readFile(tls.key)]);
    const everywhere = host ?? '0.0.0.0';
    const secure = await listen(answers, {
      ...{ host: everywhere, port: tls.port, opened: wall.attach },
      tls: { cert, key },
    });
    site = reachableSite(secure, everywhere);
  }
  tell({ type: 'listening', address: server.address, port: server.port });
  return book;
}

/** Opens the wall of the settings, if there is one. */
async function openTheWall(
  orders: Extract<ToServer, { type: 'serve' }>,
  siteAddress: () => string,
): Promise<RunningWall | null> {
  const { folder: site, settings, model, stateFolder } = orders;
  const { wall } = settings;
  if (!wall) return null;
  // An exhibit without a wall has no need of what this loads.
  const [{ openWall }, { wallSetup }, { openHands, withHands }] = await Promise.all([
    import('./wall/wall-server.ts'),
    import('./wall/from-settings.ts'),
    import('./wall/hands/open-hands.ts'),
  ]);
  const log = (line: string): void => tell({ type: 'log', line });
  const setup = wallSetup({ settings, wall, model, site, stateFolder, log });
  const hands = openHands({ wall, layout: setup.canvas, stateFolder, siteAddress, log });
  return hands ? withHands(await openWall(setup, hands), hands) : openWall(setup);
}

function openCounts(folder: string, timeZone: string | undefined): DailyCounts {
  const log = (line: string): void => tell({ type: 'log', line });
  try {
    makeFolder(folder);
  } catch {
    // That it cannot be written is told when it is to be.
  }
  return new DailyCounts({ file: join(folder, 'counts.jsonl'), timeZone, log });
}

let book: HealthBook | null = null;

process.on('message', (message: ToServer) => {
  if (message.type === 'browserStarted') {
    book?.browserStarted(message.count);
    return;
  }
  if (message.type === 'picture') {
    wanted.get(message.id)?.(message.png === null ? null : Buffer.from(message.png, 'base64'));
    wanted.delete(message.id);
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
// The launcher ends this process; a terminal's Ctrl-C reaches both, and the launcher handles it.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
