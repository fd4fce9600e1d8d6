import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_KIOSK_SETTINGS } from '../../page/features/kiosk/settings.ts';
import { type RequestHandler, staticFiles } from '../static-files.ts';
import { listen, type RunningServer } from '../static-server.ts';
import { HealthBook, type HealthReport } from './health.ts';
import { kioskHandler } from './kiosk-handler.ts';
import { HEARTBEAT } from '../../page/features/kiosk/made-up-heartbeat.ts';

let outside = '';
let folder = '';
let server: RunningServer;
let rest: RequestHandler;
let handler: RequestHandler;
let book: HealthBook;
let now = 0;

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'handler-'));
  folder = join(outside, 'site');
  mkdirSync(folder);
  writeFileSync(join(outside, 'secret'), 'nobody may read this');
  symlinkSync(outside, join(folder, 'link'));
  writeFileSync(join(folder, '.hidden'), 'nor this');
  writeFileSync(join(folder, 'index.html'), 'the page');
  rest = await staticFiles(folder);
  // The handler is another one for each test.
  server = await listen((asked, response) => handler(asked, response), { host: null, port: 0 });
});

afterAll(async () => {
  await server.close();
  rmSync(outside, { recursive: true, force: true });
});

beforeEach(() => {
  now = 0;
  book = new HealthBook({ silenceSeconds: 15, model: 'accurate', launcherStartSeconds: 1_700_000_000 }, 0);
  handler = kioskHandler({ settings: DEFAULT_KIOSK_SETTINGS, book, now: () => now, rest });
});

