import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressFiles } from './compress.ts';
import { pathOfTarget, type RequestHandler, staticFiles } from './static-files.ts';
import { DEFAULT_PORT, listen, parsePort, type RunningServer } from './static-server.ts';

const SECRET = 'not for everyone';
let folder = '';
let server: RunningServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'static-'));
  const site = join(folder, 'site');
  mkdirSync(join(site, 'assets'), { recursive: true });
  mkdirSync(join(site, 'sub'));
  mkdirSync(join(folder, 'site-secret'));
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  writeFileSync(join(folder, 'site-secret', 'index.html'), SECRET);
  writeFileSync(join(site, '.hidden'), SECRET);
  symlinkSync(join(folder, 'secret.txt'), join(site, 'link.txt'));
  writeFileSync(join(site, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(site, 'sub', 'index.html'), 'sub');
  writeFileSync(join(site, 'empty.txt'), '');
  writeFileSync(join(site, '100%.txt'), 'percent');
  writeFileSync(join(site, 'assets', 'index-abcd1234.js'), 'export {}');
  writeFileSync(join(site, 'model.ktx2'), Buffer.alloc(300_000, 7));
  server = await listen(await staticFiles(site), { host: null, port: 0 });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends bytes unchanged, which fetch would normalise, and resolves with everything that comes back. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => {
      resolve(answer);
    });
    socket.on('error', reject);
  });
}

function get(target: string): Promise<string> {
  return sendRaw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
}

