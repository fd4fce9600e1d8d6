/**
 * The room of a wall, without a network: puts every change into one order, closes one step after the other, follows
 * what the screens report, and decides who gets whose state. The server calls it and sends what it returns.
 */
import { Agreement } from './agreement.ts';
import { Authors } from './authors.ts';
import { DIGEST_STEPS } from './limits.ts';
import type { Entry, FromServer, Join, LoggedOperation, MemberView, Role, ToServer } from './messages.ts';
import { PaceKeeper } from './pace-keeper.ts';
import type { KeptState, RoomRecord, TurnRecord } from './room-record.ts';
import { TurnLog } from './turn-log.ts';

/** A screen that was not heard for this long is failing, and nobody waits for it. */
const SILENCE_MILLISECONDS = 1000;

/** Screens may be this far behind before the others wait for them. It is longer than the silence. */
const WINDOW_MILLISECONDS = 1500;

/** A screen counts again when it is this close behind. */
const RETURNED_MILLISECONDS = 250;

/** Whoever starts at step 0 would have to run all steps so far; with more than this, a state is faster. */
const MOST_STEPS_FROM_START = 200;

export interface ConductorOptions {
  readonly room: string;
  readonly stepsPerSecond: number;
  /** How long before its picture a step is closed. */
  readonly delayMilliseconds: number;
  readonly now: () => number;
}

interface Member {
  readonly member: number;
  readonly key: string;
  readonly role: Role;
  readonly screen: number | null;
  readonly hue: number;
  renderer: string;
  isPresent: boolean;
  /** Whether a state is on its way to it. */
  waitsForState: boolean;
  /** Whether the others wait for it if it is slow. */
  counts: boolean;
  step: number;
  lateMilliseconds: number;
  framesPerSecond: number;
  heard: number;
  digestStep: number | null;
  agrees: boolean | null;
}

export type Reception = 'taken' | 'repeated' | 'frozen';

export class Conductor {
  readonly #options: ConductorOptions;
  readonly #pace: PaceKeeper;
  readonly #agreement = new Agreement();
  readonly #members = new Map<number, Member>();
  readonly #authors = new Authors();
  readonly #log: TurnLog;
  #state: KeptState | null = null;
  #leader: number | null = null;
  #isFrozen = false;
  #isClosed = false;

  constructor(options: ConductorOptions, record: RoomRecord | null = null) {
    this.#options = options;
    this.#pace = new PaceKeeper(options.stepsPerSecond, options.delayMilliseconds);
    this.#log = new TurnLog(options.now());
    if (!record) return;
    const { state, turns, taken } = record;
    this.#state = state;
    this.#log.restore(state, turns);
    this.#authors.restore([taken, ...turns.map((turn) => turn.taken)]);
  }

  get room(): string {
    return this.#options.room;
  }

