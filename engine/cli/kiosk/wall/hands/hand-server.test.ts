/** Hands against the real server, over real WebSockets, without a wall. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Random } from '../../../../common/random/random.ts';
import { encodeTile } from '../../../../together/hands/map-code.ts';
import type { FromHand, ToHand } from '../../../../together/hands/hand-messages.ts';
import type { HandAction } from '../../../../together/messages.ts';
import { mutate } from '../../../fuzz/mutate.ts';
import { type HandRoom, HandServer } from './hand-server.ts';
import { JoinTokens } from './join-tokens.ts';
import { MapKeeper } from './map-keeper.ts';

const SECRET = Buffer.from('a secret of the test');

const SERVERS = ['http://first.example:8080/', 'http://second.example:8080/'];

/** A room that remembers what was drawn. */
class MadeUpRoom implements HandRoom {
  isFrozen = false;
  readonly drawn: { readonly id: string; readonly n: number; readonly action: HandAction }[] = [];
  readonly #numbers = new Map<string, number>();

  join(id: string): { readonly member: number; readonly taken: number } {
    const member = this.#numbers.get(id) ?? this.#numbers.size + 1;
    this.#numbers.set(id, member);
    return { member, taken: this.drawn.findLast((each) => each.id === id)?.n ?? 0 };
  }
  leave(): void {}
  draw(id: string, n: number, action: HandAction): void {
    this.drawn.push({ id, n, action });
    server.isSafe(id, n);
  }
  point(): void {}
  tellPoints(): void {}
}

let http: Server;
let server: HandServer;
let room: MadeUpRoom;
let map: MapKeeper;
let tokens: JoinTokens;
let sockets: WebSocket[] = [];

async function open(mostHands = 3): Promise<void> {
  tokens = new JoinTokens(SECRET, 3600, Date.now);
  map = new MapKeeper({ columns: 4, rows: 2, tile: 8 });
  server = new HandServer({ tokens, secret: SECRET, mostHands, map, wallTime: Date.now, servers: SERVERS });
  room = new MadeUpRoom();
  server.room = room;
  http = createServer();
  http.on('upgrade', (request, socket, head) => server.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
}

beforeEach(() => open());
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  server.close();
  await new Promise((resolve) => http.close(resolve));
});

