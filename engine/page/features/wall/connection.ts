/**
 * A page's connection to the room of a wall. It comes back by itself, to whichever server of the wall answers, and says
 * what it has, so that it goes on where it was.
 */
import { Client, type Room } from '@colyseus/sdk';
import { messageOf } from '../../../common/error-message.ts';
import type { Clock } from '../../../core/clock.ts';
import { ClockAgreement } from '../../../together/clock-agreement.ts';
import type { FromServer, Join, ToServer } from '../../../together/messages.ts';
import { Emitter } from '../../../core/events.ts';

/** Between attempts to connect. */
const RETRY_MILLISECONDS = 400;

/** A server that does not answer a request for a seat within this time is given up. */
const SEAT_MILLISECONDS = 6000;

/** Every so often the server is asked for its time, … */
const CLOCK_MILLISECONDS = 1000;
/** … and more often at first. */
const FIRST_CLOCKS = 8;
const FIRST_CLOCK_MILLISECONDS = 50;

/** A connection on which nothing has come for this long is dead, even if nobody has said so. */
const SILENCE_MILLISECONDS = 4000;

const NAMES = [
  'welcome',
  'clock',
  'turn',
  'taken',
  'refused',
  'cursors',
  'arranged',
  'giveState',
  'state',
  'differs',
  'frozen',
  'lead',
  'show',
  'code',
  'dropped',
] as const satisfies readonly (keyof FromServer)[];

export type WallEvents = { readonly [Name in (typeof NAMES)[number]]: FromServer[Name] } & {
  /** The connection has ended; the next attempt follows. */
  readonly closed: string;
};

export class WallConnection {
  readonly events = new Emitter<WallEvents>();
  readonly agreed = new ClockAgreement();
  /** The last message of each name on this connection. */
  latest: { readonly [Name in keyof FromServer]?: FromServer[Name] } = {};
  readonly #clock: Clock;
  readonly #join: () => Join;
  /** Where to ask for a seat, in turn. */
  #servers: readonly string[];
  #server = 0;
  #room: Room | null = null;
  #heard = 0;
  #isWelcome = false;
  #isOver = false;
  readonly #bytes = { sent: 0, received: 0 };

  /**
   * @param address of the first server; the room knows the others
   * @param join what to say about itself at each new connection
   */
  constructor(clock: Clock, address: string, join: () => Join) {
    this.#clock = clock;
    this.#join = join;
    this.#servers = [address];
    void this.#connect();
  }

  /** Whether the room has welcomed the page. What waits in an outbox is sent first. */
  get isOpen(): boolean {
    return this.#room !== null && this.#isWelcome;
  }

  /** Bytes of messages, without those of the WebSocket itself. */
  get bytes(): { readonly sent: number; readonly received: number } {
    return this.#bytes;
  }

  /** The server's time. */
  now(): number {
    return this.agreed.serverTime(this.#clock.now());
  }

  /** Sends a message, or drops it if there is no connection. Whatever must not be lost belongs in an outbox. */
  send<Name extends keyof ToServer>(name: Name, message: ToServer[Name]): void {
    if (this.#room?.connection.isOpen && (this.#isWelcome || name === 'clock')) this.#room.send(name, message);
  }

  /** Ends the connection for good. */
  close(): void {
    this.#isOver = true;
    void this.#room?.leave();
  }

  async #connect(): Promise<void> {
    if (this.#isOver) return;
    const server = this.#servers[this.#server % this.#servers.length];
    try {
      const seat = await askForSeat(server, this.#join());
      const client = new Client(server);
      const room = await client.consumeSeatReservation(seat as Parameters<Client['consumeSeatReservation']>[0]);
      this.#take(room);
    } catch (error) {
      this.#server += 1;
      this.#closed(messageOf(error));
    }
  }

  #take(room: Room): void {
    // A new connection says what the page has, which the library's own reconnection could not.
    room.reconnection.enabled = false;
    this.#room = room;
    this.#isWelcome = false;
    this.latest = {};
    this.#heard = this.#clock.now();
    this.agreed.forget();
    this.#countBytes(room);
    for (const name of NAMES) {
      room.onMessage(name, (message: unknown) => {
        this.#heard = this.#clock.now();
        this.#received(name, message);
      });
    }
    const ended = (reason: string): void => {
      if (this.#room !== room) return;
      this.#room = null;
      this.#closed(reason);
    };
    room.onLeave((code) => ended(`The connection has ended (${code}).`));
    room.onDrop(() => ended('The connection has broken off.'));
    this.#keepTime(room, 0);
  }

  #countBytes({ connection }: Room): void {
    const { onmessage } = connection.events;
    connection.events.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      this.#bytes.received += event.data.byteLength;
      onmessage?.(event);
    };
    const send = connection.send.bind(connection);
    connection.send = (data) => {
      this.#bytes.sent += (data as Uint8Array).byteLength;
      send(data);
    };
  }

  #received(name: keyof FromServer, message: unknown): void {
    if (name === 'clock') {
      const { sent, time } = message as FromServer['clock'];
      this.agreed.answered(sent, time, this.#clock.now());
    }
    if (name === 'welcome') {
      this.#isWelcome = true;
      const { servers } = message as FromServer['welcome'];
      // The one that has answered comes first.
      const here = this.#servers[this.#server % this.#servers.length];
      this.#servers = [here, ...servers.filter((server) => new URL(server).origin !== new URL(here).origin)];
      this.#server = 0;
    }
    this.latest = { ...this.latest, [name]: message };
    this.events.emit(name, message as never);
  }

  #keepTime(room: Room, count: number): void {
    if (this.#room !== room) return;
    const now = this.#clock.now();
    if (now - this.#heard > SILENCE_MILLISECONDS) {
      this.#room = null;
      room.connection.close();
      this.#closed('The server has fallen silent.');
      return;
    }
    this.send('clock', { sent: now });
    const wait = count < FIRST_CLOCKS ? FIRST_CLOCK_MILLISECONDS : CLOCK_MILLISECONDS;
    this.#clock.after(wait, () => this.#keepTime(room, count + 1));
  }

  #closed(reason: string): void {
    if (this.#isOver) return;
    this.events.emit('closed', reason);
    this.#clock.after(RETRY_MILLISECONDS, () => void this.#connect());
  }
}

/** @throws Error with the server's reason */
async function askForSeat(server: string, join: Join): Promise<unknown> {
  const response = await fetch(new URL('wall/seat', server), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(join),
    signal: AbortSignal.timeout(SEAT_MILLISECONDS),
  });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}
