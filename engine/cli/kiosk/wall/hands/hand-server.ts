/** The phones' WebSockets: lets hands in, passes on what they draw, and sends them the map. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MOST_MESSAGE_CHARACTERS, type Rate, type ToHand } from '../../../../together/hands/hand-messages.ts';
import { Attempts } from './attempts.ts';
import type { HandAction } from '../../../../together/messages.ts';
import { HAND_LIMITS, type Position } from './hand.ts';
import { HandConnection, type HandCounts, type HandDesk } from './hand-connection.ts';
import { HandKeys } from './hand-keys.ts';
import { type JoinTokens, type WallTime } from './join-tokens.ts';
import type { HandView } from '../../../../together/hands/operator-messages.ts';
import type { HandsReport } from '../wall-book.ts';
import type { MapKeeper } from './map-keeper.ts';
import { type Member, Roster } from './roster.ts';

/** The room of the wall, as hands see it. */
export interface HandRoom {
  readonly isFrozen: boolean;
  /** Takes part. Returns the number by which the screens know the hand, and the last of its events that was taken. */
  join(id: string): { readonly member: number; readonly taken: number };
  leave(id: string): void;
  /** Draws something. It is safe when {@link HandServer.isSafe} is called with its number. */
  draw(id: string, n: number, action: HandAction): void;
  /** Where the hand is; null if nowhere. */
  point(id: string, at: Position | null): void;
  /** Tells the screens where the hands are now. */
  tellPoints(): void;
}

export interface HandServerOptions {
  readonly tokens: JoinTokens;
  /** Signs the keys; the same on all servers of a wall. */
  readonly secret: Buffer;
  readonly mostHands: number;
  readonly map: MapKeeper;
  readonly wallTime: WallTime;
  /** The addresses of all servers of the wall; none if this is the only one. */
  readonly servers: readonly string[];
}

/** Connections that have not said yet who they are. */
const MOST_STRANGERS = 100;
const STRANGER_MILLISECONDS = 5000;
/** Wrong tokens of one address. A school class that scans an old code at the same time is no attack. */
const WRONG_TOKENS: Rate = { perSecond: 0.5, most: 40 };
/** New hands of one address: a new hand has new ink. */
const JOINS: Rate = { perSecond: 0.2, most: 100 };

const TICK_MILLISECONDS = 50;
const MAP_EVERY_TICKS = 5;
const PING_EVERY_TICKS = 60;

const text = (message: ToHand): string => JSON.stringify(message);

