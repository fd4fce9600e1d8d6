/** Answers the operator's page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import * as v from 'valibot';
import { OPERATOR_PATHS, type OperatorAct, type OperatorState } from '../../../../together/hands/operator-messages.ts';
import { enterSchema, operatorActSchema } from '../../../../together/hands/operator-schema.ts';
import { SECURITY_HEADERS } from '../../../security.ts';
import { answerText, pathOfTarget, type RequestHandler } from '../../../static-files.ts';
import { readBody } from '../../read-body.ts';
import type { OperatorSessions } from './operator-sessions.ts';

const MOST_BODY_BYTES = 1024;

export interface OperatorDesk {
  state(): OperatorState;
  act(act: OperatorAct): void;
}

/** Answers requests of the operator's page, and leaves the rest to another handler. */
export function operatorHandler(desk: OperatorDesk, sessions: OperatorSessions, rest: RequestHandler): RequestHandler {
  const routes: Readonly<Record<string, RequestHandler>> = {
    [`/${OPERATOR_PATHS.state}`]: async (request, response) => {
      if (request.method !== 'GET') answerText(request, response, 405, 'The state is read with GET.', { Allow: 'GET' });
      else if (admits(request, response)) answerJson(response, 200, desk.state());
    },
    [`/${OPERATOR_PATHS.act}`]: async (request, response) => {
      if (!isOwnPost(request, response) || !admits(request, response)) return;
      const act = v.safeParse(operatorActSchema, await bodyOf(request));
      if (!act.success) {
        answerText(request, response, 400, 'This is not an operator action.', { Connection: 'close' });
        return;
      }
      desk.act(act.output);
      answerJson(response, 200, desk.state());
    },
    [`/${OPERATOR_PATHS.enter}`]: async (request, response) => {
      if (!isOwnPost(request, response)) return;
      const entry = v.safeParse(enterSchema, await bodyOf(request));
      const isSecure = request.socket instanceof TLSSocket;
      const answer = entry.success ? await sessions.enter(request, entry.output.password, isSecure) : 'wrong';
      if (answer === 'wait')
        answerText(request, response, 429, 'Too many tries. Wait a minute.', { 'Retry-After': '60' });
      else if (answer === 'wrong')
        answerText(request, response, 403, 'The password is wrong.', { Connection: 'close' });
      else answerJson(response, 200, {}, { 'Set-Cookie': answer.cookie });
    },
    [`/${OPERATOR_PATHS.leave}`]: async (request, response) => {
      if (!isOwnPost(request, response)) return;
      sessions.leave(request);
      answerJson(response, 200, {});
    },
  };
  /** Refuses those who are not let in. */
  const admits = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (sessions.admits(request)) return true;
    if (sessions.asksForPassword) answerText(request, response, 401, 'The password is needed.');
    else
      answerText(request, response, 403, 'Without a password in the settings, this is for the server’s own machine.');
    return false;
  };
  return async (request, response) => {
    const path = pathOfTarget(request.url ?? '') ?? '';
    await (Object.hasOwn(routes, path) ? routes[path] : rest)(request, response);
  };
}

/**
 * Refuses what another site may have made the operator's browser send. Only a page of this server can send JSON without
 * being asked first, and browsers say where a request comes from.
 */
function isOwnPost(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin, host, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers;
  const refuse = (status: number, reason: string): false => {
    answerText(request, response, status, reason, { Connection: 'close' });
    return false;
  };
  if (request.method !== 'POST') return refuse(405, 'Use POST.');
  if (!/^application\/json\b/i.test(type)) return refuse(415, 'Send JSON.');
  const isSame = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  if (!isSame || (site !== undefined && site !== 'same-origin'))
    return refuse(403, 'The request comes from another site.');
  return true;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, MOST_BODY_BYTES);
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  const own = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length };
  response.writeHead(status, { ...SECURITY_HEADERS, 'Cache-Control': 'no-store', ...own, ...headers });
  response.end(body);
}
