/** Answers requests with the files of one folder, and nothing outside it. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { acceptedEncodings, ENCODINGS } from './compress.ts';
import { SECURITY_HEADERS } from './security.ts';

/** Answers one request. It rejects only for internal faults, which the server answers with 500. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.ktx2': 'image/ktx2',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Paths of files that never change, because Vite puts a digest of the content into their names. */
const IMMUTABLE_PATH = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/** Sends a short plain text answer. */
export function answerText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Returns the decoded path of a request's target, or null if it is malformed: not a path from the root, a broken
 * escape, a backslash, a control character, or a segment "." or "..", escaped or not. Browsers resolve those
 * themselves.
 */
export function pathOfTarget(target: string): string | null {
  // A client may send the whole URL, as it would to a proxy.
  const [encoded = ''] = target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1);
  if (!encoded.startsWith('/')) return null;
  let path: string;
  try {
    // Decode only once: what still looks like an escape afterwards is a file name with a percent sign.
    path = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  if (/[\\\p{Cc}]/u.test(path)) return null;
  return path.split('/').some((segment) => segment === '.' || segment === '..') ? null : path;
}

interface FoundFile {
  path: string;
  sizeBytes: number;
  modifiedMs: number;
  entityTag: string;
}

/** The regular file at `path` below `root`, or null if there is none, it is hidden, or a link leads outside. */
async function findInside(root: string, path: string): Promise<FoundFile | null> {
  if (path.includes('/.')) return null;
  try {
    const resolved = await realpath(join(root, path));
    if (!resolved.startsWith(root + sep)) return null;
    const stats = await stat(resolved);
    if (!stats.isFile()) return null;
    const entityTag = `W/"${stats.size.toString(36)}-${Math.trunc(stats.mtimeMs).toString(36)}"`;
    return { path: resolved, sizeBytes: stats.size, modifiedMs: stats.mtimeMs, entityTag };
  } catch {
    // Missing and unreadable files get the same answer.
    return null;
  }
}

/** What is sent for a file, and how. */
interface Representation {
  file: FoundFile;
  headers: Readonly<Record<string, string>>;
}

/** Returns the file itself or, if there is one, a compressed copy that the client accepts. */
async function chooseRepresentation(
  root: string,
  path: string,
  file: FoundFile,
  acceptEncoding: string | undefined,
): Promise<Representation> {
  const copies = await Promise.all(
    ENCODINGS.map(async (encoding) => ({ encoding, copy: await findInside(root, path + encoding.suffix) })),
  );
  // If a copy is older than the file, the file has been changed by hand since the build.
  const fresh = copies.filter(({ copy }) => copy !== null && copy.modifiedMs >= file.modifiedMs);
  if (fresh.length === 0) return { file, headers: {} };
  const accepted = acceptedEncodings(acceptEncoding);
  const chosen = fresh.find(({ encoding }) => accepted.includes(encoding));
  const vary = { Vary: 'Accept-Encoding' };
  if (!chosen?.copy) return { file, headers: vary };
  return { file: chosen.copy, headers: { ...vary, 'Content-Encoding': chosen.encoding.name } };
}

/**
 * Returns a handler that serves the files below `folder` to GET and HEAD. For a folder it serves `index.html`, and adds
 * the final slash if it is missing. If there is a compressed copy of a file, it is sent instead. Range requests get the
 * whole file. The handler never lists a folder, and serves no hidden file and no file outside.
 * @throws if `folder` does not exist
 */
export async function staticFiles(folder: string): Promise<RequestHandler> {
  const root = await realpath(folder);
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answerText(request, response, 405, 'Only GET and HEAD are served here.', { Allow: 'GET, HEAD' });
      return;
    }
    const path = pathOfTarget(request.url ?? '');
    if (path === null) {
      answerText(request, response, 400, 'The address is malformed.');
      return;
    }
    const filePath = path.endsWith('/') ? `${path}index.html` : path;
    const file = await findInside(root, filePath);
    if (!file && (await findInside(root, `${path}/index.html`))) {
      // Relative, for a server behind a proxy; what the page asks for is relative to the folder.
      const [, query = ''] = (request.url ?? '').split(/(?=\?)/, 2);
      const folder = encodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
      answerText(request, response, 301, 'The folder is here.', { Location: `./${folder}/${query}` });
      return;
    }
    if (!file) {
      answerText(request, response, 404, 'There is no such file.');
      return;
    }
    const sent = await chooseRepresentation(root, filePath, file, request.headers['accept-encoding']);
    const headers = {
      ...SECURITY_HEADERS,
      ...sent.headers,
      'Cache-Control': IMMUTABLE_PATH.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: sent.file.entityTag,
    };
    if (request.headers['if-none-match']?.split(/,\s*/).includes(sent.file.entityTag)) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, {
      ...headers,
      'Content-Type': MIME_TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': sent.file.sizeBytes,
    });
    if (request.method === 'HEAD' || sent.file.sizeBytes === 0) {
      response.end();
      return;
    }
    try {
      // Never send more than was promised, in case the file grows meanwhile.
      await pipeline(createReadStream(sent.file.path, { end: sent.file.sizeBytes - 1 }), response);
    } catch {
      // The client or the file has gone away, so the connection is closed without an answer.
      response.destroy();
    }
  };
}
