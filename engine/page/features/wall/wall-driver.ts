/** Runs the steps of a screen in lockstep with the others, and shows each picture at the agreed time. */
import { freshCanvas } from '../../../automaton/saved-canvas.ts';
import type { StepDriver } from '../../../session/canvas-frames.ts';
import type { Playground } from '../../../session/playground.ts';
import { decodeOperation } from '../../../session/replay/operation-codec.ts';
import { stateDigest } from '../../../session/replay/state-digest.ts';
import { DIGEST_STEPS } from '../../../together/limits.ts';
import { Lockstep, type LockstepActor, LockstepError } from '../../../together/lockstep.ts';
import type { Entry, FromServer, ToServer } from '../../../together/messages.ts';
import type { WallConnection } from './connection.ts';
import { decodeState, encodeState, partsOf, StateParts } from './wall-state.ts';

/** A screen that is behind runs at most this many steps in a frame. */
const MOST_STEPS_A_FRAME = 16;

/** A screen that is farther behind takes the state of another. */
const MOST_STEPS_BEHIND = 600;

const REPORT_MILLISECONDS = 150;

/** After asking for a state, this long until asking again. */
const ASK_MILLISECONDS = 4000;

/** A screen with another renderer than the leader's takes its state this often. */
const FOLLOW_MILLISECONDS = 10_000;

/** The number of the last frames whose times are kept, for measurements. */
const KEPT_FRAMES = 8192;

const NO_INK = new Uint8Array();

export class WallDriver implements StepDriver, LockstepActor {
  readonly #playground: Playground;
  readonly #connection: WallConnection;
  readonly #parts = new StateParts();
  #lockstep = new Lockstep(0, 0, DIGEST_STEPS);
  /** Whether a state is on its way or being loaded, until which nothing runs. */
  #isWaiting = true;
  #isLoading = false;
  #asked = -Infinity;
  /** Counts states that were asked for, to drop what belongs to an earlier one. */
  #era = 0;
  #late = 0;
  #reported = 0;
  /** Pairs of the server's time and the step that was shown. */
  readonly #frames = new Float64Array(2 * KEPT_FRAMES);
  #frameCount = 0;
  /** Called when an entry has changed the canvas. */
  applied: (entry: Entry) => void = () => undefined;

