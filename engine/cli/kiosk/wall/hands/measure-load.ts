/** Lets many hands draw at once on a real server, and measures what reaches a screen. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { HAND_PATH, type FromHand, type ToHand } from '../../../../together/hands/hand-messages.ts';
import { OPERATOR_PATHS, type OperatorState } from '../../../../together/hands/operator-messages.ts';
import { checkKioskSettings } from '../../../../page/features/kiosk/settings.ts';
import { type KioskServer, startServer } from '../../server.ts';
import { MadeUpScreen } from './made-up-screen.ts';

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
      if (message.kind === 'taken') this.taken = message.n;
      if (message.kind === 'refused') this.refused = message.why;
    });
  }

  get events(): number {
    return this.#n;
  }

  draw(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
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

async function serve({ hands }: Load, stateFolder: string, folder: string): Promise<KioskServer> {
  const settings = checkKioskSettings(
    {
      canvas: { columns: 8, rows: 4, tile: 28 },
      stepsPerSecond: 30,
      wall: {
        grid: { columns: 4, rows: 2, width: 300, height: 300, bezel: 5 },
        token: TOKEN,
        hands: { most: hands },
        operator: {},
      },
    },
    'The load',
  );
  const orders = { type: 'serve', folder, settings, model: 'tiny', launcherStartSeconds: Date.now() / 1000 } as const;
  return startServer(
    { ...orders, stateFolder, host: null, port: 0 },
    { log: console.error, picture: () => Promise.reject(new Error('There is no screen.')) },
  );
}

/** @throws Error if a hand is refused */
export async function measureLoad(load: Load): Promise<LoadFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'hands-load-'));
  const server = await serve(load, folder, folder);
  const phones: MadeUpPhone[] = [];
  const screen = await MadeUpScreen.join(server.address, TOKEN);
  try {
    const state = (await (await fetch(new URL(OPERATOR_PATHS.state, server.address))).json()) as OperatorState;
    const token = new URL(state.code?.address ?? '').hash.slice(1);
    for (let row = 0; row < load.hands; row += 1) phones.push(new MadeUpPhone(server.address, token, row));
    await sleep(1000);
    const cpu = cpuSeconds();
    const start = performance.now();
    const end = start + load.seconds * 1000;
    const interval = 1000 / load.events;
    // Each hand at its own moment, as visitors do.
    await Promise.all(
      phones.map(async (phone, index) => {
        let due = start + (index / load.hands) * interval;
        while (due < end) {
          await sleep(Math.max(0, due - performance.now()));
          // A busy machine wakes late; what was missed is made up for.
          while (due <= performance.now() && due < end) {
            phone.draw();
            due += interval;
          }
        }
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    const share = (cpuSeconds() - cpu) / seconds;
    await sleep(1500);
    return figuresOf(load, phones, screen, { seconds, share });
  } finally {
    for (const phone of phones) phone.close();
    screen.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(
  load: Load,
  phones: readonly MadeUpPhone[],
  screen: MadeUpScreen,
  { seconds, share }: { readonly seconds: number; readonly share: number },
): LoadFigures {
  const refused = phones.find((phone) => phone.refused !== null);
  if (refused) throw new Error(`A hand was refused: ${refused.refused}.`);
  const delays = phones.flatMap((phone, row) =>
    screen.arrivals(row).map((at, index) => at - (phone.sent.get(index + 1) ?? at)),
  );
  const sum = (pick: (phone: MadeUpPhone) => number): number => phones.reduce((all, phone) => all + pick(phone), 0);
  const sent = sum(({ events }) => events);
  return {
    seconds,
    sent,
    lost: sent - delays.length,
    disordered: screen.disordered,
    unconfirmed: sent - sum(({ taken }) => taken),
    delays: delays.sort((one, other) => one - other),
    share,
    up: sum(({ bytesOut }) => bytesOut) / load.hands / seconds,
    down: sum(({ bytesIn }) => bytesIn) / load.hands / seconds,
  };
}

/** The processor time of this process' children so far, in seconds. */
function cpuSeconds(): number {
  const TICKS_A_SECOND = 100;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, name) => {
      try {
        // The name of the program, in brackets, may have spaces.
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return Number(fields[1]) === process.pid
          ? sum + (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
          : sum;
      } catch {
        return sum;
      }
    }, 0);
}
