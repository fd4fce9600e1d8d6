/** The phones' WebSockets: lets hands in, passes on what they draw, and sends them the map. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MOST_MESSAGE_CHARACTERS, type Rate, type ToHand } from '../../../../together/hands/hand-messages.ts';
import { Attempts } from './attempts.ts';
import { type HandAction, HAND_LIMITS, type Position } from './hand.ts';
import { HandConnection, type HandCounts, type HandDesk } from './hand-connection.ts';
import { HandKeys } from './hand-keys.ts';
import { type JoinTokens, type WallTime } from './join-tokens.ts';
import type { MapKeeper } from './map-keeper.ts';
import { type Member, Roster } from './roster.ts';

/** What hands draw on. */
export interface HandSink {
  /**
   * Draws something of a hand. Calls of one hand come in order.
   * @param safe called when it cannot be lost any more, in the same order
   */
  draw(hand: string, n: number, action: HandAction, safe: () => void): void;
  /** Where the hand is; null if it has left. */
  point(hand: string, at: Position | null): void;
}

export interface HandServerOptions {
  readonly tokens: JoinTokens;
  /** Signs the keys; the same on all servers of a wall. */
  readonly secret: Buffer;
  readonly mostHands: number;
  readonly map: MapKeeper;
  readonly sink: HandSink;
  readonly wallTime: WallTime;
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

/** A hand, as the operator sees it. */
export interface HandView {
  readonly id: string;
  readonly seat: number;
  readonly isConnected: boolean;
  /** The time that a message takes to the phone and back; null if not known yet. */
  readonly latencyMilliseconds: number | null;
  readonly events: number;
}

const text = (message: ToHand): string => JSON.stringify(message);

export class HandServer implements HandDesk {
  readonly counts: HandCounts = {
    joined: 0,
    events: 0,
    repeated: 0,
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
  #isFrozen = false;
  #isOpen = true;
  #colors: readonly string[] = [];

  constructor(options: HandServerOptions) {
    this.#options = options;
    this.#roster = new Roster(options.mostHands);
    this.#keys = new HandKeys(options.secret, options.wallTime);
    this.#timer = setInterval(() => this.#tick(), TICK_MILLISECONDS);
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  hands(): HandView[] {
    return Array.from(this.#roster.all(), ({ id, seat, isConnected, hand }) => {
      const latencyMilliseconds = this.#connections.get(id)?.latencyMilliseconds ?? null;
      return { id, seat, isConnected, latencyMilliseconds, events: hand.seen };
    });
  }

  /** Takes a request for a WebSocket. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#strangers.size >= MOST_STRANGERS || !isOwnPage(request)) {
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

  /** Stops taking strokes, or goes on. */
  freeze(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    this.#broadcast(text({ kind: 'state', isFrozen }));
  }

  /** Lets hands in during opening hours; sends them away when those end. */
  open(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (!isOpen) for (const connection of this.#connections.values()) connection.refuse('closed');
  }

  /** Sends a hand away, and returns whether there was one. */
  drop(id: string): boolean {
    const wasHere = this.#roster.drop(id);
    this.#connections.get(id)?.refuse('dropped');
    return wasHere;
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
    if (!this.#wrong.mayTry(connection.address, now)) return connection.refuse('token');
    if (!tokens.isValid(token)) {
      this.#wrong.note(connection.address, now);
      return connection.refuse('token');
    }
    if (!this.#isOpen) return connection.refuse('closed');
    const member = this.#joined.mayTry(connection.address, now) ? this.#roster.join(now) : null;
    if (member === null) return connection.refuse('full');
    this.#joined.note(connection.address, now);
    this.#admit(connection, member);
  }

  comeBack(connection: HandConnection, key: string, seen: number): void {
    const now = performance.now();
    const identity = this.#wrong.mayTry(connection.address, now) ? this.#keys.read(key) : null;
    if (identity === null) {
      this.#wrong.note(connection.address, now);
      return connection.refuse('key');
    }
    if (!this.#isOpen) return connection.refuse('closed');
    const member = this.#roster.comeBack(identity, seen, now);
    if (member === 'full' || member === 'dropped') return connection.refuse(member);
    this.#connections.get(member.id)?.refuse('replaced');
    this.#admit(connection, member);
  }

  draw(connection: HandConnection, member: Member, n: number, action: HandAction): void {
    this.counts.events += 1;
    if (this.#isFrozen) {
      connection.isSafe(n);
      return;
    }
    this.#options.sink.draw(member.id, n, action, () => connection.isSafe(n));
  }

  gone(connection: HandConnection): void {
    this.#strangers.delete(connection);
    const { member } = connection;
    if (!member || this.#connections.get(member.id) !== connection) return;
    this.#connections.delete(member.id);
    this.#roster.leave(member.id, performance.now());
    this.#options.sink.point(member.id, null);
  }

  #admit(connection: HandConnection, member: Member): void {
    const { map } = this.#options;
    this.#strangers.delete(connection);
    this.#connections.set(member.id, connection);
    this.counts.joined += 1;
    connection.admit(member, map);
    const { columns, rows, tile } = map.layout;
    const key = this.#keys.keyOf(member);
    const { seat, hand } = member;
    const { ink } = HAND_LIMITS;
    connection.send(text({ kind: 'welcome', key, seat, seen: hand.seen, canvas: { columns, rows, tile }, ink }));
    connection.send(text({ kind: 'state', isFrozen: this.#isFrozen }));
    if (this.#colors.length > 0) connection.send(text({ kind: 'colors', colors: this.#colors }));
  }

  #broadcast(words: string): void {
    for (const connection of this.#connections.values()) connection.send(words);
  }

  #tick(): void {
    this.#ticks += 1;
    const now = performance.now();
    const sendsMap = this.#ticks % MAP_EVERY_TICKS === 0;
    const pings = this.#ticks % PING_EVERY_TICKS === 0;
    for (const connection of this.#connections.values()) {
      const { member } = connection;
      const at = connection.movedTo();
      if (member && at) this.#options.sink.point(member.id, at);
      connection.tick({ sendsMap, pings }, now);
    }
    if (pings) this.#roster.expire(now);
  }
}

/** Whether a browser asks from a page of this server; other programs do not say. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/** A secret for tokens and keys. */
export function newSecret(): Buffer {
  return Buffer.from(randomUUID() + randomUUID());
}
