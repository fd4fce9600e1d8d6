/** Sends what must not be lost: everything that this page changes, numbered in one row. */
import type { HandAction, LoggedOperation } from '../../../together/messages.ts';
import { Outbox } from '../../../together/outbox.ts';
import type { WallConnection } from './connection.ts';

type Change =
  | { readonly name: 'draw'; readonly action: HandAction }
  | { readonly name: 'operations'; readonly operations: LoggedOperation[] };

export class Sender {
  /** Called when a change is in the log, with its number and the step before which it happens. */
  onTaken: (seq: number, step: number) => void = () => undefined;
  readonly #connection: WallConnection;
  readonly #outbox = new Outbox<Change>();

  /** Create it before the connection is welcomed. */
  constructor(connection: WallConnection) {
    this.#connection = connection;
    connection.events.on('taken', ({ seq, step }) => {
      this.#outbox.taken(seq);
      this.onTaken(seq, step);
    });
    connection.events.on('refused', ({ seq }) => this.#outbox.refused(seq));
    connection.events.on('welcome', ({ seq }) => {
      this.#outbox.taken(seq);
      for (const { seq: again, message } of this.#outbox.waiting) this.#send(again, message);
    });
  }

  /** The number of changes that were not acknowledged yet. */
  get waiting(): number {
    return this.#outbox.waiting.length;
  }

  /** Returns the number of the change. */
  draw(action: HandAction): number {
    return this.#add({ name: 'draw', action });
  }

  /** Returns the number of the change. Only the screen that leads may send operations. */
  operate(operations: LoggedOperation[]): number {
    return this.#add({ name: 'operations', operations });
  }

  #add(change: Change): number {
    const seq = this.#outbox.add(change);
    this.#send(seq, change);
    return seq;
  }

  #send(seq: number, change: Change): void {
    if (change.name === 'draw') this.#connection.send('draw', { seq, action: change.action });
    else this.#connection.send('operations', { seq, operations: change.operations });
  }
}
