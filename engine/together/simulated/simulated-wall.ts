/**
 * A whole wall without browsers, pictures or a real network: the real conductor and the real lockstep of each member,
 * under a clock that a test advances. Messages take some time each way and stay in order, as on a WebSocket; when a
 * connection breaks, whatever is under way on it is lost.
 */
import { Random } from '../../common/random/random.ts';
import { Conductor } from '../conductor.ts';
import type { KeptState, RoomRecord, TurnRecord } from '../room-record.ts';
import { PROTOCOL_VERSION } from '../limits.ts';
import type { HandAction } from '../messages.ts';
import { operationOf } from '../hand-operations.ts';
import { Outbox } from '../outbox.ts';
import { SimulatedScreen } from './simulated-screen.ts';

/** The network between the server and the members: at least and at most, one way. */
export interface Ways {
  readonly least: number;
  readonly most: number;
}

interface Mail {
  readonly time: number;
  /** Counts letters, so that those of the same time stay in order. */
  readonly order: number;
  readonly isValid: () => boolean;
  readonly deliver: () => void;
}

const TICK_MILLISECONDS = 1;
const LOOK_MILLISECONDS = 500;

export class SimulatedWall {
  now = 0;
  readonly screens: SimulatedScreen[];
  readonly hands: SimulatedHand[];
  /** For each frame of all screens that take part: how many steps they were apart. */
  readonly spreads: number[] = [];
  /** What the server has written down. */
  #record: { room: string; state: KeptState | null; turns: TurnRecord[]; taken: Record<string, number> };
  #conductor: Conductor | null;
  #connections = 0;
  #mail: Mail[] = [];
  #order = 0;
  #lastMail = new Map<string, number>();
  readonly #ways: Ways;
  readonly #random: Random;
  readonly #rate: number;

  constructor(given: { screens: number; hands: number; rate: number; ways: Ways; seed: number }) {
    this.#ways = given.ways;
    this.#random = new Random(given.seed);
    this.#rate = given.rate;
    this.#record = { room: 'room', state: null, turns: [], taken: {} };
    this.#conductor = this.#start(null);
    this.screens = Array.from({ length: given.screens }, (_, index) => new SimulatedScreen(this, index));
    this.hands = Array.from({ length: given.hands }, (_, index) => new SimulatedHand(this, index));
  }

  get conductor(): Conductor | null {
    return this.#conductor;
  }

  /** The operations in the log since the beginning, by hand, as numbers that count up. */
  logged(): Map<number, number[]> {
    const found = new Map<number, number[]>();
    for (const { turn } of this.#record.turns) {
      for (const { operation } of turn.entries) {
        const { points } = operation.event as { points: number[] };
        const hand = points[0];
        found.set(hand, [...(found.get(hand) ?? []), points[1]]);
      }
    }
    return found;
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    for (const end = this.now + milliseconds; this.now < end; this.now += TICK_MILLISECONDS) {
      this.#deliver();
      this.#serve();
      for (const screen of this.screens) screen.frame(this.now);
      for (const hand of this.hands) hand.draw(this.now);
      if (this.now % 16 === 0) this.#measure();
    }
  }

  killServer(): void {
    this.#conductor = null;
    for (const member of [...this.screens, ...this.hands]) member.breakOff();
  }

  startServer(): void {
    this.#conductor = this.#start({ ...this.#record, turns: [...this.#record.turns] });
  }

