/** What the operator's page and the server say to each other, as JSON over HTTP. */
import type { MemberView } from '../messages.ts';

export const OPERATOR_PATHS = {
  state: 'operator/state',
  act: 'operator/act',
  enter: 'operator/enter',
  leave: 'operator/leave',
} as const;

/** A hand, as the operator sees it. */
export interface HandView {
  /** The number by which the screens know it. */
  readonly member: number;
  readonly isConnected: boolean;
  /** The time that a message takes to the phone and back; null if not known. */
  readonly latencyMilliseconds: number | null;
  readonly events: number;
}

/** The code for phones: an SVG path in a square of so many units. */
export interface JoinCode {
  readonly address: string;
  readonly size: number;
  readonly path: string;
}

export interface OperatorState {
  /** Whether the page was opened with a password. */
  readonly hasPassword: boolean;
  /** Whether a screen has opened the room. */
  readonly isOpen: boolean;
  readonly isFrozen: boolean;
  readonly step: number;
  readonly stepsPerSecond: number;
  readonly digests: { readonly compared: number; readonly equal: number };
  readonly screens: readonly MemberView[];
  readonly hands: readonly HandView[];
  readonly mostHands: number;
  readonly refused: number;
  /** Null if hands are not let in. */
  readonly code: JoinCode | null;
}

export type OperatorAct =
  /** Sends a hand away, or lets a screen begin again. */
  | { readonly do: 'drop'; readonly member: number }
  | { readonly do: 'clear' }
  | { readonly do: 'freeze'; readonly isFrozen: boolean };
