/**
 * Listens for requests: which addresses, which port, and what becomes of broken clients.
 * What is answered is the handler's matter; one handler may wrap another to add paths of its own.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf, UserError } from './command.ts';
import { answerText, type RequestHandler } from './static-files.ts';

/** The port that is tried first where none is asked for. */
export const DEFAULT_PORT = 8080;
/** How many ports are tried from there on. */
const PORT_ATTEMPTS = 100;

/** A fault in starting the server; the message is one line for the user. */
export class ServerError extends UserError {
  override name = 'ServerError';
}

export interface ListenOptions {
  /** An address to listen on; null: this machine only, by either of its loopback addresses. */
  host: string | null;
  /** 0: any that is free; null: the first free one from {@link DEFAULT_PORT} on. */
  port: number | null;
}

export interface RunningServer {
  /** What to type into a browser, such as `http://localhost:8080/`. */
  readonly address: string;
  readonly port: number;
  /** Ends every connection and resolves when the port is free again. */
  close(): Promise<void>;
}

/**
 * The port in the environment variable PORT, or null where it is unset or empty.
 * @throws ServerError if it is no port
 */
export function parsePort(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) {
    throw new ServerError(`PORT is "${text}", which is no port: give a whole number from 0 (any free one) to 65535.`);
  }
  return port;
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

function answer(handler: RequestHandler): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    handler(request, response).catch((error: unknown) => {
      process.stderr.write(`A request failed: ${messageOf(error)}\n`);
      if (response.headersSent) response.destroy();
      else answerText(request, response, 500, 'The server failed to answer.');
    });
  };
}

function createHttpServer(handler: RequestHandler): Server {
  // A client that dawdles over its request is cut off.
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, answer(handler));
  server.on('clientError', (error, socket) => {
    if (errorCode(error) === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}

function open(handler: RequestHandler, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createHttpServer(handler);
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      server.on('error', (error) => process.stderr.write(`The server reports: ${error.message}\n`));
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Listens on both loopback addresses, since "localhost" may mean either; a machine without IPv6 has one. */
async function openLoopback(handler: RequestHandler, port: number): Promise<Server[]> {
  const first = await open(handler, '127.0.0.1', port);
  try {
    return [first, await open(handler, '::1', portOf(first))];
  } catch (error) {
    if (errorCode(error) === 'EADDRNOTAVAIL' || errorCode(error) === 'EAFNOSUPPORT') return [first];
    await close(first);
    throw error;
  }
}

function describeFault(error: unknown, host: string | null, port: number): ServerError {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new ServerError(`Port ${port} is taken; set PORT to another one, or unset it to take the next free one.`);
    case 'EACCES':
      return new ServerError(`Port ${port} needs rights that this user lacks; set PORT to one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ServerError(`This machine has no address "${host ?? 'localhost'}" to listen on.`);
    default:
      return new ServerError(`The server cannot listen on port ${port}: ${messageOf(error)}.`);
  }
}

function portsToTry(port: number | null): number[] {
  if (port === null) return Array.from({ length: PORT_ATTEMPTS }, (_, index) => DEFAULT_PORT + index);
  // Any port that is free on one loopback address may be taken on the other.
  return port === 0 ? [0, 0, 0, 0, 0] : [port];
}

/**
 * Starts to answer requests with `handler`.
 * @throws ServerError if the port is taken or the address is not this machine's
 */
export async function listen(handler: RequestHandler, { host, port }: ListenOptions): Promise<RunningServer> {
  const ports = portsToTry(port);
  for (const [index, candidate] of ports.entries()) {
    try {
      return running(
        host === null ? await openLoopback(handler, candidate) : [await open(handler, host, candidate)],
        host,
      );
    } catch (error) {
      const isLast = index === ports.length - 1;
      if (errorCode(error) !== 'EADDRINUSE' || isLast) throw describeFault(error, host, candidate);
    }
  }
  throw new ServerError('There is no port to listen on.');
}

function running(servers: readonly Server[], host: string | null): RunningServer {
  const port = servers[0] ? portOf(servers[0]) : 0;
  const everywhere = host === null || host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    address: `http://${name}:${port}/`,
    port,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}
