import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Packr } from 'msgpackr';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { Random } from '../../../common/random/random.ts';
import { MOST_MESSAGE_BYTES, PROTOCOL_VERSION } from '../../../together/limits.ts';
import { TO_SERVER } from '../../../together/messages.ts';
import { freePorts } from './free-ports.ts';
import { MadeUpHand } from './made-up-hand.ts';
import { MadeUpScreen } from './made-up-screen.ts';
import { type MadeUpServer as Server, startWallServer } from './made-up-server.ts';
import type { WallReport } from './wall-book.ts';

const TOKEN = 'the-token-of-this-test';
const CANVAS = { width: 112, height: 56 };
const RATE = 25;

/** How many messages are made up; a million takes some minutes. */
const FUZZED = Number(process.env['WALL_FUZZED'] ?? 4000);

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wall-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function serve(given: Omit<Parameters<typeof startWallServer>[0], 'token' | 'rate'>): Promise<Server> {
  const server = await startWallServer({ ...given, token: TOKEN, rate: RATE });
  closing.push(() => void server.process.kill('SIGKILL'));
  return server;
}

function screen(server: Server, number: number): MadeUpScreen {
  const one = new MadeUpScreen(server.address, TOKEN, number);
  closing.push(() => one.close());
  return one;
}

function hand(server: Server, seed: number, eventsPerSecond = 60): MadeUpHand {
  const one = new MadeUpHand(server.address, TOKEN, { canvas: CANVAS, seed, eventsPerSecond });
  closing.push(() => one.close());
  return one;
}

async function until(holds: () => boolean | Promise<boolean>, milliseconds = 60_000): Promise<number> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > milliseconds) throw new Error(`Not within ${milliseconds} ms: ${String(holds)}`);
    await sleep(20);
  }
  return performance.now() - start;
}

async function report(server: Server): Promise<WallReport> {
  return ((await (await fetch(new URL('health', server.address))).json()) as { wall: WallReport }).wall;
}

/** What a screen has applied, as texts. */
function strokesOf({ applied }: MadeUpScreen): string[] {
  return applied.map(({ operation }) => JSON.stringify(operation));
}

/** Lets the hands finish, and checks that every screen has applied all that they have drawn. */
async function expectNothingLost(screens: readonly MadeUpScreen[], hands: readonly MadeUpHand[]): Promise<void> {
  for (const each of hands) each.rest();
  await until(() => hands.every(({ waiting }) => waiting === 0));
  const drawn = hands.reduce((sum, each) => sum + each.drawn, 0);
  await until(() => screens.every(({ applied }) => applied.length >= drawn));
  for (const one of screens) {
    expect(one.applied).toHaveLength(drawn);
    expect(strokesOf(one)).toEqual(strokesOf(screens[0]));
    expect(one.applied.map(({ step }) => step)).toEqual(screens[0].applied.map(({ step }) => step));
  }
  // Of each hand, everything in the order in which it was drawn.
  for (const each of hands) {
    const own = each.segments.map((points) => JSON.stringify(points));
    const all = screens[0].applied.map(({ operation }) =>
      JSON.stringify((operation.event as { points: unknown }).points),
    );
    const set = new Set(own);
    expect(all.filter((points) => set.has(points))).toEqual(own);
  }
}

const joinOf = (more: object = {}) => ({
  version: PROTOCOL_VERSION,
  role: 'hand',
  token: TOKEN,
  key: randomBytes(18).toString('base64url'),
  ...more,
});

