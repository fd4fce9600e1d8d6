/** A screen of a simulated wall. Its state is a number that depends on every step and entry, in order. */
import type { Conductor } from '../conductor.ts';
import type { KeptState } from '../room-record.ts';
import { DIGEST_STEPS, PROTOCOL_VERSION } from '../limits.ts';
import { Lockstep, LockstepError } from '../lockstep.ts';
import type { Entry, FromServer } from '../messages.ts';

type Turn = FromServer['turn'];

/** What a screen uses of the wall around it. */
interface Surroundings {
  readonly now: number;
  /** Null while no server runs. */
  readonly conductor: Conductor | null;
  connect(): number | null;
  post(connection: number, way: 'up' | 'down', isValid: () => boolean, deliver: () => void): void;
  wantState(member: number): void;
}

const FRAME_MILLISECONDS = 16;
const REPORT_MILLISECONDS = 150;
const RETRY_MILLISECONDS = 400;

export class SimulatedScreen {
  member = 0;
  /** Steps that it can run in a frame. */
  speed = 8;
  /** A screen that hangs does nothing, though its connection stays. */
  isHung = false;
  isCut = false;
  /** How often it has taken the state of another. */
  states = 0;
  readonly digests = new Map<number, number>();
  readonly #wall: Surroundings;
  readonly #index: number;
  #lockstep = new Lockstep(0, 0, DIGEST_STEPS);
  #state = 1;
  #connection: number | null = null;
  #isWaiting = true;
  #asked = -Infinity;
  #again = 0;
  #reported = 0;
  #late = 0;
  /** When it was in step last. */
  #inStep = -Infinity;

  constructor(wall: Surroundings, index: number) {
    this.#wall = wall;
    this.#index = index;
  }

  get step(): number {
    return this.#lockstep.step;
  }

  /** Whether it shows what it should. */
  isInStep(now: number): boolean {
    return !this.#isWaiting && !this.isHung && now - this.#inStep < 100;
  }

  /** The page is closed and opened again: nothing is left but its key. */
  restart(): void {
    this.breakOff();
    this.#lockstep = new Lockstep(0, 0, DIGEST_STEPS);
    this.#state = 1;
    this.#isWaiting = true;
    this.#again = this.#wall.now + 1500;
  }

  /** A fault in its memory. */
  corrupt(): void {
    this.#state += 1;
  }

  breakOff(): void {
    if (this.#connection !== null) this.#wall.conductor?.leave(this.member);
    this.#connection = null;
    this.#again = this.#wall.now + RETRY_MILLISECONDS;
  }

  receive(what: (to: SimulatedScreen) => void): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#wall.post(
      connection,
      'down',
      () => this.#connection === connection,
      () => what(this),
    );
  }

  take(turn: Turn): void {
    try {
      this.#lockstep.take(turn);
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      if (!this.#isWaiting) this.wantState();
    }
  }

  takeState({ step, entry, bytes }: KeptState, turn: Turn): void {
    this.#lockstep = new Lockstep(step, entry, DIGEST_STEPS);
    this.#state = bytes.length === 0 ? 1 : new DataView(bytes.buffer).getUint32(0);
    this.#isWaiting = false;
    this.states += 1;
    this.take(turn);
  }

  give(): KeptState {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, this.#state);
    return { step: this.#lockstep.step, entry: this.#lockstep.appliedEntry, bytes };
  }

  wantState(): void {
    const { now } = this.#wall;
    if (now - this.#asked < 2000) return;
    this.#asked = now;
    this.#isWaiting = true;
    this.#send(() => this.#wall.wantState(this.member));
  }

  frame(now: number): void {
    if ((now + this.#index) % FRAME_MILLISECONDS !== 0 || this.isHung) return;
    if (this.#connection === null && now >= this.#again && !this.isCut) this.#join();
    if (this.#isWaiting) {
      if (this.#connection !== null) this.wantState();
      return;
    }
    const lockstep = this.#lockstep;
    this.#late = Math.max(this.#late, lockstep.lateMilliseconds(now));
    const due = lockstep.due(now);
    lockstep.advance(Math.min(due, lockstep.step + this.speed), this);
    if (lockstep.step === due && lockstep.closed - lockstep.step < 10) this.#inStep = now;
    if (now - this.#reported < REPORT_MILLISECONDS) return;
    this.#reported = now;
    const report = { step: lockstep.step, lateMilliseconds: this.#late, framesPerSecond: 60, strategy: 'texture' };
    this.#late = 0;
    this.#send(() => this.#wall.conductor?.progress(this.member, report));
  }

  run(steps: number): void {
    for (let index = 0; index < steps; index += 1) this.#mix(0x9e37_79b9);
  }

  apply({ entry, operation }: Entry): void {
    const { points } = operation.event as { points: number[] };
    this.#mix(entry);
    this.#mix(points[0] * 1000 + points[1]);
  }

  reached(step: number): void {
    if (step === 0) return;
    this.digests.set(step, this.#state);
    const digest = this.#state.toString(16).padStart(64, '0');
    this.#send(() => this.#wall.conductor?.digest(this.member, { step, digest }));
  }

  #mix(value: number): void {
    this.#state = (Math.imul(this.#state ^ value, 0x85eb_ca6b) ^ (this.#state >>> 13)) >>> 0;
  }

  #join(): void {
    const connection = this.#wall.connect();
    const conductor = this.#wall.conductor;
    if (connection === null || !conductor) return;
    const { step, entry } = this.#lockstep;
    const has = this.#isWaiting ? {} : { has: { room: 'room', step, entry } };
    const key = `screen-with-number-${this.#index}`;
    const joined = conductor.join({
      version: PROTOCOL_VERSION,
      role: 'screen',
      token: '',
      key,
      renderer: 'one',
      ...has,
    });
    this.member = joined.member;
    this.#connection = connection;
    this.#asked = -Infinity;
    if (joined.from === 'state') {
      this.#isWaiting = true;
      return;
    }
    if (joined.from === 'start') {
      this.#lockstep = new Lockstep(0, 0, DIGEST_STEPS);
      this.#state = 1;
    }
    this.#isWaiting = false;
    const turn = conductor.turnFrom(joined.entry);
    if (turn) this.receive((to) => to.take(turn));
  }

  #send(deliver: () => void): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#wall.post(connection, 'up', () => this.#connection === connection, deliver);
  }
}