describe('files', () => {
  it('are served with their type and the strict headers', async () => {
    const response = await fetch(server.address);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>page');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    // Models that learn in the page use WebAssembly; nothing else that is unsafe is allowed.
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe');
  });

  it('come whole', async () => {
    const bytes = new Uint8Array(await (await fetch(`${server.address}model.ktx2`)).arrayBuffer());
    expect(bytes.length).toBe(300_000);
    expect(bytes.every((byte) => byte === 7)).toBe(true);
    expect(await (await fetch(`${server.address}empty.txt`)).text()).toBe('');
    expect(await (await fetch(`${server.address}100%25.txt`)).text()).toBe('percent');
  });

  it('answer HEAD with headers only', async () => {
    const response = await fetch(`${server.address}model.ktx2`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('300000');
    expect(response.headers.get('content-type')).toBe('image/ktx2');
    expect(await response.text()).toBe('');
  });

  it('are cached by the browser permanently only if their name contains their digest', async () => {
    const asset = await fetch(`${server.address}assets/index-abcd1234.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    const page = await fetch(server.address);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const tag = page.headers.get('etag') ?? '';
    const again = await fetch(server.address, { headers: { 'If-None-Match': tag } });
    expect(again.status).toBe(304);
  });

  it('of a folder are its index, never a list', async () => {
    expect(await (await fetch(`${server.address}sub/`)).text()).toBe('sub');
    const redirected = await fetch(`${server.address}sub?seed=1`);
    expect(redirected.url).toBe(`${server.address}sub/?seed=1`);
    expect(await redirected.text()).toBe('sub');
    expect((await fetch(`${server.address}assets/`)).status).toBe(404);
    expect((await fetch(`${server.address}assets`)).status).toBe(404);
  });

  it('accept no method that changes anything', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await fetch(server.address, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
    }
  });
});

describe('files with a compressed copy next to them', () => {
  const script = `console.log(${JSON.stringify('self-classifying digits '.repeat(200))});`;
  let compressed: RunningServer;
  beforeAll(async () => {
    const site = join(folder, 'compressed');
    mkdirSync(site);
    writeFileSync(join(site, 'script.js'), script);
    writeFileSync(join(site, 'short.txt'), 'short');
    writeFileSync(join(site, 'index.html'), '<title>page</title>'.repeat(100));
    await compressFiles(site);
    // Changed by hand after the build.
    writeFileSync(join(site, 'index.html'), 'changed');
    const later = new Date(Date.now() + 5000);
    utimesSync(join(site, 'index.html'), later, later);
    compressed = await listen(await staticFiles(site), { host: null, port: 0 });
  });
  afterAll(() => compressed.close());

  /** The body as it is sent; fetch would decompress it. */
  const ask = (path: string, headers: OutgoingHttpHeaders, method = 'GET') =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
      const sent = request(new URL(path, compressed.address), { headers, method, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on('error', reject).end();
    });

  it.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, *', 'gzip', gunzipSync],
    ['identity', undefined, (body: Buffer) => body],
    ['gzip;q=0', undefined, (body: Buffer) => body],
  ])('are sent as "%s" allows', async (accept, encoding, unpack) => {
    const { headers, body } = await ask('script.js', { 'Accept-Encoding': accept });
    expect(headers).toMatchObject({
      vary: 'Accept-Encoding',
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(body.length),
    });
    expect(headers['content-encoding']).toBe(encoding);
    expect(unpack(body).toString()).toBe(script);
    if (encoding) expect(body.length).toBeLessThan(script.length / 4);
  });

  it('have a tag for each coding', async () => {
    const accepts = ['br', 'gzip', 'identity'];
    const tags = await Promise.all(
      accepts.map(async (accept) => (await ask('script.js', { 'Accept-Encoding': accept })).headers.etag ?? ''),
    );
    expect(new Set(tags).size).toBe(3);
    const again = (accept: string) => ask('script.js', { 'Accept-Encoding': accept, 'If-None-Match': tags[0] });
    expect(await again('br')).toMatchObject({ status: 304, headers: { vary: 'Accept-Encoding' } });
    expect(await again('gzip')).toMatchObject({ status: 200 });
  });

  it('answer HEAD like GET, and a range with the whole file', async () => {
    const { headers: whole, body } = await ask('script.js', { 'Accept-Encoding': 'br' });
    const head = await ask('script.js', { 'Accept-Encoding': 'br' }, 'HEAD');
    expect(head.body.length).toBe(0);
    for (const name of ['content-length', 'content-encoding', 'etag', 'vary']) {
      expect(head.headers[name]).toBe(whole[name]);
    }
    const range = await ask('script.js', { 'Accept-Encoding': 'br', Range: 'bytes=0-9' });
    expect(range).toMatchObject({ status: 200, body });
  });

  it('are sent uncompressed if they have been changed since, or have no copy', async () => {
    const page = await ask('', { 'Accept-Encoding': 'br' });
    expect(page.body.toString()).toBe('changed');
    expect(page.headers['content-encoding']).toBeUndefined();
    const short = await ask('short.txt', { 'Accept-Encoding': 'br' });
    expect(short.body.toString()).toBe('short');
    expect(short.headers.vary).toBeUndefined();
  });
});

describe('nothing outside the folder is served', () => {
  it.each([
    '/../secret.txt',
    '/sub/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2E%2E%2Fsecret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e%252fsecret.txt',
    '/sub/%2e%2e/%2e%2e/secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/../site-secret/',
    '//../secret.txt',
    '/link.txt',
    '/.hidden',
    '/%2ehidden',
    '/index.html%00.txt',
    'http://localhost/../secret.txt',
    'secret.txt',
  ])('to GET %s', async (target) => {
    const answer = await get(target);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).not.toContain(SECRET);
  });

  it('whatever the path', () => {
    const part = fc.constantFrom('..', '.', '/', '\\', '%2e', '%2E', '%2f', '%5c', '%25', '%00', 'a', '?', '#', '%');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const path = pathOfTarget(`/${parts.join('')}`);
        expect(path?.split('/').filter((segment) => segment === '..' || segment === '.') ?? []).toEqual([]);
        expect(path ?? '').not.toMatch(/[\\\0]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

/**
 * Sends the text and leaves the connection open. Resolves with everything that has come back when the server closes it.
 */
function sendAndWait(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      if (text !== '') socket.write(text);
    });
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('broken clients', () => {
  it.each([
    ['a wrong version', 'GET / HTTP/9.9\r\n\r\n'],
    ['a broken header', 'GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a broken escape', 'GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ])('with %s get 400', async (_, text) => {
    expect(await sendAndWait(server.port, text)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('with larger headers than allowed get 431, which mentions cookies', async () => {
    const withCookie = (bytes: number) =>
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: ${'x'.repeat(bytes)}\r\n\r\n`;
    for (const bytes of [80_000, 300_000]) {
      const answer = await sendAndWait(server.port, withCookie(bytes));
      expect(answer).toMatch(/^HTTP\/1\.1 431 /);
      expect(answer).toContain('cookies');
    }
    // More than Node's own limit.
    expect(await sendAndWait(server.port, withCookie(50_000))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['the first bytes of TLS', '\x16\x03\x01\x02\0\x01\0'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('that speak %s get no answer, only the end of the connection', async (_, text) => {
    expect(await sendAndWait(server.port, text)).toBe('');
  });

  it('find nothing between the parts of an answer when they send garbage after the request', async () => {
    const request = 'GET /model.ktx2 HTTP/1.1\r\nHost: a\r\n\r\n';
    const answer = await sendAndWait(server.port, `${request}rubbish\r\n\r\n`).catch(() => '');
    expect(answer).not.toMatch(/HTTP\/1\.1 4/);
  });

  describe('that are slow', () => {
    let impatient: RunningServer;
    beforeAll(async () => {
      const timeouts = {
        headersTimeout: 50,
        requestTimeout: 100,
        keepAliveTimeout: 10,
        connectionsCheckingInterval: 10,
      };
      const handler: RequestHandler = async (request, response) => {
        await once(request.resume(), 'end');
        response.end('here');
      };
      impatient = await listen(handler, { host: null, port: 0, timeouts });
    });
    afterAll(() => impatient.close());

    it('find nothing on a connection on which they have sent nothing', async () => {
      expect(await sendAndWait(impatient.port, '')).toBe('');
    });

    it.each([
      ['headers', 'GET / HTTP/1.1\r\nHost: a\r\n'],
      ['a body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx'],
    ])('get 408 for %s that they do not finish', async (_, text) => {
      const answer = await sendAndWait(impatient.port, text);
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    });

    it('find nothing more on a connection whose request was answered', async () => {
      const answer = await sendAndWait(impatient.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      expect(answer.match(/HTTP\/1\.1/g)).toEqual(['HTTP/1.1']);
      expect(answer).toMatch(/here$/);
    });
  });

  it('that go away early leave the server as it was', async () => {
    const gone = Array.from(
      { length: 20 },
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(server.port, '127.0.0.1', () => {
            socket.write('GET /model.ktx2 HTTP/1.1\r\nHost: a\r\n\r\n', () => {
              socket.destroy();
              resolve();
            });
          });
        }),
    );
    await Promise.all(gone);
    expect((await fetch(server.address)).status).toBe(200);
  });

  it('see 500 if a handler fails, and the server keeps running', async () => {
    const failing: RequestHandler = () => Promise.reject(new Error('made up'));
    const broken = await listen(failing, { host: null, port: 0 });
    try {
      expect((await fetch(broken.address)).status).toBe(500);
      expect((await fetch(broken.address)).status).toBe(500);
    } finally {
      await broken.close();
    }
  });
});

describe('ports', () => {
  const handler: RequestHandler = (_, response) => {
    response.end('here');
    return Promise.resolve();
  };

  it('come from PORT, if that is one', () => {
    expect(parsePort(undefined)).toBeNull();
    expect(parsePort('')).toBeNull();
    expect(parsePort('0')).toBe(0);
    expect(parsePort('65535')).toBe(65_535);
    for (const text of ['x', '-1', '65536', '80.5', ' 80', '1e3', '0x50']) {
      expect(() => parsePort(text)).toThrow(`PORT is "${text}"`);
    }
  });

  it('that are taken are refused by number if requested', async () => {
    await expect(listen(handler, { host: null, port: server.port })).rejects.toThrow(`Port ${server.port} is taken`);
    await expect(listen(handler, { host: '127.0.0.1', port: server.port })).rejects.toThrow('is taken');
  });

  it('that are taken on either loopback address are skipped for the next free one', async () => {
    const first = await listen(handler, { host: null, port: null });
    const second = await listen(handler, { host: null, port: null });
    try {
      expect(first.port).toBeGreaterThanOrEqual(DEFAULT_PORT);
      expect(second.port).toBeGreaterThan(first.port);
      expect(second.address).toBe(`http://localhost:${second.port}/`);
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  });

  it('answer on every loopback address, and are free again after closing', async () => {
    const running = await listen(handler, { host: null, port: 0 });
    expect(await (await fetch(`http://127.0.0.1:${running.port}/`)).text()).toBe('here');
    await running.close();
    const other = createServer();
    await new Promise<void>((resolve, reject) => {
      other.once('error', reject).listen(running.port, '127.0.0.1', resolve);
    });
    await new Promise((resolve) => other.close(resolve));
  });

  it('of an address that is not this machine’s are refused by name', async () => {
    await expect(listen(handler, { host: '203.0.113.1', port: 0 })).rejects.toThrow('no address "203.0.113.1"');
  });
});
