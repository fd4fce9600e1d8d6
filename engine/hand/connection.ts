/**
 * The phone's connection to the server. It comes back by itself, also after the phone has slept, and sends again what
 * the server has not confirmed.
 */
import { Emitter } from '../core/events.ts';
import type { FromHand, HandEvent, Refusal, ToHand, Welcome } from '../together/hands/hand-messages.ts';
import { HAND_PATH } from '../together/hands/hand-messages.ts';

/** Something that the hand does; the connection numbers it. */
export type Deed = HandEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'n'> : never) : never;

export interface ConnectionEvents {
  welcome: Welcome;
  /** Whether there is a connection now. */
  connected: boolean;
  refused: Refusal;
  frozen: boolean;
  colors: readonly string[];
  /** Tiles of the map, see `map-code.ts`. */
  map: Uint8Array;
}

/** After so many attempts at each server, a visitor is told that the wall is closed. */
const ATTEMPTS_A_SERVER = 3;
/** So many events are kept while there is no connection. */
const MOST_KEPT = 300;
const FIRST_PAUSE_MILLISECONDS = 300;
const LONGEST_PAUSE_MILLISECONDS = 5000;
/** The server says something at least every 2.5 seconds. */
const SILENCE_MILLISECONDS = 8000;
/**
 * The refusals that pass by themselves, and when to try again. A server that was just started is closed until a screen is
 * back.
 */
const PASSING: Partial<Readonly<Record<Refusal, number>>> = { full: 8000, closed: 3000 };

const KEY_NAME = 'hand-key';

export class Connection {
  readonly events = new Emitter<ConnectionEvents>();
  #token: string;
  /** The addresses of the wall's servers; the one that has answered last comes first. */
  #servers: readonly string[] = [new URL('./', location.href).href];
  /** Attempts since the last welcome; each goes to the next server. */
  #attempts = 0;
  #socket: WebSocket | null = null;
  #kept: HandEvent[] = [];
  #n = 0;
  #isConnected = false;
  #pause = FIRST_PAUSE_MILLISECONDS;
  #timer = 0;
  #heardMilliseconds = 0;

  /** @param token of the code; empty if there is none */
  constructor(token: string) {
    this.#token = token;
    const wake = (): void => {
      if (!document.hidden) this.#wake();
    };
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    window.addEventListener('pageshow', wake);
    window.setInterval(() => this.#watch(), 1000);
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Whether more can be done before the server has confirmed something. */
  get hasRoom(): boolean {
    return this.#kept.length < MOST_KEPT;
  }

  /** Connects, or connects anew. */
  open(): void {
    window.clearTimeout(this.#timer);
    this.#drop();
    const url = new URL(HAND_PATH, this.#server);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#heardMilliseconds = performance.now();
    socket.addEventListener('open', () => this.#introduce());
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (socket === this.#socket) this.#hear(data);
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#lost();
    });
  }

  /** Sends something that the hand does, now or as soon as there is a connection. */
  send(deed: Deed): void {
    this.#n += 1;
    const event: HandEvent = { ...deed, n: this.#n };
    this.#kept.push(event);
    if (this.#isConnected) this.#say(event);
  }

  /** Tells which part of the canvas is shown. */
  look(view: Omit<Extract<FromHand, { kind: 'look' }>, 'kind'>): void {
    if (this.#isConnected) this.#say({ kind: 'look', ...view });
  }

  get #server(): string {
    return this.#servers[this.#attempts % this.#servers.length];
  }

  #introduce(): void {
    const key = readKey();
    if (key !== null) this.#say({ kind: 'return', key });
    else if (this.#token !== '') this.#say({ kind: 'join', token: this.#token });
    else this.#refused('token');
  }

  #say(message: FromHand): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #hear(data: unknown): void {
    this.#heardMilliseconds = performance.now();
    if (data instanceof ArrayBuffer) {
      this.events.emit('map', new Uint8Array(data));
      return;
    }
    const message = JSON.parse(String(data)) as ToHand;
    switch (message.kind) {
      case 'welcome':
        this.#welcomed(message);
        break;
      case 'refused':
        this.#refused(message.why);
        break;
      case 'taken':
        this.#confirm(message.n);
        break;
      case 'state':
        this.events.emit('frozen', message.isFrozen);
        if (!message.isFrozen) this.#repeat();
        break;
      case 'colors':
        this.events.emit('colors', message.colors);
        break;
    }
  }

  #welcomed(welcome: Welcome): void {
    writeKey(welcome.key);
    this.#pause = FIRST_PAUSE_MILLISECONDS;
    const here = this.#server;
    const others = welcome.servers.filter((server) => new URL(server).origin !== new URL(here).origin);
    this.#servers = [here, ...others];
    this.#attempts = 0;
    // A page that was loaded anew counts on from where it was; if the canvas is new, what was not taken comes first.
    this.#confirm(welcome.taken);
    this.#kept = this.#kept.map((event, index) => ({ ...event, n: welcome.taken + 1 + index }));
    this.#n = welcome.taken + this.#kept.length;
    this.#isConnected = true;
    this.events.emit('welcome', welcome);
    this.events.emit('connected', true);
  }

  /** Sends what was not confirmed. What was taken in the meantime is ignored. */
  #repeat(): void {
    for (const event of this.#kept) this.#say(event);
  }

  #confirm(n: number): void {
    this.#kept = this.#kept.filter((event) => event.n > n);
  }

  #refused(why: Refusal): void {
    // One server at a time has the room; when it fails, another one follows as soon as a screen has found it.
    if (why === 'closed' && this.#servers.length > 1 && this.#attempts < ATTEMPTS_A_SERVER * this.#servers.length) {
      this.#lost();
      return;
    }
    // Its place was given away, or this is a new day; the code may still be valid.
    const joinsAnew = why === 'key' && this.#token !== '';
    if (why === 'key' || why === 'dropped') writeKey(null);
    this.#drop();
    if (joinsAnew) {
      this.#kept = [];
      this.#n = 0;
      this.open();
      return;
    }
    if (why === 'token') this.#token = '';
    this.events.emit('refused', why);
    const pause = PASSING[why];
    if (why === 'closed') this.#attempts += 1;
    if (pause !== undefined) this.#timer = window.setTimeout(() => this.open(), pause);
  }

  #lost(): void {
    this.#drop();
    this.#attempts += 1;
    this.#timer = window.setTimeout(() => this.open(), this.#pause);
    this.#pause = Math.min(LONGEST_PAUSE_MILLISECONDS, 2 * this.#pause);
    this.events.emit('connected', false);
  }

  /** The page is seen again, or the network is back: there is no reason to wait any longer. */
  #wake(): void {
    const isWaiting = this.#socket === null && this.#timer !== 0;
    const isSilent = this.#socket !== null && performance.now() - this.#heardMilliseconds > SILENCE_MILLISECONDS / 2;
    if (isWaiting || isSilent) this.open();
  }

  #watch(): void {
    if (this.#socket && performance.now() - this.#heardMilliseconds > SILENCE_MILLISECONDS) this.#lost();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#isConnected = false;
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    socket?.close();
  }
}

/** The key is kept for this window only, so that a second one is a hand of its own. */
function readKey(): string | null {
  try {
    return sessionStorage.getItem(KEY_NAME);
  } catch {
    return null;
  }
}

function writeKey(key: string | null): void {
  try {
    if (key === null) sessionStorage.removeItem(KEY_NAME);
    else sessionStorage.setItem(KEY_NAME, key);
  } catch {
    // Without storage, a reload begins with the code again.
  }
}
