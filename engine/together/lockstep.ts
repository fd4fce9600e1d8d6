/**
 * A member's side of the lockstep: which changes happen before which step, which steps may run, and when the picture of
 * each is shown. It knows nothing of the canvas or the network.
 */
import type { Entry, FromServer } from './messages.ts';

type Turn = FromServer['turn'];

/** A member's log has a gap, or contradicts the steps that it has run. It needs the state of another member. */
export class LockstepError extends Error {
  override name = 'LockstepError';
}

/** What a member does with the log. */
export interface LockstepActor {
  /** Runs this number of steps. */
  run(steps: number): void;
  /** Applies an entry. */
  apply(entry: Entry): void;
  /** Called before step `step` runs, after its entries have been applied, if that is one of the digest's steps. */
  reached(step: number): void;
}

/** When the picture before a step is shown, in the server's time. */
interface Showing {
  readonly step: number;
  readonly time: number;
}

export class Lockstep {
  readonly #every: number;
  #entries: Entry[] = [];
  #showings: Showing[] = [];
  /** The next entry to receive. */
  #entry: number;
  /** The next step to run. */
  #step: number;
  #closed: number;
  /** Whether the entries before the next step have been applied. */
  #lastReached = -1;

  /**
   * @param step the step that runs next
   * @param entry the next entry of the log
   * @param every how many steps there are between two calls of `reached`
   */
  constructor(step: number, entry: number, every: number) {
    this.#step = step;
    this.#closed = step;
    this.#entry = entry;
    this.#every = every;
  }

  get step(): number {
    return this.#step;
  }

  /** The first step that may not run yet. */
  get closed(): number {
    return this.#closed;
  }

  /** The next entry that has to be received. Those before it are kept, or have been applied. */
  get entry(): number {
    return this.#entry;
  }

  /** The next entry that has to be applied: what a state before {@link step} includes are those before it. */
  get appliedEntry(): number {
    return this.#entries[0]?.entry ?? this.#entry;
  }

  /**
   * Takes a turn. What is known already is ignored, so turns may be repeated.
   *
   * @throws LockstepError if turns are missing before it
   */
  take({ entry, entries, closed, time }: Turn): void {
    if (entry > this.#entry) throw new LockstepError(`Entries ${this.#entry} to ${entry - 1} are missing.`);
    for (const each of entries) {
      if (each.entry < this.#entry) continue;
      if (each.step < this.#step) throw new LockstepError(`Step ${each.step} has run without entry ${each.entry}.`);
      this.#entries.push(each);
      this.#entry = each.entry + 1;
    }
    if (closed <= this.#closed) return;
    this.#closed = closed;
    this.#showings.push({ step: closed, time });
  }

  /** The step whose picture is due at a moment of the server's time. At most as many steps run until then. */
  due(time: number): number {
    let due = this.#step;
    for (const showing of this.#showings) {
      if (showing.time > time) break;
      due = showing.step;
    }
    return Math.max(due, this.#step);
  }

  /** How long ago the picture of the present step was due; 0 if nothing is late. */
  lateMilliseconds(time: number): number {
    const next = this.#showings.find(({ step }) => step > this.#step);
    return next ? Math.max(0, time - next.time) : 0;
  }

  /** Runs the steps up to `target`, each after its entries; never one that is not closed. */
  advance(target: number, actor: LockstepActor): void {
    const end = Math.min(target, this.#closed);
    this.#applyDue(actor);
    while (this.#step < end) {
      const nextEntry = this.#entries[0]?.step ?? Infinity;
      const nextReached = (Math.floor(this.#step / this.#every) + 1) * this.#every;
      const stop = Math.min(end, nextEntry, nextReached);
      actor.run(stop - this.#step);
      this.#step = stop;
      this.#applyDue(actor);
    }
    while (this.#showings.length > 0 && this.#showings[0].step <= this.#step) this.#showings.shift();
  }

  /** Applies the entries before the next step, as soon as it is closed, since until then there may be more of them. */
  #applyDue(actor: LockstepActor): void {
    if (this.#step >= this.#closed) return;
    while (this.#entries.length > 0 && this.#entries[0].step <= this.#step) {
      const [entry] = this.#entries.splice(0, 1);
      actor.apply(entry);
    }
    if (this.#step % this.#every !== 0 || this.#lastReached === this.#step) return;
    this.#lastReached = this.#step;
    actor.reached(this.#step);
  }
}