/** A phone that keeps what it hears. */
async function phone(headers: Record<string, string> = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/hand-socket`, { headers });
  sockets.push(socket);
  const heard: ToHand[] = [];
  const packets: Buffer[] = [];
  socket.on('message', (data, isBinary) => {
    if (isBinary) packets.push(data as Buffer);
    else heard.push(JSON.parse((data as Buffer).toString()) as ToHand);
  });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('open', resolve).once('close', resolve));
  const say = (message: FromHand): void => socket.send(JSON.stringify(message));
  const hear = async <Kind extends ToHand['kind']>(kind: Kind): Promise<Extract<ToHand, { kind: Kind }>> => {
    for (let tries = 0; tries < 600; tries += 1) {
      const found = heard.find((message) => message.kind === kind);
      if (found) return found as Extract<ToHand, { kind: Kind }>;
      await sleep(10);
    }
    throw new Error(`Heard no ${kind}, but ${JSON.stringify(heard)}`);
  };
  const join = async () => {
    say({ kind: 'join', token: tokens.current() });
    return hear('welcome');
  };
  return { socket, heard, packets, say, hear, join };
}

const stroke = (n: number, x = n): FromHand => ({ kind: 'stroke', n, tool: 'pen', begins: n === 1, points: [x, 5] });
const closed = (socket: WebSocket): Promise<unknown> =>
  socket.readyState === WebSocket.CLOSED ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve));

describe('a hand', () => {
  it('joins with the token of the code, draws, and hears what was taken', async () => {
    const one = await phone();
    expect(await one.join()).toMatchObject({ member: 1, taken: 0, canvas: { columns: 4, rows: 2, tile: 8 } });
    one.say(stroke(1));
    one.say({ kind: 'stamp', n: 2, digit: 7, x: 10, y: 10 });
    expect((await one.hear('taken')).n).toBe(2);
    expect(room.drawn.map(({ action }) => action)).toMatchObject([
      { do: 'stroke', points: [{ x: 1, y: 5 }], erase: false },
      { do: 'stamp', label: 7, x: 10, y: 10 },
    ]);
  });

  it('is refused with a wrong token, from another site, or before it has joined', async () => {
    const wrong = await phone();
    wrong.say({ kind: 'join', token: 'AAAAAAAAAAAA' });
    expect((await wrong.hear('refused')).why).toBe('token');
    const foreign = await phone({ Origin: 'https://evil.example' });
    expect(foreign.socket.readyState).not.toBe(WebSocket.OPEN);
    const moved = await phone({ Origin: 'http://second.example:8080' });
    expect((await moved.join()).servers).toEqual(SERVERS);
    const early = await phone();
    early.say(stroke(1));
    expect((await early.hear('refused')).why).toBe('fault');
    expect(room.drawn).toEqual([]);
  });

  it('comes back with its key: nothing is drawn twice, and what is missing can be sent again', async () => {
    const one = await phone();
    const { key } = await one.join();
    for (let n = 1; n <= 5; n += 1) one.say(stroke(n));
    await one.hear('taken');
    one.socket.terminate();
    const again = await phone();
    again.say({ kind: 'return', key });
    expect((await again.hear('welcome')).taken).toBe(5);
    for (let n = 3; n <= 7; n += 1) again.say(stroke(n));
    await again.hear('taken');
    expect(room.drawn.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(server.counts.ignored).toBe(3);
  });

  it('is sent away for a gap, an oversized or a binary message, and the others go on', async () => {
    const good = await phone();
    await good.join();
    for (const bad of [JSON.stringify(stroke(2)), ' '.repeat(5000), Buffer.from([1, 2, 3])]) {
      const one = await phone();
      await one.join();
      one.socket.send(bad);
      await closed(one.socket);
      // Its place is free again for the next one.
      server.drop(server.hands().at(-1)?.member ?? 0);
    }
    good.say(stroke(1));
    await good.hear('taken');
    expect(room.drawn).toHaveLength(1);
  });

  it('is told that all places are taken, that it was sent away, and that it is closed', async () => {
    const hands = [await phone(), await phone(), await phone(), await phone()];
    for (const hand of hands.slice(0, 3)) await hand.join();
    hands[3].say({ kind: 'join', token: tokens.current() });
    expect((await hands[3].hear('refused')).why).toBe('full');
    const { key } = await hands[0].hear('welcome');
    server.drop(1);
    expect((await hands[0].hear('refused')).why).toBe('dropped');
    const again = await phone();
    again.say({ kind: 'return', key });
    expect((await again.hear('refused')).why).toBe('dropped');
    server.open(false);
    expect((await hands[1].hear('refused')).why).toBe('closed');
  });

  it('loses nothing while the canvas is frozen', async () => {
    const one = await phone();
    await one.join();
    room.isFrozen = true;
    for (let n = 1; n <= 3; n += 1) one.say(stroke(n));
    await sleep(300);
    expect(room.drawn).toEqual([]);
    room.isFrozen = false;
    // One that was on its way comes before those that are sent again.
    one.say(stroke(4));
    for (let n = 1; n <= 4; n += 1) one.say(stroke(n));
    await one.hear('taken');
    expect(room.drawn.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  });

  it('that draws too much is slowed down, and loses nothing', async () => {
    const one = await phone();
    await one.join();
    const start = performance.now();
    for (let n = 1; n <= 390; n += 1) one.say(stroke(n, 5));
    while (room.drawn.length < 390) await sleep(20);
    one.say(stroke(391, 5));
    while (room.drawn.length < 391) await sleep(20);
    // 300 messages at once, then 90 a second.
    expect(performance.now() - start).toBeGreaterThan(900);
    expect(room.drawn.map(({ n }) => n)).toEqual(Array.from({ length: 391 }, (_, index) => index + 1));
  });

  it('gets the tiles that it shows, once, and those that change', async () => {
    const one = await phone();
    await one.join();
    one.say({ kind: 'look', x: 0, y: 0, width: 8, height: 8 });
    await sleep(300);
    const tile = (number: number, value: number) => encodeTile(number, new Uint8Array(64).fill(value));
    expect(map.take(Buffer.concat([tile(0, 3), tile(7, 4)]))).toBe(true);
    expect(map.take(tile(8, 1))).toBe(false);
    expect(map.take(Buffer.from([1, 2, 3]))).toBe(false);
    await sleep(700);
    expect(Buffer.concat(one.packets)).toEqual(Buffer.from(tile(0, 3)));
    map.take(Buffer.concat([tile(0, 3), tile(7, 5)]));
    map.take(tile(0, 5));
    await sleep(700);
    expect(Buffer.concat(one.packets)).toEqual(Buffer.concat([tile(0, 3), tile(0, 5)]));
  });
});

it('mutated messages are refused, and harm nobody', { timeout: 180_000 }, async () => {
  const good = await phone();
  await good.join();
  const random = new Random(26);
  const seeds = [stroke(1), { kind: 'stamp', n: 1, digit: 3, x: 4, y: 5 }, { kind: 'join', token: tokens.current() }];
  let sent = 0;
  for (let index = 0; index < 300; index += 1) {
    const one = await phone();
    if (index % 3 === 0) one.say({ kind: 'join', token: tokens.current() });
    const bytes = mutate(Buffer.from(JSON.stringify(seeds[index % seeds.length])), random.split(index));
    one.socket.send(bytes, { binary: index % 7 === 0 });
    sent += 1;
    await sleep(2);
    one.socket.terminate();
    // Whoever got in leaves its place.
    for (const { member, isConnected } of server.hands()) if (!isConnected) server.drop(member);
  }
  expect(sent).toBe(300);
  const before = room.drawn.length;
  good.say(stroke(1));
  while (room.drawn.length === before) await sleep(10);
  for (const { action } of room.drawn) expect(['stroke', 'stamp']).toContain(action.do);
});
