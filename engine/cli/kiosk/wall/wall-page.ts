/**
 * The pages of a wall with several servers. A page may connect to its own server only, as its policy says; here it may
 * also go on with the others, when its own has failed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SECURITY_HEADERS } from '../../security.ts';
import { pathOfTarget, type RequestHandler } from '../../static-files.ts';

/** In a header, and in a page's `<meta>` element, where the build writes the quotation marks as entities. */
const OWN = /connect-src (?:'self'|&#39;self&#39;)/;
const POLICY = 'Content-Security-Policy';

/** The files of a screen's page and of a phone's, by their paths. */
const PAGES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/index.html': 'index.html',
  '/hand.html': 'hand.html',
};

/** @param servers the addresses of all servers */
export function wallPage(folder: string, servers: readonly string[], rest: RequestHandler): RequestHandler {
  if (servers.length === 0) return rest;
  const origins = servers.flatMap((server) => [new URL(server).origin, new URL(server).origin.replace(/^http/, 'ws')]);
  const widen = (policy: string): string => policy.replace(OWN, (own) => [own, ...origins].join(' '));
  return async (request, response) => {
    const path = pathOfTarget(request.url ?? '') ?? '';
    const file = Object.hasOwn(PAGES, path) ? PAGES[path] : null;
    if (file === null || (request.method !== 'GET' && request.method !== 'HEAD')) {
      await rest(request, response);
      return;
    }
    const body = Buffer.from(widen(await readFile(join(folder, file), 'utf8')));
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      [POLICY]: widen(SECURITY_HEADERS[POLICY]),
      'Cache-Control': 'no-cache',
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': body.length,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