  /** @returns a number for the new connection, or null if no server runs */
  connect(): number | null {
    if (!this.#conductor) return null;
    this.#connections += 1;
    return this.#connections;
  }

  /** Sends something one way, after everything that was sent on this connection before. */
  post(connection: number, way: 'up' | 'down', isValid: () => boolean, deliver: () => void): void {
    const { least, most } = this.#ways;
    const key = `${connection} ${way}`;
    const time = Math.max(this.#lastMail.get(key) ?? 0, this.now + this.#random.range(least, most));
    this.#lastMail.set(key, time);
    this.#order += 1;
    this.#mail.push({ time, order: this.#order, isValid, deliver });
  }

  /** What a screen asks for is answered by the one that the conductor names. */
  wantState(member: number): void {
    const conductor = this.#conductor;
    if (!conductor) return;
    const giver = conductor.wantState(member);
    const from = this.screens.find((screen) => screen.member === giver && giver !== null);
    const kept = from?.give() ?? conductor.state ?? { step: 0, entry: 0, bytes: new Uint8Array() };
    const waiting = from ? conductor.keep(kept) : [member];
    for (const each of waiting) {
      const screen = this.screens.find((one) => one.member === each);
      const turn = conductor.turnFrom(kept.entry);
      if (turn) screen?.receive((to) => to.takeState(kept, turn));
    }
  }

  #start(record: RoomRecord | null): Conductor {
    const options = { room: 'room', stepsPerSecond: this.#rate, delayMilliseconds: 60, now: () => this.now };
    return new Conductor(options, record);
  }

  #deliver(): void {
    const due = this.#mail.filter(({ time }) => time <= this.now);
    if (due.length === 0) return;
    this.#mail = this.#mail.filter(({ time }) => time > this.now);
    due.sort((one, other) => one.time - other.time || one.order - other.order);
    for (const { isValid, deliver } of due) if (isValid()) deliver();
  }

  #serve(): void {
    const conductor = this.#conductor;
    if (!conductor) return;
    const record = conductor.tick();
    if (record) {
      this.#record.turns.push(record);
      for (const screen of this.screens) screen.receive((to) => to.take(record.turn));
      for (const hand of this.hands) {
        const seq = record.taken[hand.key];
        if (seq !== undefined) hand.receive(seq);
      }
    }
    if (this.now % LOOK_MILLISECONDS === 0) {
      for (const { member } of conductor.takeDiffering()) {
        this.screens.find((screen) => screen.member === member)?.receive((to) => to.wantState());
      }
    }
  }

  #measure(): void {
    const steps = this.screens.filter((screen) => screen.isInStep(this.now)).map(({ step }) => step);
    if (steps.length > 1) this.spreads.push(Math.max(...steps) - Math.min(...steps));
  }
}

/** A hand that draws numbered segments. */
class SimulatedHand {
  readonly key: string;
  drawn = 0;
  readonly #wall: SimulatedWall;
  readonly #index: number;
  readonly #outbox = new Outbox<HandAction>();
  #connection: number | null = null;
  #member = 0;
  #again = 0;

  constructor(wall: SimulatedWall, index: number) {
    this.#wall = wall;
    this.#index = index;
    this.key = `hand-with-number-${index}`;
  }

  get waiting(): number {
    return this.#outbox.waiting.length;
  }

  breakOff(): void {
    this.#connection = null;
    this.#again = this.#wall.now + 400;
  }

  receive(seq: number): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#wall.post(
      connection,
      'down',
      () => this.#connection === connection,
      () => this.#outbox.taken(seq),
    );
  }

  draw(now: number): void {
    if (this.#connection === null) {
      if (now < this.#again) return;
      this.#join();
    }
    if ((now + this.#index) % 100 !== 0 || this.isResting) return;
    this.drawn += 1;
    const points = [{ x: this.#index, y: this.drawn }];
    const action: HandAction = { do: 'stroke', stroke: 1, points, radius: 1, erase: false };
    this.#send(this.#outbox.add(action), action);
  }

  isResting = false;

  #join(): void {
    const connection = this.#wall.connect();
    if (connection === null) return;
    const join = { version: PROTOCOL_VERSION, role: 'hand', token: '', key: this.key } as const;
    const joined = this.#wall.conductor?.join(join);
    if (!joined) return;
    this.#connection = connection;
    this.#member = joined.member;
    this.#outbox.taken(joined.seq);
    for (const { seq, message } of this.#outbox.waiting) this.#send(seq, message);
  }

  #send(seq: number, action: HandAction): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#wall.post(
      connection,
      'up',
      () => this.#connection === connection,
      () => this.#wall.conductor?.receive(this.#member, seq, [operationOf(action, 1)]),
    );
  }
}
