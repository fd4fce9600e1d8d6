/** Lets many hands draw at once on a real server, and measures what reaches a screen. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { HAND_PATH, type FromHand, type ToHand } from '../../../../together/hands/hand-messages.ts';
import { OPERATOR_PATHS, type OperatorState } from '../../../../together/hands/operator-messages.ts';
import { MadeUpScreen } from '../made-up-screen.ts';
import { startWallServer } from '../made-up-server.ts';
import { Arrivals } from './arrivals.ts';

const TOKEN = 'the-token-of-the-load';
/** The x of events goes round, so that strokes stay short. */
const ROUND = 32;

export interface Load {
  readonly hands: number;
  readonly events: number;
  readonly seconds: number;
}

export interface LoadFigures {
  readonly seconds: number;
  readonly sent: number;
  readonly lost: number;
  readonly disordered: number;
  /** Events that the hands were not told to be safe. */
  readonly unconfirmed: number;
  /** From a hand to the screen, in milliseconds, in order. */
  readonly delays: readonly number[];
  /** The server's share of a core. */
  readonly share: number;
  /** Of one hand, in bytes a second. */
  readonly up: number;
  readonly down: number;
}

/** A phone that draws without a pause. */
class MadeUpPhone {
  /** When each event was sent, by its number. */
  readonly sent = new Map<number, number>();
  isWelcome = false;
  taken = 0;
  /** Why it was sent away. */
  refused: string | null = null;
  bytesIn = 0;
  bytesOut = 0;
  readonly #socket: WebSocket;
  readonly #row: number;
  #n = 0;

  constructor(address: string, token: string, row: number) {
    this.#row = row;
    this.#socket = new WebSocket(new URL(HAND_PATH, address.replace(/^http/, 'ws')));
    this.#socket.on('open', () => this.#say({ kind: 'join', token }));
    this.#socket.on('message', (data, isBinary) => {
      const bytes = data as Buffer;
      this.bytesIn += bytes.length;
      if (isBinary) return;
      const message = JSON.parse(bytes.toString()) as ToHand;
      if (message.kind === 'welcome') this.isWelcome = true;
      if (message.kind === 'taken') this.taken = message.n;
      if (message.kind === 'refused') this.refused = message.why;
    });
  }

  get events(): number {
    return this.#n;
  }

  draw(): void {
    this.#n += 1;
    this.sent.set(this.#n, performance.now());
    const points = [this.#n % ROUND, this.#row];
    this.#say({ kind: 'stroke', n: this.#n, tool: 'pen', begins: this.#n === 1, points });
  }

  close(): void {
    this.#socket.terminate();
  }

  #say(message: FromHand): void {
    const text = JSON.stringify(message);
    this.bytesOut += text.length;
    this.#socket.send(text);
  }
}

/** @throws Error if a hand is refused */
export async function measureLoad(load: Load): Promise<LoadFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'hands-load-'));
  const server = await startWallServer({
    ...{ folder, token: TOKEN, rate: 30 },
    canvas: { columns: 8, rows: 4, tile: 28 },
    wall: { hands: { most: load.hands }, operator: {} },
  });
  const pid = server.process.pid ?? 0;
  const phones: MadeUpPhone[] = [];
  const screen = new MadeUpScreen(server.address, TOKEN, 1);
  const arrivals = new Arrivals(screen);
  try {
    await until(() => screen.step > 0);
    const state = (await (await fetch(new URL(OPERATOR_PATHS.state, server.address))).json()) as OperatorState;
    const token = new URL(state.code?.address ?? '').hash.slice(1);
    for (let row = 0; row < load.hands; row += 1) phones.push(new MadeUpPhone(server.address, token, row));
    await until(() => phones.every(({ isWelcome }) => isWelcome));
    const cpu = cpuSeconds(pid);
    const start = performance.now();
    const count = Math.round(load.seconds * load.events);
    const interval = 1000 / load.events;
    // Each hand at its own moment, as visitors do.
    await Promise.all(
      phones.map(async (phone, index) => {
        for (let event = 0; event < count; event += 1) {
          const due = start + (event + index / load.hands) * interval;
          // A busy machine wakes late; what was missed is made up for.
          if (due > performance.now()) await sleep(due - performance.now());
          phone.draw();
        }
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    const share = (cpuSeconds(pid) - cpu) / seconds;
    // What is confirmed is written down, and reaches the screen a moment later.
    await until(() => phones.every(({ events, taken }, row) => events === taken && arrivals.of(row).length >= events));
    return figuresOf(load, phones, arrivals, { seconds, share });
  } finally {
    for (const phone of phones) phone.close();
    screen.close();
    server.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(
  load: Load,
  phones: readonly MadeUpPhone[],
  arrivals: Arrivals,
  { seconds, share }: { readonly seconds: number; readonly share: number },
): LoadFigures {
  const refused = phones.find((phone) => phone.refused !== null);
  if (refused) throw new Error(`A hand was refused: ${refused.refused}.`);
  const delays = phones.flatMap((phone, row) =>
    arrivals.of(row).map((at, index) => at - (phone.sent.get(index + 1) ?? at)),
  );
  const sum = (pick: (phone: MadeUpPhone) => number): number => phones.reduce((all, phone) => all + pick(phone), 0);
  const sent = sum(({ events }) => events);
  return {
    seconds,
    sent,
    lost: sent - delays.length,
    disordered: arrivals.disordered,
    unconfirmed: sent - sum(({ taken }) => taken),
    delays: delays.sort((one, other) => one - other),
    share,
    up: sum(({ bytesOut }) => bytesOut) / load.hands / seconds,
    down: sum(({ bytesIn }) => bytesIn) / load.hands / seconds,
  };
}

/** Waits for something, or for a minute. */
async function until(isTrue: () => boolean): Promise<void> {
  const start = performance.now();
  while (!isTrue() && performance.now() - start < 60_000) await sleep(20);
}

const TICKS_A_SECOND = 100;

/** The processor time of a process so far, in seconds; 0 where it cannot be known. */
function cpuSeconds(pid: number): number {
  try {
    // The name of the program, in brackets, may have spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}
