import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_KIOSK_SETTINGS } from '../../app/kiosk/settings.ts';
import { type RequestHandler, staticFiles } from '../static-files.ts';
import { listen, type RunningServer } from '../static-server.ts';
import { HealthBook, type HealthReport } from './health.ts';
import { kioskHandler } from './kiosk-handler.ts';
import { HEARTBEAT } from './made-up-heartbeat.ts';

let folder = '';
let server: RunningServer;
let rest: RequestHandler;
let handler: RequestHandler;
let book: HealthBook;
let now = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'handler-'));
  writeFileSync(join(folder, 'index.html'), 'the page');
  rest = await staticFiles(folder);
  // The handler is another one for each test.
  server = await listen((asked, response) => handler(asked, response), { host: null, port: 0 });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  now = 0;
  book = new HealthBook({ silenceSeconds: 15 }, 0);
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
    expect(text).not.toContain('kiosk_heap_bytes');
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

  it('answers a thousand requests rightly while slow and malformed clients hang on', async () => {
    book.hear(HEARTBEAT, 0);
    const broken: Socket[] = [
      'GET /health HT',
      'POST /heartbeat HTTP/1.1\r\nContent-Length: 900\r\n\r\n{',
      '\0\0\0\r\n\r\n',
    ].map((text) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
      return socket.on('error', () => undefined);
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const ask = () =>
      new Promise<number>((resolve, reject) => {
        request(`${server.address}health`, { agent }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        })
          .on('error', reject)
          .end();
      });
    const statuses = await Promise.all(Array.from({ length: 1000 }, ask));
    expect(new Set(statuses)).toEqual(new Set([200]));
    agent.destroy();
    for (const socket of broken) socket.destroy();
  }, 60_000);
});