  /** The first step that may not run yet. */
  get closed(): number {
    return this.#log.closed;
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  set isFrozen(isFrozen: boolean) {
    this.#isFrozen = isFrozen;
    this.#pace.rest();
  }

  /** Whether it is outside the opening hours, when nothing moves and nobody can draw. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  set isClosed(isClosed: boolean) {
    this.#isClosed = isClosed;
    this.#pace.rest();
  }

  get leader(): number | null {
    return this.#leader;
  }

  get state(): KeptState | null {
    return this.#state;
  }

  /** The steps at which digests were compared, and at which all were the same. */
  get digests(): { readonly compared: number; readonly equal: number } {
    return this.#agreement.counts;
  }

  get stepsPerSecond(): number {
    return 1000 / this.#pace.intervalMilliseconds;
  }

  /** Takes a new connection. A key that is known is the same member as before. */
  join(join: Join): Pick<FromServer['welcome'], 'member' | 'hue' | 'seq' | 'from' | 'entry' | 'closed' | 'time'> {
    const now = this.#options.now();
    const member = this.#authors.come(join.key);
    const from = join.role === 'screen' ? this.#startOf(join) : 'here';
    this.#members.set(member, {
      member,
      key: join.key,
      role: join.role,
      screen: join.screen ?? null,
      // The golden angle: neighbours in number are far apart in colour.
      hue: Math.round((member * 137.508) % 360),
      renderer: join.renderer ?? '',
      isPresent: true,
      waitsForState: from === 'state',
      counts: false,
      step: from === 'here' ? (join.has?.step ?? this.closed) : 0,
      lateMilliseconds: 0,
      framesPerSecond: 0,
      heard: now,
      digestStep: null,
      agrees: null,
    });
    if (this.#leader === null) this.#chooseLeader();
    const entry = from === 'here' ? (join.has?.entry ?? this.#log.entry) : 0;
    const seq = this.#authors.lastOf(join.key);
    const { closed, time } = this.#log;
    const { hue } = this.#of(member);
    return { member, hue, seq, from, entry, closed, time };
  }

  leave(member: number): void {
    const one = this.#members.get(member);
    if (!one) return;
    one.isPresent = false;
    one.counts = false;
    this.#agreement.forget(member);
    if (one.role !== 'screen') {
      this.#members.delete(member);
      this.#authors.leave(one.key);
    }
    if (this.#leader === member) this.#chooseLeader();
  }

  /** The log from an entry on, as one turn; null if the server no longer has it. */
  turnFrom(entry: number): FromServer['turn'] | null {
    return this.#log.from(entry);
  }

  /** Takes a change from a member, once. */
  receive(member: number, seq: number, operations: readonly LoggedOperation[], by: Entry['by'] = 'hand'): Reception {
    const { key } = this.#of(member);
    if (seq <= this.#authors.lastOf(key)) return 'repeated';
    this.#authors.sent(key, seq);
    if (this.#isFrozen || this.#isClosed) return 'frozen';
    this.#log.add({ key, seq, by, operations });
    return 'taken';
  }

  /** A change that comes from the server itself. */
  insert(operation: LoggedOperation): void {
    this.#log.add({ key: '', seq: 0, by: 'show', operations: [operation] });
  }

  progress(member: number, { step, lateMilliseconds, framesPerSecond }: ToServer['progress']): void {
    const one = this.#of(member);
    // No screen is ahead of the room.
    if (step > this.closed) return;
    one.step = step;
    one.lateMilliseconds = lateMilliseconds;
    one.framesPerSecond = framesPerSecond;
    one.heard = this.#options.now();
    const lag = (this.closed - step) * this.#pace.intervalMilliseconds;
    if (lag <= RETURNED_MILLISECONDS + this.#options.delayMilliseconds) {
      one.counts = true;
      one.waitsForState = false;
    }
    if (this.#leader === null) this.#chooseLeader();
  }

  digest(member: number, { step, digest }: ToServer['digest']): void {
    // Only screens with the leader's renderer can have its bits.
    if (this.follows(member) || step > this.closed || step % DIGEST_STEPS !== 0) return;
    this.#agreement.report(member, step, digest, this.#options.now());
  }

  /** Whether a screen's renderer is another than the leader's. */
  follows(member: number): boolean {
    if (this.#leader === null) return false;
    return this.#of(member).renderer !== this.#of(this.#leader).renderer;
  }

  /** The screens that were found to differ since the last call. */
  takeDiffering(): { readonly member: number; readonly step: number }[] {
    const now = this.#options.now();
    const expected = this.#screens().filter(({ counts, member }) => counts && !this.follows(member));
    const numbers = expected.map(({ member }) => member);
    return this.#agreement.verdicts(numbers, this.#leader, now).flatMap(({ step, agree, differ }) => {
      for (const member of agree) this.#judge(member, step, true);
      for (const member of differ) this.#judge(member, step, false);
      return differ.map((member) => ({ member, step }));
    });
  }

  /** A screen asks for a state. Returns who should send one, or null if nobody can. */
  wantState(member: number): number | null {
    const one = this.#of(member);
    one.waitsForState = true;
    one.counts = false;
    this.#agreement.forget(member);
    if (this.#leader === member) this.#chooseLeader();
    const able = this.#screens().filter(
      (each) => each.member !== member && each.counts && !each.waitsForState && each.agrees !== false,
    );
    return (able.find((each) => each.member === this.#leader) ?? able[0])?.member ?? null;
  }

  /** Keeps a state that a screen has sent. Returns the screens that wait for one. */
  keep(state: KeptState): number[] {
    if (this.#state === null || state.step > this.#state.step) this.#state = state;
    this.#log.truncate(this.#state);
    return this.#screens()
      .filter(({ waitsForState }) => waitsForState)
      .map(({ member }) => member);
  }

  /** When {@link tick} has something to do. */
  get dueAt(): number {
    return this.#pace.dueAt(this.#options.now());
  }

  /** Closes the next step if it is time. The turn is written down, then sent to every screen. */
  tick(): TurnRecord | null {
    const now = this.#options.now();
    const counted = this.#counted(now);
    this.#pace.adapt(Math.max(0, ...counted.map(({ lateMilliseconds }) => lateMilliseconds)), now);
    if (!this.#mayClose(counted)) {
      this.#pace.rest();
      return null;
    }
    if (now < this.#pace.dueAt(now)) return null;
    return this.#log.close(this.#pace.take(now));
  }

  hueOf(member: number): number {
    return this.#of(member).hue;
  }

  /** The members, as others may know them. */
  view(): MemberView[] {
    const now = this.#options.now();
    return [...this.#members.values()].map((one) => ({
      member: one.member,
      role: one.role,
      isPresent: one.isPresent && (one.role !== 'screen' || now - one.heard <= SILENCE_MILLISECONDS),
      hue: one.hue,
      screen: one.screen,
      step: one.step,
      lagSteps: one.role === 'screen' ? Math.max(0, this.closed - one.step) : 0,
      lateMilliseconds: one.lateMilliseconds,
      framesPerSecond: one.framesPerSecond,
      digestStep: one.digestStep,
      agrees: one.agrees,
      follows: one.role === 'screen' && this.follows(one.member),
      isLeader: one.member === this.#leader,
      renderer: one.renderer,
    }));
  }

  #startOf({ has }: Join): FromServer['welcome']['from'] {
    if (has && has.room === this.room && has.step <= this.closed && this.turnFrom(has.entry)) return 'here';
    return this.#log.isWhole && this.closed <= MOST_STEPS_FROM_START ? 'start' : 'state';
  }

  #of(member: number): Member {
    const one = this.#members.get(member);
    if (!one) throw new RangeError(`There is no member ${member}.`);
    return one;
  }

  #screens(): Member[] {
    return [...this.#members.values()].filter(({ role, isPresent }) => role === 'screen' && isPresent);
  }

  /** The screens for which the others wait. One that is silent no longer counts. */
  #counted(now: number): Member[] {
    return this.#screens().filter((one) => {
      if (one.counts && now - one.heard > SILENCE_MILLISECONDS) {
        one.counts = false;
        this.#agreement.forget(one.member);
        if (this.#leader === one.member) this.#chooseLeader();
      }
      return one.counts;
    });
  }

  #mayClose(counted: readonly Member[]): boolean {
    if (this.#isFrozen || this.#isClosed) return false;
    if (this.#screens().length === 0) return this.#log.isWaiting;
    const steps = WINDOW_MILLISECONDS / this.#pace.intervalMilliseconds + 2;
    // Before the first screen is in step, nobody would see the steps.
    return counted.length === 0
      ? this.closed <= Math.max(0, ...this.#screens().map(({ step }) => step)) + steps
      : counted.every(({ step }) => this.closed - step <= steps);
  }

  #judge(member: number, step: number, agrees: boolean): void {
    const one = this.#members.get(member);
    if (!one) return;
    one.digestStep = step;
    one.agrees = agrees;
    if (!agrees && this.#leader === member) this.#chooseLeader();
  }

  /** The leader stays as long as it can. The next one has its renderer, if there is any that has. */
  #chooseLeader(): void {
    const before = this.#leader === null ? null : this.#members.get(this.#leader);
    const able = this.#screens().filter(({ waitsForState, agrees }) => !waitsForState && agrees !== false);
    const ready = able.filter(({ counts }) => counts);
    const among = ready.length > 0 ? ready : able;
    const next = among.find(({ renderer }) => renderer === before?.renderer) ?? among[0];
    this.#leader = next?.member ?? null;
  }
}
