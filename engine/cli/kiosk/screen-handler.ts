/** Shows the contents of the screen to the operator, and to nobody else. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECURITY_HEADERS } from '../security.ts';
import { answerText, type RequestHandler } from '../static-files.ts';

/** The delay after a wrong password. */
const WRONG_MILLISECONDS = 500;

/** Answers with a picture of the screen if the password is right, with any user name. */
export function screenHandler(password: string, picture: () => Promise<Buffer | null>): RequestHandler {
  /** The pending picture, shared by all requests that arrive meanwhile. */
  let taking: Promise<Buffer | null> | null = null;
  const take = (): Promise<Buffer | null> => {
    taking ??= picture().finally(() => {
      taking = null;
    });
    return taking;
  };
  return async (request, response) => {
    const given = passwordOf(request.headers.authorization);
    if (given === null || !isSame(given, password)) {
      if (given !== null) await sleep(WRONG_MILLISECONDS);
      const headers = { 'WWW-Authenticate': 'Basic realm="exhibit", charset="UTF-8"' };
      answerText(request, response, 401, 'The picture of the screen needs the password of the settings.', headers);
      return;
    }
    const png = await take();
    if (png === null) {
      answerText(request, response, 503, 'There is no picture: the browser does not run, or does not answer.');
      return;
    }
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'Cache-Control': 'no-store',
      'Content-Type': 'image/png',
      'Content-Length': png.length,
    });
    response.end(request.method === 'HEAD' ? undefined : png);
  };
}

/** Of `Basic bmFtZTpwYXNzd29yZA==`, or null. */
function passwordOf(header: string | undefined): string | null {
  const [, encoded] = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : text.slice(colon + 1);
}

/** Compares in constant time, so that a nearly right guess is not revealed. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
