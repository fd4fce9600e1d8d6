/**
 * Opens the room of a wall on the exhibit's own servers. Members ask for a seat with a POST of what they say about
 * themselves, and then open a WebSocket.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { matchMaker, Server as RoomServer } from '@colyseus/core';
import { WebSocketTransport } from '@colyseus/ws-transport';
import * as v from 'valibot';
import { messageOf } from '../../../common/error-message.ts';
import { MOST_MESSAGE_BYTES, PROTOCOL_VERSION } from '../../../together/limits.ts';
import { HAND_PATH } from '../../../together/hands/hand-messages.ts';
import { joinSchema } from '../../../together/messages.ts';
import { answerText, pathOfTarget, type RequestHandler } from '../../static-files.ts';
import { readBody } from '../read-body.ts';
import { SECURITY_HEADERS } from '../../security.ts';
import type { RoomWatch } from './floor.ts';
import { WALL_ROOM, wallRoom } from './room.ts';
import type { WallSetup } from './setup.ts';
import { WallBook } from './wall-book.ts';
import { wallPage } from './wall-page.ts';

/** Where members ask for a seat. */
export const SEAT_PATH = '/wall/seat';

const MOST_JOIN_BYTES = 4096;

export interface RunningWall {
  readonly book: WallBook;
  /** Answers requests for seats, and leaves the rest to another handler. */
  readonly handler: (rest: RequestHandler) => RequestHandler;
  /** Takes the WebSockets of a server. */
  readonly attach: (server: Server) => void;
  readonly close: () => Promise<void>;
}

/** @throws Error if Redis cannot be reached */
export async function openWall(setup: WallSetup, watch?: RoomWatch): Promise<RunningWall> {
  const { redis, publicAddress, log } = setup;
  const quiet = (): void => undefined;
  const transport = new WebSocketTransport({ noServer: true, maxPayload: MOST_MESSAGE_BYTES });
  const shared = redis === undefined ? {} : await openRedis(redis);
  // It opens no routes of its own, since it does not listen.
  new RoomServer({
    ...shared,
    transport,
    publicAddress,
    // Whichever process is asked first holds the room.
    selectProcessIdToCreateRoom: async () => matchMaker.processId,
    logger: { debug: quiet, info: quiet, trace: quiet, warn: quiet, error: quiet },
    greet: false,
    gracefullyShutdown: false,
  });
  await matchMaker.accept();
  const book = new WallBook();
  matchMaker.defineRoomType(WALL_ROOM, wallRoom(setup, book, watch));
  const origins = setup.servers.map((address) => new URL(address).origin);
  return {
    book,
    handler: (rest) => {
      const page = wallPage(setup.site, setup.servers, rest);
      return async (request, response) => {
        if (pathOfTarget(request.url ?? '') === SEAT_PATH) await giveSeat(request, response);
        else await page(request, response);
      };
    },
    attach: (server) => {
      // The phones' WebSockets are not the room's.
      transport.attachToServer(server, { filter: ({ url = '' }) => pathOfTarget(url) !== `/${HAND_PATH}` });
    },
    close: async () => {
      await matchMaker.gracefullyShutdown();
      transport.shutdown();
    },
  };

  async function giveSeat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers;
    const isOwn = origin !== undefined && origins.includes(origin);
    const headers: Record<string, string> = isOwn ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } : {};
    const refuse = (status: number, reason: string): void =>
      answerText(request, response, status, reason, { Connection: 'close', ...headers });
    if (request.method === 'OPTIONS' && isOwn) {
      const allowed = { ...headers, 'Access-Control-Allow-Headers': 'content-type' };
      response.writeHead(204, { ...SECURITY_HEADERS, ...allowed }).end();
      return;
    }
    if (request.method !== 'POST') {
      refuse(405, 'Request a seat with POST.');
      return;
    }
    const text = await readBody(request, MOST_JOIN_BYTES);
    const join = v.safeParse(joinSchema, parse(text));
    if (!join.success) {
      refuse(400, 'This is not a valid request for a seat.');
      return;
    }
    if (join.output.version !== PROTOCOL_VERSION) {
      refuse(426, 'The page is of another version than the server; load it again.');
      return;
    }
    if (!setup.gate.admits(join.output.role, join.output.token)) {
      refuse(403, 'The token is not valid, or has expired.');
      return;
    }
    try {
      const seat = await matchMaker.joinOrCreate(WALL_ROOM, join.output);
      const body = JSON.stringify(seat.processId === matchMaker.processId ? { ...seat, publicAddress: '' } : seat);
      const type = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
      response.writeHead(200, { ...SECURITY_HEADERS, ...headers, ...type }).end(body);
    } catch (error) {
      log(`A member of the wall got no seat: ${messageOf(error)}`);
      refuse(503, 'No seat is available right now; try again.');
    }
  }
}

async function openRedis(url: string) {
  const [{ RedisPresence }, { RedisDriver }] = await Promise.all([
    import('@colyseus/redis-presence'),
    import('@colyseus/redis-driver'),
  ]);
  return { presence: new RedisPresence(url), driver: new RedisDriver(url) };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