const askForSeat = (server: Server, body: unknown, headers: Record<string, string> = {}) =>
  fetch(new URL('wall/seat', server.address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('a wall’s server', () => {
  test('gives a seat to whoever has the token, and to nobody else', async () => {
    const server = await serve({ folder: makeFolder() });
    expect((await askForSeat(server, joinOf())).status).toBe(200);
    expect((await askForSeat(server, joinOf({ token: 'another-token-of-a-test' }))).status).toBe(403);
    expect((await askForSeat(server, joinOf({ version: PROTOCOL_VERSION + 1 }))).status).toBe(426);
    expect((await askForSeat(server, joinOf({ role: 'king' }))).status).toBe(400);
    expect((await askForSeat(server, joinOf({ key: 'short' }))).status).toBe(400);
    expect((await askForSeat(server, '{')).status).toBe(400);
    expect((await askForSeat(server, ' '.repeat(10_000))).status).toBe(400);
    expect((await fetch(new URL('wall/seat', server.address))).status).toBe(405);
    const elsewhere = await askForSeat(server, joinOf(), { Origin: 'http://elsewhere.example' });
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
    // The library's own routes would let anyone make rooms.
    expect((await fetch(new URL('matchmake/create/wall', server.address), { method: 'POST' })).status).toBe(405);
    const settings = await (await fetch(new URL('kiosk.json', server.address))).text();
    expect(settings).not.toContain(TOKEN);
    const metrics = await (await fetch(new URL('metrics', server.address))).text();
    expect(metrics).not.toContain(TOKEN);
  });

  test('puts what many hands draw into one order for all screens', async () => {
    const server = await serve({ folder: makeFolder() });
    const screens = [1, 2, 3].map((number) => screen(server, number));
    await until(() => screens.every(({ step }) => step > 0));
    const hands = Array.from({ length: 10 }, (_, index) => hand(server, index));
    await sleep(3000);
    await expectNothingLost(screens, hands);
    const { members, digests } = await report(server);
    expect(members.filter(({ role, isPresent }) => role === 'screen' && isPresent)).toHaveLength(3);
    expect(digests.equal).toBe(digests.compared);
    const metrics = await (await fetch(new URL('metrics', server.address))).text();
    expect(metrics).toMatch(/kiosk_wall_screen_present\{screen="2"\} 1/);
  });

  test('is killed and started again, and nothing that was drawn is lost', async () => {
    const folder = makeFolder();
    const first = await serve({ folder });
    const screens = [1, 2].map((number) => screen(first, number));
    const hands = [1, 2, 3].map((seed) => hand(first, seed, 30));
    await until(() => screens.every(({ step }) => step > 30));
    first.process.kill('SIGKILL');
    const { step } = screens[0];
    await sleep(1000);
    const second = await serve({ folder, port: first.port });
    await until(() => screens.every((one) => one.step > step + 10));
    await sleep(1000);
    await expectNothingLost(screens, hands);
    expect((await report(second)).digests.equal).toBe((await report(second)).digests.compared);
  });

  test('is not harmed by messages that are malformed, oversized, repeated or made up', async () => {
    const server = await serve({ folder: makeFolder() });
    const one = screen(server, 1);
    const honest = hand(server, 1, 20);
    await until(() => one.step > 0);
    const before = (await report(server)).members.length;
    const random = new Random(7);
    let sent = 0;
    while (sent < FUZZED) {
      const socket = await openSocket(server, random.unit() < 0.5 ? joinOf() : joinOf({ role: 'screen', screen: 2 }));
      for (let count = 0; count < 400 && socket.readyState === WebSocket.OPEN && sent < FUZZED; count += 1) {
        socket.send(madeUpMessage(random));
        sent += 1;
        if (count % 20 === 0) await sleep(1);
      }
      socket.terminate();
    }
    // A message that is too long ends the connection.
    const large = await openSocket(server, joinOf());
    large.send(new Uint8Array(MOST_MESSAGE_BYTES + 1));
    await until(() => large.readyState === WebSocket.CLOSED);
    // A seat is taken once.
    const seat = (await (await askForSeat(server, joinOf())).json()) as Seat;
    const own = await openSeat(server, seat);
    await expect(openSeat(server, seat)).rejects.toThrow();
    own.terminate();
    const { step } = one;
    await until(() => one.step > step + RATE);
    expect(server.process.exitCode).toBeNull();
    await until(async () => (await report(server)).members.filter(({ isPresent }) => isPresent).length <= before);
    honest.rest();
    await until(() => honest.waiting === 0);
    const drawn = new Set(honest.segments.map((points) => JSON.stringify(points)));
    await until(
      () =>
        one.applied.filter(({ operation }) =>
          drawn.has(JSON.stringify((operation.event as { points?: unknown }).points)),
        ).length === honest.drawn,
    );
  });
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

describe('two processes', () => {
  // Without Debian's redis-server, which `apt-get install redis-server` brings, there is nothing to share.
  test.skipIf(!hasRedis)('share a wall through Redis, and one goes on when the other is killed', async () => {
    const [redisPort, ...ports] = await freePorts(3);
    const redis = spawn('redis-server', ['--port', `${redisPort}`, '--save', '', '--bind', '127.0.0.1'], {
      stdio: 'ignore',
    });
    closing.push(() => void redis.kill('SIGKILL'));
    await sleep(500);
    const shared = {
      redis: `redis://127.0.0.1:${redisPort}`,
      servers: ports.map((port) => `http://localhost:${port}/`),
    };
    const servers: Server[] = [];
    for (const [index, port] of ports.entries()) {
      servers.push(await serve({ folder: makeFolder(), port, wall: { ...shared, server: index + 1 } }));
    }
    const screens = [screen(servers[0], 1), screen(servers[1], 2)];
    await until(() => screens.every(({ step }) => step > 0));
    const hands = [hand(servers[0], 1, 30), hand(servers[1], 2, 30)];
    await sleep(2000);
    const reports = await Promise.all(servers.map(report));
    const holder = reports.findIndex(({ isHere }) => isHere);
    expect(reports.filter(({ isHere }) => isHere)).toHaveLength(1);
    servers[holder].process.kill('SIGKILL');
    const steps = screens.map(({ step }) => step);
    await until(() => screens.every(({ step }, index) => step > steps[index] + RATE));
    await sleep(1000);
    await expectNothingLost(screens, hands);
    expect((await report(servers[1 - holder])).isHere).toBe(true);
  });
});

interface Seat {
  readonly roomId: string;
  readonly sessionId: string;
  readonly processId: string;
}

async function openSocket(server: Server, join: object): Promise<WebSocket> {
  return openSeat(server, (await (await askForSeat(server, join)).json()) as Seat);
}

/** Opens a seat without the library, so that anything can be sent. */
async function openSeat(server: Server, { processId, roomId, sessionId }: Seat): Promise<WebSocket> {
  const socket = new WebSocket(`ws://localhost:${server.port}/${processId}/${roomId}?sessionId=${sessionId}`);
  socket.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    // The first message accepts the member; the answer to it is that the member is there.
    socket.once('message', (data: Buffer) => {
      if (data[0] !== JOIN_ROOM) reject(new Error('The seat is not free.'));
      socket.send(Uint8Array.of(JOIN_ROOM));
      resolve();
    });
    socket.once('close', () => reject(new Error('The connection was refused.')));
  });
  return socket;
}

const JOIN_ROOM = 10;
const ROOM_DATA = 13;
const packr = new Packr({ useRecords: false });

/** Any bytes, or a message whose name is right and whose content is not, or is right but absurd. */
function madeUpMessage(random: Random): Uint8Array {
  const bytes = Uint8Array.from({ length: random.below(60) }, () => random.below(256));
  const kind = random.below(4);
  if (kind === 0) return bytes;
  const names = Object.keys(TO_SERVER);
  const name = names[random.below(names.length)];
  const head = Buffer.concat([Uint8Array.of(ROOM_DATA, 0xa0 | name.length), Buffer.from(name)]);
  if (kind === 1) return Buffer.concat([head, bytes]);
  return Buffer.concat([head, packr.pack(kind === 2 ? madeUpValue(random, 3) : plausible(name, random))]);
}

function madeUpValue(random: Random, depth: number): unknown {
  const leaves = [null, true, -1, 0, 1e308, NaN, '', '<script>', 'a'.repeat(300), new Uint8Array(3), undefined];
  if (depth === 0 || random.unit() < 0.4) return leaves[random.below(leaves.length)];
  if (random.unit() < 0.3) return Array.from({ length: random.below(5) }, () => madeUpValue(random, depth - 1));
  const fields = ['seq', 'action', 'do', 'points', 'x', 'y', 'step', 'at', '__proto__', 'constructor', 'operations'];
  return Object.fromEntries(
    Array.from({ length: random.below(6) }, () => [
      fields[random.below(fields.length)],
      madeUpValue(random, depth - 1),
    ]),
  );
}

/** A message that may fit its schema. */
function plausible(name: string, random: Random): unknown {
  const number = (): number => [0, 1, -1, 3, 1e6, 99_999, 2 ** 40][random.below(7)];
  const action = { do: 'stroke', stroke: 1, points: [{ x: number(), y: number() }], radius: 1, erase: true };
  const values: Record<string, unknown> = {
    clock: { sent: number() },
    cursor: { at: { x: number(), y: number() } },
    draw: { seq: number(), action: random.unit() < 0.5 ? action : { do: 'stamp', x: number(), y: 1, label: number() } },
    progress: { step: number(), lateMilliseconds: 0, framesPerSecond: 1, strategy: 'x' },
    digest: { step: number(), digest: 'f'.repeat(64) },
    wantState: { reason: 'new' },
    show: { scene: number(), view: { x: number(), y: 0, zoom: 1 } },
    state: { step: number(), entry: number(), part: 0, parts: 1, bytes: new Uint8Array(9) },
    arrange: { screens: [{ x: number(), y: 0, width: 300, height: 300 }], isNumbered: true },
  };
  return values[name];
}
