/** A screen without a picture: keeps in step with a wall, and writes down which changes it has applied. */
import { randomBytes } from 'node:crypto';
import { RealClock } from '../../../core/clock.ts';
import { DIGEST_STEPS, PROTOCOL_VERSION } from '../../../together/limits.ts';
import { Lockstep, LockstepError } from '../../../together/lockstep.ts';
import type { Entry, FromServer, Join, LoggedOperation } from '../../../together/messages.ts';
import { WallConnection } from '../../../page/features/wall/connection.ts';

const FRAME_MILLISECONDS = 10;
const REPORT_MILLISECONDS = 100;

export class MadeUpScreen {
  /** The changes that it has applied, in order, and the steps before which they happened. */
  readonly applied: { readonly step: number; readonly operation: LoggedOperation }[] = [];
  readonly connection: WallConnection;
  /** The longest time for which it stood still, while it was in step before and after. */
  longestRestMilliseconds = 0;
  #lockstep = new Lockstep(0, 0, DIGEST_STEPS);
  #room = '';
  #moved = 0;
  #reported = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(address: string, token: string, screen: number) {
    const clock = new RealClock();
    const key = randomBytes(18).toString('base64url');
    this.connection = new WallConnection(clock, address, (): Join => {
      const { step, entry } = this.#lockstep;
      const has = this.#room === '' ? {} : { has: { room: this.#room, step, entry } };
      return { version: PROTOCOL_VERSION, role: 'screen', token, key, screen, renderer: 'none', ...has };
    });
    const { events } = this.connection;
    events.on('welcome', ({ room }) => {
      this.#room = room;
    });
    events.on('turn', (turn) => this.#take(turn));
    this.#timer = setInterval(() => this.#frame(clock.now()), FRAME_MILLISECONDS);
  }

  get step(): number {
    return this.#lockstep.step;
  }

  close(): void {
    clearInterval(this.#timer);
    this.connection.close();
  }

  run(): void {
    // Nothing is computed.
  }

  apply({ step, operation }: Entry): void {
    this.applied.push({ step, operation });
  }

  reached(step: number): void {
    // All who have applied the same changes send the same digest.
    const digest = this.applied.length.toString(16).padStart(64, '0');
    if (step > 0) this.connection.send('digest', { step, digest });
  }

  #take(turn: FromServer['turn']): void {
    try {
      this.#lockstep.take(turn);
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      this.connection.send('wantState', { reason: 'late' });
    }
  }

  #frame(now: number): void {
    if (!this.connection.agreed.isKnown) return;
    const before = this.#lockstep.step;
    const time = this.connection.now();
    const late = this.#lockstep.lateMilliseconds(time);
    this.#lockstep.advance(this.#lockstep.due(time), this);
    if (this.#lockstep.step > before) {
      if (this.#moved > 0) this.longestRestMilliseconds = Math.max(this.longestRestMilliseconds, now - this.#moved);
      this.#moved = now;
    }
    if (now - this.#reported < REPORT_MILLISECONDS) return;
    this.#reported = now;
    const report = { lateMilliseconds: late, framesPerSecond: 60, strategy: 'none' };
    this.connection.send('progress', { step: this.#lockstep.step, ...report });
  }
}
