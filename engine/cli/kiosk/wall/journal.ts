/**
 * What a wall's server writes down before it sends it: the latest state that a screen has sent, and every turn since. A
 * server that starts again, or another process that takes over, goes on from there.
 */
import { deserialize, serialize } from 'node:v8';
import type { KeptState, RoomRecord, TurnRecord } from '../../../together/room-record.ts';
import { MOST_REMEMBERED } from '../../../together/limits.ts';

/** Keeps records in order. */
export interface Store {
  read(): Promise<Uint8Array[]>;
  /** @throws if another process has taken over */
  append(record: Uint8Array): Promise<void>;
  /** Replaces everything at once. */
  replace(records: readonly Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

type Head = Pick<RoomRecord, 'room' | 'state' | 'taken'>;

export class Journal {
  readonly #store: Store;
  #head: Head = { room: '', state: null, taken: {} };
  #turns: TurnRecord[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /** Returns what was written down, or null if that is nothing or cannot be read. */
  async load(): Promise<RoomRecord | null> {
    const [first, ...rest] = await this.#store.read();
    if (!first) return null;
    this.#head = deserialize(first) as Head;
    this.#turns = rest.map((record) => deserialize(record) as TurnRecord);
    return { ...this.#head, turns: this.#turns };
  }

  /** Begins a new room. */
  async begin(room: string): Promise<void> {
    this.#head = { room, state: null, taken: {} };
    this.#turns = [];
    await this.#store.replace([serialize(this.#head)]);
  }

  async append(record: TurnRecord): Promise<void> {
    this.#turns.push(record);
    await this.#store.append(serialize(record));
  }

  /** Keeps a state, after which the turns before it are no longer needed. */
  async keep(state: KeptState): Promise<void> {
    const isOlder = ({ turn }: TurnRecord): boolean => turn.closed <= state.step;
    const taken = new Map(Object.entries(this.#head.taken));
    for (const record of this.#turns.filter(isOlder)) {
      for (const [key, seq] of Object.entries(record.taken)) {
        // The latest ones are last, so that the others are forgotten first.
        taken.delete(key);
        taken.set(key, seq);
      }
    }
    this.#head = { ...this.#head, state, taken: Object.fromEntries([...taken].slice(-MOST_REMEMBERED)) };
    this.#turns = this.#turns.filter((record) => !isOlder(record));
    await this.#store.replace([this.#head, ...this.#turns].map((record) => serialize(record)));
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
