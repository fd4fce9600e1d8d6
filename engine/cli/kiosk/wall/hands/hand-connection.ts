/** One phone's connection. It holds its hand to the limits by not reading on until it may: what is sent is not lost. */
import type { RawData, WebSocket } from 'ws';
import type { FromHand, Refusal, ToHand } from '../../../../together/hands/hand-messages.ts';
import { readFromHand } from '../../../../together/hands/hand-schema.ts';
import type { HandAction } from '../../../../together/messages.ts';
import type { Position } from './hand.ts';
import { type MapKeeper, MapReader } from './map-keeper.ts';
import type { Member } from './roster.ts';

/** The most bytes of the map at once, four times a second. */
const MAP_BYTES = 6000;
/** A phone that has not taken in so much gets nothing more of the map. */
const MOST_WAITING_BYTES = 64 * 1024;
const MOST_UNANSWERED_PINGS = 4;
/** Ticks after which a phone hears from the server in any case, so that it notices when it does not. */
const SILENT_TICKS = 50;

/** What has happened since the server started. */
export interface HandCounts {
  joined: number;
  events: number;
  /** Events that had been taken before, or came while the canvas was frozen. */
  ignored: number;
  readonly refused: Record<Refusal, number>;
  bytesIn: number;
  bytesOut: number;
}

/** Whom a connection turns to. */
export interface HandDesk {
  readonly counts: HandCounts;
  /** Lets a stranger in, or says why not. */
  join(connection: HandConnection, token: string): void;
  /** Lets a hand in that was here before, or says why not. */
  comeBack(connection: HandConnection, key: string): void;
  readonly isFrozen: boolean;
  draw(member: Member, action: HandAction): void;
  gone(connection: HandConnection): void;
}

export class HandConnection {
  readonly address: string;
  readonly #socket: WebSocket;
  readonly #server: HandDesk;
  #member: Member | null = null;
  #isSentAway = false;
  #map: MapReader | null = null;
  #safe = 0;
  #told = 0;
  #silentTicks = 0;
  #pingMilliseconds = 0;
  #unanswered = 0;
  #latencyMilliseconds: number | null = null;
  #position: Position | null = null;

  constructor(socket: WebSocket, address: string, server: HandDesk) {
    this.#socket = socket;
    this.address = address;
    this.#server = server;
    socket.on('message', (data, isBinary) => this.#hear(data, isBinary));
    socket.on('close', () => server.gone(this));
    // An oversized or malformed frame; the socket closes itself.
    socket.on('error', () => this.refuse('fault'));
    socket.on('pong', () => {
      this.#unanswered = 0;
      this.#latencyMilliseconds = performance.now() - this.#pingMilliseconds;
    });
  }

  /** Whose connection it is; null as long as it has not been let in. */
  get member(): Member | null {
    return this.#member;
  }

  get latencyMilliseconds(): number | null {
    return this.#latencyMilliseconds;
  }

  /** Lets the hand in. */
  admit(member: Member, map: MapKeeper): void {
    this.#member = member;
    this.#map = new MapReader(map);
    this.#safe = member.hand.taken;
    this.#told = member.hand.taken;
  }

  /** Everything of the hand up to this event is safe. */
  isSafe(n: number): void {
    this.#safe = Math.max(this.#safe, n);
  }

  send(message: string | Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#silentTicks = 0;
    this.#server.counts.bytesOut += message.length;
    this.#socket.send(message);
  }

  /** Says why, and closes the connection. */
  refuse(why: Refusal): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#server.counts.refused[why] += 1;
    const message: ToHand = { kind: 'refused', why };
    this.send(JSON.stringify(message));
    this.#socket.close(1008, why);
    this.#isSentAway = true;
    this.#server.gone(this);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Where the hand has moved to since the last call; null if it has not. */
  movedTo(): Position | null {
    const position = this.#member?.hand.position ?? null;
    if (position === this.#position) return null;
    this.#position = position;
    return position;
  }

  /** Called regularly while the hand is let in. */
  tick({ sendsMap, pings }: { readonly sendsMap: boolean; readonly pings: boolean }, nowMilliseconds: number): void {
    if ((sendsMap && this.#safe > this.#told) || this.#silentTicks >= SILENT_TICKS) {
      this.#told = this.#safe;
      const taken: ToHand = { kind: 'taken', n: this.#told };
      this.send(JSON.stringify(taken));
    } else this.#silentTicks += 1;
    const waitUntil = this.#member?.hand.waitUntilMilliseconds ?? 0;
    if (this.#socket.isPaused && nowMilliseconds >= waitUntil) this.#socket.resume();
    if (sendsMap && this.#socket.bufferedAmount < MOST_WAITING_BYTES) {
      const packet = this.#map?.next(MAP_BYTES) ?? null;
      if (packet) this.send(packet);
    }
    if (pings) this.#ping(nowMilliseconds);
  }

  #ping(nowMilliseconds: number): void {
    // A connection that is not read does not hear the answer either.
    if (this.#socket.isPaused) return;
    if (this.#unanswered >= MOST_UNANSWERED_PINGS) {
      this.terminate();
      return;
    }
    this.#unanswered += 1;
    this.#pingMilliseconds = nowMilliseconds;
    this.#socket.ping();
  }

  #hear(data: RawData, isBinary: boolean): void {
    // Its last words may still arrive.
    if (this.#isSentAway) return;
    const bytes = data as Buffer;
    this.#server.counts.bytesIn += bytes.length;
    const message = isBinary ? null : readFromHand(bytes.toString('utf8'));
    if (message === null) this.refuse('fault');
    else if (this.#member) this.#hearMember(message, this.#member);
    else if (message.kind === 'join') this.#server.join(this, message.token);
    else if (message.kind === 'return') this.#server.comeBack(this, message.key);
    else this.refuse('fault');
  }

  #hearMember(message: FromHand, member: Member): void {
    const { hand } = member;
    const now = performance.now();
    if (!hand.count(now)) {
      this.refuse('fast');
      return;
    }
    if (message.kind === 'look') this.#map?.look(message);
    else if (message.kind === 'stroke' || message.kind === 'stamp') {
      const verdict = hand.hear(message, this.#server.isFrozen, now);
      if (verdict.kind === 'refuse') {
        this.refuse(verdict.why);
        return;
      }
      if (verdict.kind === 'ignore') this.#server.counts.ignored += 1;
      else this.#server.draw(member, verdict.action);
    } else {
      this.refuse('fault');
      return;
    }
    if (hand.waitUntilMilliseconds > now) this.#socket.pause();
  }
}
