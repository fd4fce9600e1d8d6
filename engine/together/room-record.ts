/** What a wall's server writes down, so that the room survives it. */
import type { FromServer } from './messages.ts';

/** A whole state, as one screen has sent it. */
export interface KeptState {
  /** The step that runs next. */
  readonly step: number;
  /** The first entry that it does not include. */
  readonly entry: number;
  readonly bytes: Uint8Array;
}

/** What is written down before it is sent. */
export interface TurnRecord {
  readonly turn: FromServer['turn'];
  /** The last number taken from each author in this turn, by key. */
  readonly taken: Readonly<Record<string, number>>;
}

/** What was written down. */
export interface RoomRecord {
  readonly room: string;
  readonly state: KeptState | null;
  readonly turns: readonly TurnRecord[];
  /** The last number taken from each author before those turns. */
  readonly taken: Readonly<Record<string, number>>;
}
