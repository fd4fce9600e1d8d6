/** Starts the exhibit's real server process with a small wall, for tests. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { checkKioskSettings } from '../../../page/features/kiosk/settings.ts';
import type { FromServer, ToServer } from '../messages.ts';

export interface MadeUpServer {
  readonly process: ChildProcess;
  readonly address: string;
  readonly port: number;
  readonly log: readonly string[];
}

interface Given {
  /** For what the server writes down. */
  readonly folder: string;
  /** The site; the same folder if left out. */
  readonly site?: string;
  readonly token: string;
  readonly rate: number;
  readonly port?: number;
  readonly model?: string;
  readonly canvas?: object;
  readonly wall?: object;
  readonly scenes?: readonly object[];
  readonly openingHours?: readonly object[];
}

/** @throws Error if it cannot be started */
export async function startWallServer(given: Given): Promise<MadeUpServer> {
  const { folder, site = folder, token, rate, port = 0, model = 'tiny' } = given;
  // Only hands draw, unless a test wants a show.
  const {
    canvas = { columns: 4, rows: 2, tile: 28 },
    scenes = [{ kind: 'rest', seconds: 600 }],
    openingHours = [],
  } = given;
  const grid = { columns: 4, rows: 2, width: 300, height: 300 };
  const settings = checkKioskSettings(
    {
      canvas,
      stepsPerSecond: rate,
      scenes,
      openingHours,
      renewSeconds: 3600,
      wall: { grid, token, ...given.wall },
    },
    'The made-up wall',
  );
  const child = fork(join(import.meta.dirname, '..', 'server-process.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const log: string[] = [];
  const listening = new Promise<Extract<FromServer, { type: 'listening' }>>((resolve, reject) => {
    child.on('message', (message: FromServer) => {
      if (message.type === 'listening') resolve(message);
      if (message.type === 'log') log.push(message.line);
      if (message.type === 'fault') reject(new Error(message.message));
    });
    child.on('exit', () => reject(new Error('The server has ended.')));
  });
  const orders: ToServer = {
    ...{ type: 'serve', settings, folder: site, model, port },
    ...{ launcherStartSeconds: 0, stateFolder: folder, host: null },
  };
  child.send(orders);
  const heard = await listening;
  return { process: child, address: heard.address, port: heard.port, log };
}
