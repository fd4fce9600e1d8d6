/** Starts the exhibit's server process and communicates with it. */
import { fork } from 'node:child_process';
import { get } from 'node:http';
import { extname, join } from 'node:path';
import { UserError } from '../../command-line/command.ts';
import type { HealthReport } from './health.ts';
import type { FromServer, ToServer } from './messages.ts';
import type { Ward } from './supervise.ts';

/** A listening server. */
export interface KioskServer extends Ward {
  readonly address: string;
  readonly port: number;
  /** Reports that a new browser was started. */
  browserStarted(count: number): void;
}

export interface ServerHelp {
  /** A picture of the screen, a PNG; rejects if there is none. */
  readonly picture: () => Promise<Buffer>;
  readonly log: (line: string) => void;
}

/**
 * Starts the server process.
 * @throws UserError if it cannot listen
 */
export async function startServer(
  orders: Extract<ToServer, { type: 'serve' }>,
  { picture, log }: ServerHelp,
): Promise<KioskServer> {
  // In a bundle, both are JavaScript.
  const child = fork(join(import.meta.dirname, `server-process${extname(import.meta.filename)}`), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<string>((resolve) => {
    child.on('exit', (code, signal) =>
      resolve(signal ? `it was killed by ${signal}` : `it ended with code ${code ?? 1}`),
    );
  });
  const first = new Promise<Extract<FromServer, { type: 'listening' | 'fault' }>>((resolve, reject) => {
    child.on('message', (message: FromServer) => {
      if (message.type === 'listening' || message.type === 'fault') resolve(message);
    });
    child.on('error', reject);
    void exited.then((reason) => reject(new UserError(`The server could not be started: ${reason}.`)));
  });
  const send = (message: ToServer): void => {
    if (child.connected) child.send(message);
  };
  child.on('message', (message: FromServer) => {
    if (message.type === 'log') log(message.line);
    if (message.type !== 'wantPicture') return;
    const { id } = message;
    picture().then(
      (png) => send({ type: 'picture', id, png: png.toString('base64') }),
      () => send({ type: 'picture', id, png: null }),
    );
  });
  send(orders);
  const answer = await first;
  if (answer.type === 'fault') {
    child.kill('SIGKILL');
    throw new UserError(answer.message);
  }
  return {
    address: answer.address,
    port: answer.port,
    ended: exited,
    browserStarted: (count) => send({ type: 'browserStarted', count }),
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

const HEALTH_MILLISECONDS = 3000;

/** Returns the server's answer at `/health`, or null if there is no valid answer. */
export function askHealth(address: string): Promise<HealthReport | null> {
  return new Promise((resolve) => {
    const request = get(new URL('health', address), { timeout: HEALTH_MILLISECONDS, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', () => resolve(null));
      response.on('end', () => {
        try {
          resolve(JSON.parse(text) as HealthReport);
        } catch {
          resolve(null);
        }
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
  });
}
