/**
 * Listens for requests: chooses addresses and the port, and deals with broken clients. The handler decides what to
 * answer; one handler may wrap another to add its own paths.
 */
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { messageOf } from '../common/error-message.ts';
import { UserError } from '../command-line/command.ts';
import { answerText, type RequestHandler } from './static-files.ts';

/** The port that is tried first if none is given. */
export const DEFAULT_PORT = 8080;
/** How many ports are tried from there on. */
const PORT_ATTEMPTS = 100;

/** Four times Node's limit: a browser sends the cookies of every server on this host, whatever its port. */
const MAX_HEADER_BYTES = 64 * 1024;

/** In milliseconds, as for Node's `http.createServer`. */
export type Timeouts = Pick<
  ServerOptions,
  'headersTimeout' | 'requestTimeout' | 'keepAliveTimeout' | 'connectionsCheckingInterval'
>;

/** A client that takes too long to send its request is disconnected. */
const TIMEOUTS: Timeouts = { headersTimeout: 10_000, requestTimeout: 30_000 };

/** How long a refused client has to read the reason. */
const LINGER_MILLISECONDS = 1000;

/** A fault in starting the server; the message is one line for the user. */
export class ServerError extends UserError {
  override name = 'ServerError';
}

export interface ListenOptions {
  /** The address to listen on; null for both loopback addresses, which only this machine can reach. */
  host: string | null;
  /** The port; 0 for any free one, null for the first free one from {@link DEFAULT_PORT} on. */
  port: number | null;
  timeouts?: Timeouts;
  /** Is given each of the servers, one for each address, for example to take WebSockets. */
  opened?: (server: Server) => void;
  /** The operator's certificate and its key, for https. */
  tls?: { readonly cert: Buffer; readonly key: Buffer };
}

export interface RunningServer {
  /** What to type into a browser, such as `http://localhost:8080/`. */
  readonly address: string;
  readonly port: number;
  /** Closes every connection and resolves when the port is free again. */
  close(): Promise<void>;
}

/**
 * Returns the port in the environment variable PORT, or null if it is unset or empty.
 * @throws ServerError if it is not a port
 */
export function parsePort(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) {
    throw new ServerError(
      `PORT is "${text}", which is not a port: give a whole number from 0 (any free one) to 65535.`,
    );
  }
  return port;
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** The answer to a request that Node could not parse. */
interface Refusal {
  readonly status: string;
  readonly text: string;
}

/**
 * Returns the answer to a request that Node could not parse, or null to only close the connection. A browser opens
 * connections before its requests, and treats whatever it finds on one as the answer to its next request.
 * @param code the code of Node's error
 * @param bytesRead bytes read from the connection since it was opened
 */
function refusalOf(code: string | undefined, bytesRead: number): Refusal | null {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      // After its first request, an idle connection is closed by Node without an error.
      return bytesRead === 0 ? null : { status: '408 Request Timeout', text: 'The request took too long to arrive.' };
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: '431 Request Header Fields Too Large',
        text:
          `The request's headers are larger than ${MAX_HEADER_BYTES / 1024} kB. This is mostly due to cookies: a browser sends\n` +
          'those of every server that has run on this host, whatever its port. Delete the cookies of this host in the\n' +
          'browser, or open the page by another name of this machine (127.0.0.1 instead of localhost).',
      };
    // Not HTTP at all (such as TLS), HTTP/2, the end of a connection within a request, and data after the last request.
    case 'HPE_INVALID_METHOD':
    case 'HPE_PAUSED_H2_UPGRADE':
    case 'HPE_INVALID_EOF_STATE':
    case 'HPE_CLOSED_CONNECTION':
    case 'ECONNRESET':
      return null;
    default:
      return { status: '400 Bad Request', text: 'The request is malformed.' };
  }
}

function rawAnswer({ status, text }: Refusal): string {
  const body = `${text}\n`;
  const headers = ['Content-Type: text/plain; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`];
  return [`HTTP/1.1 ${status}`, 'Connection: close', ...headers, '', body].join('\r\n');
}

function createHttpServer(handler: RequestHandler, timeouts: Timeouts, tls: ListenOptions['tls']): Server {
  const options = { ...timeouts, maxHeaderSize: MAX_HEADER_BYTES };
  const server = tls ? createTlsServer({ ...options, ...tls }) : createServer(options);
  /** The latest answer on a connection. */
  const answers = new WeakMap<Duplex, ServerResponse>();
  const refused = new WeakSet<Duplex>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answers.set(request.socket, response);
    handler(request, response).catch((error: unknown) => {
      // The client has gone, or was refused meanwhile.
      if (!request.socket.writable) return;
      process.stderr.write(`A request failed: ${messageOf(error)}\n`);
      if (response.headersSent) response.destroy();
      else answerText(request, response, 500, 'The server failed to answer.');
    });
  });
  server.on('clientError', (error, socket) => {
    // Data that arrives after a refusal is also reported as a fault.
    if (refused.has(socket)) return;
    refused.add(socket);
    const bytesRead = socket instanceof Socket ? socket.bytesRead : 0;
    const answer = answers.get(socket);
    // Nothing may be written between the parts of an answer.
    const isAnswering = answer?.headersSent === true && !answer.writableFinished;
    const refusal = isAnswering ? null : refusalOf(errorCode(error), bytesRead);
    if (!refusal || !socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(rawAnswer(refusal));
    // If it were closed immediately, with unread data, the connection would be reset, and the client might never see
    // the answer.
    setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref();
  });
  return server;
}

function open(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
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

/** Listens on both loopback addresses, because "localhost" may mean either; a machine without IPv6 has only one. */
async function openLoopback(create: () => Server, port: number): Promise<Server[]> {
  const first = await open(create(), '127.0.0.1', port);
  try {
    return [first, await open(create(), '::1', portOf(first))];
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
  // A port that is free on one loopback address may be taken on the other.
  return port === 0 ? [0, 0, 0, 0, 0] : [port];
}

/**
 * Starts answering requests with `handler`.
 * @throws ServerError if the port is taken or the address is not this machine's
 */
export async function listen(
  handler: RequestHandler,
  { host, port, timeouts = TIMEOUTS, opened, tls }: ListenOptions,
): Promise<RunningServer> {
  const create = (): Server => {
    const server = createHttpServer(handler, timeouts, tls);
    if (opened) server.once('listening', () => opened(server));
    return server;
  };
  const ports = portsToTry(port);
  for (const [index, candidate] of ports.entries()) {
    try {
      return running(
        host === null ? await openLoopback(create, candidate) : [await open(create(), host, candidate)],
        host,
        tls ? 'https' : 'http',
      );
    } catch (error) {
      const isLast = index === ports.length - 1;
      if (errorCode(error) !== 'EADDRINUSE' || isLast) throw describeFault(error, host, candidate);
    }
  }
  throw new ServerError('There is no port to listen on.');
}

function running(servers: readonly Server[], host: string | null, scheme: string): RunningServer {
  const port = servers[0] ? portOf(servers[0]) : 0;
  const everywhere = host === null || host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    address: `${scheme}://${name}:${port}/`,
    port,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}