  constructor(playground: Playground, connection: WallConnection) {
    this.#playground = playground;
    this.#connection = connection;
    const { events } = connection;
    events.on('turn', (turn) => this.take(turn));
    events.on('giveState', () => void this.#give());
    events.on('state', (part) => void this.#receive(part));
    events.on('differs', () => this.ask('differs'));
    events.on('closed', () => {
      this.#asked = -Infinity;
    });
    playground.events.on('lost', () => {
      this.#isWaiting = true;
    });
    playground.events.on('restored', () => this.ask('lost'));
  }

  /** What this screen has, to go on from after a new connection; nothing while it waits for a state. */
  get has(): { readonly entry: number; readonly step: number } | null {
    return this.#isWaiting ? null : { entry: this.#lockstep.entry, step: this.#lockstep.step };
  }

  get step(): number {
    return this.#lockstep.step;
  }

  /** The last frames since a moment of the server's time: the time of each, and the step whose picture was shown. */
  shown(since: number): number[] {
    const oldest = Math.max(0, this.#frameCount - KEPT_FRAMES);
    let first = this.#frameCount;
    while (first > oldest && this.#frames[2 * ((first - 1) % KEPT_FRAMES)] > since) first -= 1;
    return Array.from({ length: 2 * (this.#frameCount - first) }, (_, index) => {
      return this.#frames[(2 * first + index) % this.#frames.length];
    });
  }

  /** Takes part from what a welcome says. */
  begin({ from }: FromServer['welcome']): void {
    if (from === 'start' && this.#lockstep.step === 0) this.#isWaiting = false;
    else if (from !== 'here') this.ask('new');
  }

  /** Asks for the state of another screen. */
  ask(reason: ToServer['wantState']['reason']): void {
    const now = this.#playground.clock.now();
    if (this.#isLoading || now - this.#asked < ASK_MILLISECONDS) return;
    this.#asked = now;
    // A screen that follows goes on until the state is there.
    if (reason !== 'follows') this.#isWaiting = true;
    this.#era += 1;
    this.#connection.send('wantState', { reason });
  }

  advance(): void {
    const now = this.#connection.now();
    if (this.#isWaiting) {
      if (this.#playground.live && this.#connection.isOpen) this.ask('new');
      return;
    }
    if (!this.#connection.agreed.isKnown) return;
    const lockstep = this.#lockstep;
    if (lockstep.closed - lockstep.step > MOST_STEPS_BEHIND) {
      this.ask('late');
      return;
    }
    const { clock } = this.#playground;
    const follows = this.#connection.latest.lead?.follows ?? false;
    if (follows && clock.now() - this.#asked > FOLLOW_MILLISECONDS) this.ask('follows');
    const due = lockstep.due(now);
    this.#late = Math.max(this.#late, lockstep.lateMilliseconds(now));
    lockstep.advance(Math.min(due, lockstep.step + MOST_STEPS_A_FRAME), this);
    const at = 2 * (this.#frameCount % KEPT_FRAMES);
    this.#frames[at] = now;
    this.#frames[at + 1] = lockstep.step;
    this.#frameCount += 1;
    this.#report(now);
  }

  run(steps: number): void {
    for (const { time } of this.#playground.simulations) time.advance(steps);
  }

  apply(entry: Entry): void {
    const { event, ink = NO_INK } = entry.operation;
    try {
      this.#playground.simulation.edits.apply(decodeOperation(event, ink));
    } catch {
      // It is outside of the canvas, on every screen alike.
    }
    this.applied(entry);
  }

  reached(step: number): void {
    if (step === 0) return;
    const era = this.#era;
    stateDigest(this.#playground.simulation).then(
      (digest) => {
        if (era === this.#era) this.#connection.send('digest', { step, digest });
      },
      // The context was lost meanwhile.
      () => undefined,
    );
  }

  /** Takes a turn of the log. */
  take(turn: FromServer['turn']): void {
    try {
      this.#lockstep.take(turn);
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      if (!this.#isWaiting) this.ask('late');
    }
  }

  #report(now: number): void {
    const { rates, simulation } = this.#playground;
    if (now - this.#reported < REPORT_MILLISECONDS) return;
    this.#reported = now;
    this.#connection.send('progress', {
      step: this.#lockstep.step,
      lateMilliseconds: this.#late,
      framesPerSecond: Math.min(1000, rates.framesPerSecond),
      strategy: simulation.strategy.name,
    });
    this.#late = 0;
  }

  async #give(): Promise<void> {
    if (this.#isWaiting || !this.#playground.live) return;
    const era = this.#era;
    const moment = { step: this.#lockstep.step, entry: this.#lockstep.appliedEntry };
    try {
      const bytes = await encodeState(this.#playground);
      if (era !== this.#era) return;
      for (const part of partsOf(bytes, moment)) this.#connection.send('state', part);
    } catch {
      // The context was lost meanwhile; the server asks another screen.
    }
  }

  async #receive(part: FromServer['state']): Promise<void> {
    const bytes = this.#parts.take(part);
    if (!bytes) return;
    this.#era += 1;
    const era = this.#era;
    this.#isWaiting = true;
    this.#asked = this.#playground.clock.now();
    // The turns that follow this message belong to the new state.
    this.#lockstep = new Lockstep(part.step, part.entry, DIGEST_STEPS);
    this.#isLoading = true;
    try {
      await this.#load(bytes);
      if (era === this.#era) this.#isWaiting = false;
    } catch (error) {
      if (!this.#playground.isLoss(error)) this.#playground.events.emit('failed', error);
    } finally {
      this.#isLoading = false;
    }
  }

  /** @param bytes of a state; none for a canvas on which nothing has happened yet */
  async #load(bytes: Uint8Array): Promise<void> {
    const playground = this.#playground;
    const { simulation, settings } = playground;
    await playground.whenLive();
    const { saved, model } =
      bytes.length > 0
        ? await decodeState(bytes)
        : {
            saved: freshCanvas(simulation.layout, simulation.model, simulation.seed, null),
            model: simulation.model,
          };
    const { strategy, dropout } = settings.values;
    await playground.load(saved, model, { strategy });
    await playground.models.strategySettled;
    settings.set({ dropout });
  }
}
