/** The one order of all changes to the canvas: what waits for the next step, and what has happened before which step. */
import type { Entry, FromServer, LoggedOperation } from './messages.ts';
import type { KeptState, TurnRecord } from './room-record.ts';

/** Entries older than the state that is kept are kept for this number of steps, for screens that come back. */
const TAIL_STEPS = 3000;

/** Changes of one step. What comes beyond waits for the next one. */
const MOST_ENTRIES_A_STEP = 512;

/** A change that waits for the next step. */
interface Pending {
  /** The author's key; empty if the change comes from the server itself. */
  readonly key: string;
  readonly seq: number;
  readonly by: Entry['by'];
  readonly operations: readonly LoggedOperation[];
}

export class TurnLog {
  #pending: Pending[] = [];
  #entries: Entry[] = [];
  #entry = 0;
  #closed = 0;
  #time: number;

  constructor(time: number) {
    this.#time = time;
  }

  /** The number of the next entry. */
  get entry(): number {
    return this.#entry;
  }

  /** The first step that may not run yet. */
  get closed(): number {
    return this.#closed;
  }

  /** When the picture before that step is shown. */
  get time(): number {
    return this.#time;
  }

  get isWaiting(): boolean {
    return this.#pending.length > 0;
  }

  /** Whether the log goes back to the first entry. */
  get isWhole(): boolean {
    return this.#first === 0;
  }

  add(pending: Pending): void {
    this.#pending.push(pending);
  }

  /** The log from an entry on, as one turn; null if that is no longer known. */
  from(entry: number): FromServer['turn'] | null {
    if (entry < this.#first || entry > this.#entry) return null;
    const entries = this.#entries.slice(entry - this.#first);
    return { entry, entries, closed: this.#closed, time: this.#time };
  }

  /** Closes the next step with what waits. @param time when its picture is shown */
  close(time: number): TurnRecord {
    const { entries, taken } = this.#takePending();
    const entry = this.#entry;
    this.#entries.push(...entries);
    this.#entry += entries.length;
    this.#closed += 1;
    this.#time = time;
    return { turn: { entry, entries, closed: this.#closed, time }, taken };
  }

  /** Forgets the entries that no screen can need any more, since there is a state. */
  truncate(state: KeptState): void {
    const oldest = this.#closed - TAIL_STEPS;
    this.#entries = this.#entries.filter(({ entry, step }) => entry >= state.entry || step >= oldest);
  }

  restore(state: KeptState | null, turns: readonly TurnRecord[]): void {
    this.#closed = state?.step ?? 0;
    this.#entry = state?.entry ?? 0;
    for (const { turn } of turns) {
      if (this.#entries.length === 0 && turn.entries.length > 0) this.#entry = turn.entry;
      this.#entries.push(...turn.entries);
      this.#entry = Math.max(this.#entry, turn.entry + turn.entries.length);
      this.#closed = Math.max(this.#closed, turn.closed);
    }
  }

  get #first(): number {
    return this.#entries[0]?.entry ?? this.#entry;
  }

  #takePending(): { entries: Entry[]; taken: Record<string, number> } {
    const entries: Entry[] = [];
    const taken: Record<string, number> = {};
    let count = 0;
    for (const { key, seq, by, operations } of this.#pending) {
      if (entries.length > 0 && entries.length + operations.length > MOST_ENTRIES_A_STEP) break;
      for (const operation of operations) {
        entries.push({ entry: this.#entry + entries.length, step: this.#closed, by, operation });
      }
      if (key !== '') taken[key] = seq;
      count += 1;
    }
    this.#pending = this.#pending.slice(count);
    return { entries, taken };
  }
}