const beat = (body: string, headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
  fetch(`${server.address}heartbeat`, { method: 'POST', headers, body });

describe('the exhibit’s server', () => {
  it('hands the settings to the page, and everything else to the files', async () => {
    const settings = (await (await fetch(`${server.address}kiosk.json`)).json()) as typeof DEFAULT_KIOSK_SETTINGS;
    expect(settings.supervision.heartbeat).toBe(true);
    expect(settings.scenes).toEqual(DEFAULT_KIOSK_SETTINGS.scenes);
    expect(await (await fetch(server.address)).text()).toBe('the page');
    expect((await fetch(`${server.address}..%2f..%2fetc/passwd`)).status).toBe(400);
  });

  it('hears nothing from another machine', async () => {
    const own = handler;
    handler = (asked, response) => {
      Object.defineProperty(asked.socket, 'remoteAddress', { value: '192.168.1.7' });
      return own(asked, response);
    };
    const refused = await beat(JSON.stringify(HEARTBEAT));
    expect([refused.status, await refused.text()]).toEqual([403, 'Heartbeats are taken from this machine alone.\n']);
    expect(book.heartbeats).toBe(0);
  });

  it('is well only while the page is heard', async () => {
    const health = async () => {
      const response = await fetch(`${server.address}health`);
      return [response.status, ((await response.json()) as HealthReport).status];
    };
    expect(await health()).toEqual([503, 'starting']);
    expect((await beat(JSON.stringify(HEARTBEAT))).status).toBe(204);
    expect(await health()).toEqual([200, 'alive']);
    now = 20_000;
    expect(await health()).toEqual([503, 'silent']);
    // Nobody restarts what runs.
    await beat(JSON.stringify({ ...HEARTBEAT, model: 'tiny' }));
    expect(await health()).toEqual([200, 'degraded']);
  });

  it('gives figures to Prometheus, and leaves out those that are not known', async () => {
    book.browserStarted(4);
    book.hear(HEARTBEAT, 0);
    const response = await fetch(`${server.address}metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    expect(text).toContain('# TYPE kiosk_frames_per_second gauge\nkiosk_frames_per_second 60\n');
    expect(text).toContain('kiosk_up 1\n');
    expect(text).toContain('kiosk_browser_starts 4\n');
    expect(text).toContain('kiosk_launcher_start_time_seconds 1700000000\n');
    expect(text).toContain('kiosk_info{version="1.2.3",model="accurate",renderer="a GPU",strategy="texture"} 1\n');
    expect(text).toContain('kiosk_status{status="alive"} 1\n');
    expect(text).toContain('kiosk_status{status="failed"} 0\n');
    expect(text).not.toContain('kiosk_heap_bytes');
    expect(text).not.toContain('kiosk_problem');
  });

  it('gives the reason to Prometheus', async () => {
    const metrics = async () => (await fetch(`${server.address}metrics`)).text();
    expect(await metrics()).not.toContain('kiosk_info');
    book.hear({ ...HEARTBEAT, mode: 'failed', reason: 'there is no "WebGL2"' }, 0);
    const failed = await metrics();
    expect(failed).toContain('kiosk_up 0\n');
    expect(failed).toContain(
      'kiosk_problem{status="failed",reason="its page could not start: there is no \\"WebGL2\\""} 1\n',
    );
    book.hear({ ...HEARTBEAT, renderer: 'SwiftShader' }, 0);
    const degraded = await metrics();
    expect(degraded).toContain('kiosk_up 1\n');
    expect(degraded).toContain(
      'kiosk_problem{status="degraded",reason="it computes without a GPU, by SwiftShader"} 1\n',
    );
    expect(degraded).not.toContain('WebGL2');
  });

  it('shows the screen to whoever has the password, which the page is not told', async () => {
    const screen = async (authorization?: string) => {
      const response = await fetch(`${server.address}screen.png`, authorization ? { headers: { authorization } } : {});
      return [response.status, response.headers.get('content-type'), (await response.text()).slice(0, 40)];
    };
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    expect((await screen())[0]).toBe(404);
    const supervision = { ...DEFAULT_KIOSK_SETTINGS.supervision, password: 'correct horse: battery' };
    let picture: Buffer | null = Buffer.from('a picture');
    handler = kioskHandler({
      settings: { ...DEFAULT_KIOSK_SETTINGS, supervision },
      book,
      now: () => now,
      rest,
      picture: async () => picture,
    });
    expect(await screen(basic('operator:correct horse: battery'))).toEqual([200, 'image/png', 'a picture']);
    for (const wrong of [undefined, 'Basic', 'Bearer x', basic('operator'), basic('operator:'), basic('a:wrong')]) {
      expect((await screen(wrong))[0]).toBe(401);
    }
    picture = null;
    expect((await screen(basic(':correct horse: battery')))[0]).toBe(503);
    expect(await (await fetch(`${server.address}kiosk.json`)).text()).not.toContain('battery');
  });

  it('believes nothing that is no heartbeat', async () => {
    expect((await beat('{')).status).toBe(400);
    expect((await beat('{"mode": "show"}')).status).toBe(400);
    expect((await beat(JSON.stringify({ ...HEARTBEAT, step: -1 }))).status).toBe(400);
    expect((await beat(JSON.stringify(HEARTBEAT), { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await fetch(`${server.address}heartbeat`)).status).toBe(405);
    expect((await fetch(`${server.address}health`, { method: 'DELETE' })).status).toBe(405);
    await beat(JSON.stringify({ ...HEARTBEAT, reason: 'x'.repeat(10_000) })).then(
      ({ status }) => expect(status).toBe(413),
      // The connection may be closed before all is sent.
      () => undefined,
    );
    expect(book.heartbeats).toBe(0);
  });

  /** What a server answers to bytes that are sent as they are; what it takes to close is not waited for. */
  const answerTo = (bytes: string | Buffer) =>
    new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
      socket.setTimeout(2000, () => socket.destroy());
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer.split('\r\n', 1)[0] ?? ''));
    });

  it.each([
    ['two lengths', 'POST /heartbeat HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}'],
    ['a length that is none', 'POST /heartbeat HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
    ['a line break in a header', 'GET /health HTTP/1.1\r\nHost: a\r\nX: a\nb\r\n\r\n'],
    ['a header without end', `GET /health HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(100_000)}`],
    ['a body in broken pieces', 'POST /heartbeat HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('refuses %s, and goes on', async (_, bytes) => {
    book.hear(HEARTBEAT, 0);
    expect(await answerTo(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await fetch(`${server.address}health`)).status).toBe(200);
    expect(book.heartbeats).toBe(1);
  });

  it.each([
    ['no request', '\0\0\0\r\n\r\n'],
    ['another protocol', '\x16\x03\x01\x02\0\x01\0'],
    ['a method of its own', 'GETT /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ])('answers nothing to %s, and goes on', async (_, bytes) => {
    book.hear(HEARTBEAT, 0);
    expect(await answerTo(bytes)).toBe('');
    expect((await fetch(`${server.address}health`)).status).toBe(200);
    expect(book.heartbeats).toBe(1);
  });

  it.each([
    '/../secret',
    '/..%2fsecret',
    '/%2e%2e/secret',
    '/%2e%2e%2fsecret',
    '/..%5csecret',
    '/..%c0%afsecret',
    '//../secret',
    '/./../secret',
    '/index.html/../../secret',
    '/link/secret',
    '/.hidden',
    'http://a/../secret',
    '/health/../../secret',
    '/heartbeat%2f..%2f..%2fsecret',
    '/index.html%00.txt',
    '/%00/../secret',
    '/..\\secret',
    '/..%5c..%5csecret',
    '/%252e%252e%252fsecret',
    '/%252e%252e/secret',
    '/..%252fsecret',
    '/..%255csecret',
    '/%c0%ae%c0%ae/secret',
    '/..;/secret',
    '/%u002e%u002e/secret',
    '/assets/%2e%2e/%2e%2e/secret',
    '///etc/passwd',
    'file:///etc/passwd',
  ])('serves nothing outside its folder to %s', async (target) => {
    const line = await answerTo(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(line).toMatch(/^HTTP\/1\.1 40[045] /);
  });

  it('answers a thousand requests rightly while clients dawdle over theirs', async () => {
    book.hear(HEARTBEAT, 0);
    const dawdling = Array.from({ length: 60 }, (_, index): Socket => {
      const text =
        index % 2 === 0 ? 'GET /health HT' : 'POST /heartbeat HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n{';
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
      return socket.on('error', () => undefined);
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const ask = () =>
      new Promise<string>((resolve, reject) => {
        request(`${server.address}health`, { agent }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve(`${response.statusCode ?? 0} ${(JSON.parse(text) as HealthReport).status}`));
        })
          .on('error', reject)
          .end();
      });
    const answers = await Promise.all(Array.from({ length: 1000 }, ask));
    expect(new Set(answers)).toEqual(new Set(['200 alive']));
    now = 20_000;
    expect(await ask()).toBe('503 silent');
    agent.destroy();
    for (const socket of dawdling) socket.destroy();
  }, 60_000);
});
