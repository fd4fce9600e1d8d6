/** What is known of a wall, for `/health` and `/metrics`. */
import type { Conductor } from '../../../together/conductor.ts';
import type { Refusal } from '../../../together/hands/hand-messages.ts';
import type { FromServer, MemberView } from '../../../together/messages.ts';

/** What is known of the phones. Counts are since the server was started. */
export interface HandsReport {
  /** How many take part at present, and how many may. */
  readonly present: number;
  readonly most: number;
  readonly joined: number;
  readonly events: number;
  readonly refused: Readonly<Record<Refusal, number>>;
  /** The time of a message to a phone and back: of the phone in the middle, and of the slowest; null if not known. */
  readonly roundTripMilliseconds: { readonly median: number; readonly most: number } | null;
}

/** The part of `/health` that tells of the wall. */
export interface WallReport {
  /** Whether this process holds the room. */
  readonly isHere: boolean;
  readonly step: number;
  readonly stepsPerSecond: number;
  readonly isFrozen: boolean;
  readonly entries: number;
  /** The steps at which digests were compared, and at which all were the same. */
  readonly digests: { readonly compared: number; readonly equal: number };
  readonly members: readonly MemberView[];
  /** Null if the settings let no hands in. */
  readonly hands: HandsReport | null;
}

export class WallBook {
  /** Asks the phones' server. */
  hands: () => HandsReport | null = () => null;
  #conductor: Conductor | null = null;
  #entries = 0;

  /** A room was opened in this process. */
  opened(conductor: Conductor): void {
    this.#conductor = conductor;
  }

  /** A turn was sent. */
  told({ entries }: FromServer['turn']): void {
    this.#entries += entries.length;
  }

  report(): WallReport {
    const conductor = this.#conductor;
    return {
      isHere: conductor !== null,
      step: conductor?.closed ?? 0,
      stepsPerSecond: conductor?.stepsPerSecond ?? 0,
      isFrozen: conductor?.isFrozen ?? false,
      entries: this.#entries,
      digests: conductor?.digests ?? { compared: 0, equal: 0 },
      members: conductor?.view() ?? [],
      hands: this.hands(),
    };
  }
}
