/** Answers the requests of the exhibit's page and its operators, and leaves the rest to another handler. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import {
  type Heartbeat,
  HEARTBEAT_PATH,
  heartbeatSchema,
  MOST_HEARTBEAT_BYTES,
} from '../../page/features/kiosk/heartbeat.ts';
import { SETTINGS_FILE } from '../../page/features/kiosk/load-settings.ts';
import { DEFAULT_KIOSK_SETTINGS, type KioskSettings } from '../../page/features/kiosk/settings.ts';
import { SECURITY_HEADERS } from '../security.ts';
import { answerText, pathOfTarget, type RequestHandler } from '../static-files.ts';
import type { DailyCounts } from './daily-counts.ts';
import { type HealthBook, isRunning } from './health.ts';
import { KioskMetrics } from './metrics.ts';
import { readBody } from './read-body.ts';
import type { WallBook } from './wall/wall-book.ts';
import { screenHandler } from './screen-handler.ts';

export interface KioskHandlerOptions {
  readonly settings: KioskSettings;
  readonly book: HealthBook;
  /** Milliseconds. */
  readonly now: () => number;
  /** Adds up what guests do. */
  readonly counts?: DailyCounts;
  /** A picture of the screen, a PNG, or null if there is none. */
  readonly picture?: () => Promise<Buffer | null>;
  /** What is known of the wall, if the exhibit is one. */
  readonly wall?: WallBook;
  /** Answers everything else. */
  readonly rest: RequestHandler;
}

/** `/kiosk.json`, `/heartbeat`, `/health`, `/metrics` and, with a password, `/screen.png`. */
export function kioskHandler({
  settings,
  book,
  now,
  rest,
  counts,
  picture,
  wall,
}: KioskHandlerOptions): RequestHandler {
  const metrics = new KioskMetrics();
  // The operator's other settings are not for the page.
  const { heartbeatSeconds, silenceSeconds, startSeconds } = settings.supervision;
  const supervision = { ...DEFAULT_KIOSK_SETTINGS.supervision, heartbeatSeconds, silenceSeconds, startSeconds };
  const page: KioskSettings = { ...settings, wall: undefined, supervision: { ...supervision, heartbeat: true } };
  const settingsText = JSON.stringify(page);
  const { password } = settings.supervision;
  const screen = password !== undefined && picture ? screenHandler(password, picture) : rest;
  const routes: Readonly<Record<string, RequestHandler>> = {
    [`/${SETTINGS_FILE}`]: async (request, response) => {
      answer(request, response, 200, 'application/json; charset=utf-8', settingsText);
    },
    '/health': async (request, response) => {
      const report = { ...book.report(now()), ...(wall ? { wall: wall.report() } : {}) };
      const status = isRunning(report.status) ? 200 : 503;
      answer(request, response, status, 'application/json; charset=utf-8', `${JSON.stringify(report)}\n`);
    },
    '/screen.png': screen,
    '/metrics': async (request, response) => {
      answer(request, response, 200, metrics.contentType, await metrics.text(book, now(), wall?.report()));
    },
  };
  return async (request, response) => {
    const path = pathOfTarget(request.url ?? '');
    if (path === `/${HEARTBEAT_PATH}`) {
      await hear(request, response, (heartbeat) => {
        book.hear(heartbeat, now());
        counts?.hear(heartbeat, new Date());
      });
      return;
    }
    const route = path !== null && Object.hasOwn(routes, path) ? routes[path] : null;
    if (!route) await rest(request, response);
    else if (request.method === 'GET' || request.method === 'HEAD') await route(request, response);
    else answerText(request, response, 405, 'Only GET and HEAD are served here.', { Allow: 'GET, HEAD' });
  };
}

function answer(request: IncomingMessage, response: ServerResponse, status: number, type: string, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': type,
    'Content-Length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The exhibit's browser runs on this machine, so heartbeats from elsewhere are refused. */
const LOOPBACK = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/;

async function hear(
  request: IncomingMessage,
  response: ServerResponse,
  heard: (heartbeat: Heartbeat) => void,
): Promise<void> {
  // The rest of a refused request is not read.
  const refuse = (status: number, reason: string, headers: Readonly<Record<string, string>> = {}): void =>
    answerText(request, response, status, reason, { Connection: 'close', ...headers });
  if (request.method !== 'POST') {
    refuse(405, 'Heartbeats are posted.', { Allow: 'POST' });
    return;
  }
  if (!LOOPBACK.test(request.socket.remoteAddress ?? '')) {
    refuse(403, 'Heartbeats are taken from this machine alone.');
    return;
  }
  // Another site can only send this type after a preflight request, which is refused.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    refuse(415, 'A heartbeat is JSON.');
    return;
  }
  const text = await readBody(request, MOST_HEARTBEAT_BYTES);
  if (text === null) {
    refuse(413, 'No heartbeat is so long.');
    return;
  }
  const result = v.safeParse(heartbeatSchema, parse(text));
  if (!result.success) {
    answerText(request, response, 400, 'This is no heartbeat.');
    return;
  }
  heard(result.output);
  response.writeHead(204, SECURITY_HEADERS).end();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