export class HandServer implements HandDesk {
  readonly counts: HandCounts = {
    joined: 0,
    events: 0,
    ignored: 0,
    refused: { token: 0, key: 0, full: 0, dropped: 0, closed: 0, replaced: 0, fault: 0, fast: 0 },
    bytesIn: 0,
    bytesOut: 0,
  };
  readonly #options: HandServerOptions;
  readonly #roster: Roster;
  readonly #keys: HandKeys;
  readonly #wrong = new Attempts(WRONG_TOKENS);
  readonly #joined = new Attempts(JOINS);
  readonly #sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MOST_MESSAGE_CHARACTERS,
    perMessageDeflate: false,
  });
  readonly #connections = new Map<string, HandConnection>();
  readonly #strangers = new Set<HandConnection>();
  readonly #timer: NodeJS.Timeout;
  #ticks = 0;
  /** The numbers by which the screens know the hands. */
  readonly #numbers = new Map<string, number>();
  #room: HandRoom | null = null;
  /** What the phones were told. */
  #wasFrozen = false;
  #isOpen = true;
  #colors: readonly string[] = [];

  constructor(options: HandServerOptions) {
    this.#options = options;
    this.#roster = new Roster(options.mostHands);
    this.#keys = new HandKeys(options.secret, options.wallTime);
    this.#timer = setInterval(() => this.#tick(), TICK_MILLISECONDS);
  }

  get isFrozen(): boolean {
    return this.#room?.isFrozen ?? false;
  }

  hands(): HandView[] {
    return Array.from(this.#roster.all(), ({ id, isConnected, hand }) => {
      const latencyMilliseconds = this.#connections.get(id)?.latencyMilliseconds ?? null;
      const member = this.#numbers.get(id) ?? 0;
      return { member, isConnected, latencyMilliseconds, events: hand.taken };
    });
  }

  report(): HandsReport {
    const { joined, events, refused } = this.counts;
    const roundTrips = Array.from(this.#connections.values(), ({ latencyMilliseconds }) => latencyMilliseconds)
      .filter((milliseconds) => milliseconds !== null)
      .sort((one, other) => one - other);
    return {
      present: this.#connections.size,
      most: this.#options.mostHands,
      ...{ joined, events, refused },
      roundTripMilliseconds:
        roundTrips.length === 0
          ? null
          : { median: roundTrips[Math.floor(roundTrips.length / 2)], most: roundTrips[roundTrips.length - 1] },
    };
  }

  /** Takes a request for a WebSocket. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#strangers.size >= MOST_STRANGERS || !this.#isOwnPage(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new HandConnection(webSocket, request.socket.remoteAddress ?? '', this);
      this.#strangers.add(connection);
      setTimeout(() => {
        if (this.#strangers.has(connection)) connection.refuse('fault');
      }, STRANGER_MILLISECONDS).unref();
    });
  }

  /** The room has opened, or closed. The phones come back by themselves. */
  set room(room: HandRoom | null) {
    this.#room = room;
    for (const connection of this.#connections.values()) connection.terminate();
  }

  /** Everything of a hand up to this event is safe. */
  isSafe(id: string, n: number): void {
    this.#connections.get(id)?.isSafe(n);
  }

  /** Lets hands in during opening hours; sends them away when those end. */
  open(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (!isOpen) for (const connection of this.#connections.values()) connection.refuse('closed');
  }

  /** Sends a hand away, by the number by which the screens know it. Returns whether there was one. */
  drop(member: number): boolean {
    const [id] = [...this.#numbers].find(([, number]) => number === member) ?? [];
    if (id === undefined) return false;
    this.#roster.drop(id);
    this.#connections.get(id)?.refuse('dropped');
    return true;
  }

  /** Tells the phones the colours of the map, `#rrggbb`. */
  paint(colors: readonly string[]): void {
    if (colors.join() === this.#colors.join()) return;
    this.#colors = colors;
    this.#broadcast(text({ kind: 'colors', colors }));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const connection of [...this.#strangers, ...this.#connections.values()]) connection.terminate();
    this.#sockets.close();
  }

  join(connection: HandConnection, token: string): void {
    const { tokens } = this.#options;
    const now = performance.now();
    // The answer to somebody who tries too often is that of a wrong token, whether it is wrong or not.
    if (!this.#wrong.mayTry(connection.address, now)) {
      connection.refuse('token');
      return;
    }
    if (!tokens.isValid(token)) {
      this.#wrong.note(connection.address, now);
      connection.refuse('token');
      return;
    }
    if (!this.#isOpen || !this.#room) {
      connection.refuse('closed');
      return;
    }
    const member = this.#joined.mayTry(connection.address, now) ? this.#roster.join(now) : null;
    if (member === null) {
      connection.refuse('full');
      return;
    }
    this.#joined.note(connection.address, now);
    this.#admit(connection, member, this.#room);
  }

  comeBack(connection: HandConnection, key: string): void {
    const now = performance.now();
    const id = this.#wrong.mayTry(connection.address, now) ? this.#keys.read(key) : null;
    if (id === null) {
      this.#wrong.note(connection.address, now);
      connection.refuse('key');
      return;
    }
    if (!this.#isOpen || !this.#room) {
      connection.refuse('closed');
      return;
    }
    const member = this.#roster.comeBack(id, now);
    if (member === 'full' || member === 'dropped') {
      connection.refuse(member);
      return;
    }
    this.#connections.get(member.id)?.refuse('replaced');
    this.#admit(connection, member, this.#room);
  }

  draw({ id, hand }: Member, action: HandAction): void {
    this.counts.events += 1;
    this.#room?.draw(id, hand.taken, action);
  }

  gone(connection: HandConnection): void {
    this.#strangers.delete(connection);
    const { member } = connection;
    if (!member || this.#connections.get(member.id) !== connection) return;
    this.#connections.delete(member.id);
    this.#roster.leave(member.id, performance.now());
    this.#room?.point(member.id, null);
    this.#room?.leave(member.id);
  }

  #admit(connection: HandConnection, entry: Member, room: HandRoom): void {
    const { map, servers } = this.#options;
    const { id, hand } = entry;
    const { member, taken } = room.join(id);
    hand.taken = taken;
    this.#numbers.set(id, member);
    this.#strangers.delete(connection);
    this.#connections.set(id, connection);
    this.counts.joined += 1;
    connection.admit(entry, map);
    const { columns, rows, tile } = map.layout;
    const canvas = { columns, rows, tile };
    const key = this.#keys.keyOf(id);
    connection.send(text({ kind: 'welcome', key, member, taken, canvas, ink: HAND_LIMITS.ink, servers }));
    connection.send(text({ kind: 'state', isFrozen: this.isFrozen }));
    if (this.#colors.length > 0) connection.send(text({ kind: 'colors', colors: this.#colors }));
  }

  #broadcast(words: string): void {
    for (const connection of this.#connections.values()) connection.send(words);
  }

  #tick(): void {
    this.#ticks += 1;
    const now = performance.now();
    if (this.isFrozen !== this.#wasFrozen) {
      this.#wasFrozen = this.isFrozen;
      this.#broadcast(text({ kind: 'state', isFrozen: this.#wasFrozen }));
    }
    const sendsMap = this.#ticks % MAP_EVERY_TICKS === 0;
    const pings = this.#ticks % PING_EVERY_TICKS === 0;
    for (const connection of this.#connections.values()) {
      const { member } = connection;
      const at = connection.movedTo();
      if (member && at) this.#room?.point(member.id, at);
      connection.tick({ sendsMap, pings }, now);
    }
    this.#room?.tellPoints();
    if (pings) this.#forget(now);
  }

  /** Forgets the hands that have been away for long. */
  #forget(nowMilliseconds: number): void {
    this.#roster.expire(nowMilliseconds);
    for (const id of this.#numbers.keys()) if (!this.#roster.get(id)) this.#numbers.delete(id);
  }

  /** Whether a browser asks from a page of the wall's servers; other programs do not say. */
  #isOwnPage({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers;
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    return new URL(origin).host === host || this.#options.servers.some((server) => new URL(server).origin === origin);
  }
}
