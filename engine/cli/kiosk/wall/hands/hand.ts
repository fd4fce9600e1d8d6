/**
 * What one hand may do: its messages are counted and turned into actions. Knows nothing of sockets, so that it
 * can be tested by the million.
 */
import { Allowance } from '../../../../together/hands/allowance.ts';
import {
  type HandEvent,
  NUMBERS_A_POINT,
  type Rate,
  type Refusal,
  TOOL_RADIUS_CELLS,
} from '../../../../together/hands/hand-messages.ts';
import { inkOfPath, STAMP_INK_CELLS } from '../../../../together/hands/ink.ts';

/** What the wall draws, in cells of the whole canvas. A segment of a stroke begins with the last point of the one before. */
export type HandAction =
  | {
      readonly do: 'stroke';
      readonly stroke: number;
      readonly points: readonly Position[];
      readonly radius: number;
      readonly erase: boolean;
    }
  | { readonly do: 'stamp'; readonly x: number; readonly y: number; readonly label: number };

export interface Position {
  readonly x: number;
  readonly y: number;
}

export interface HandLimits {
  readonly ink: Rate;
  readonly messages: Rate;
}

/** A phone sends at most 60 events a second, and a few more when its view moves. */
export const HAND_LIMITS: HandLimits = {
  ink: { perSecond: 400, most: 4000 },
  messages: { perSecond: 90, most: 300 },
};

/** A hand that has overdrawn by more than this is sent away; one that has overdrawn by less has to wait. */
const LONGEST_WAIT_MILLISECONDS = 20_000;

/** What follows from an event. */
export type Verdict =
  | { readonly kind: 'drawn'; readonly action: HandAction }
  /** It was seen before, so that nothing follows. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly why: Refusal };

const REPEATED: Verdict = { kind: 'repeated' };
const FAULT: Verdict = { kind: 'refused', why: 'fault' };

export class Hand {
  /** The last event that was seen. */
  seen: number;
  /** When the hand may go on, in milliseconds of the caller's clock. */
  waitUntilMilliseconds = 0;
  readonly #ink: Allowance;
  readonly #messages: Allowance;
  #last: Position | null = null;
  #strokes = 0;

  constructor(limits: HandLimits, seen: number, nowMilliseconds: number) {
    this.seen = seen;
    this.#ink = new Allowance(limits.ink, nowMilliseconds);
    this.#messages = new Allowance(limits.messages, nowMilliseconds);
  }

  /** Where the hand drew last. */
  get position(): Position | null {
    return this.#last;
  }

  /** Counts a message of any kind. Returns false if there were far too many. */
  count(nowMilliseconds: number): boolean {
    return this.#wait(this.#messages.spend(1, nowMilliseconds), nowMilliseconds);
  }

  /** Turns an event into what the wall draws. */
  hear(event: HandEvent, nowMilliseconds: number): Verdict {
    if (event.n <= this.seen) return REPEATED;
    // A connection loses nothing between two messages.
    if (event.n !== this.seen + 1) return FAULT;
    this.seen = event.n;
    const { action, ink } = event.kind === 'stroke' ? this.#stroke(event) : this.#stamp(event);
    if (!this.#wait(this.#ink.spend(ink, nowMilliseconds), nowMilliseconds)) return { kind: 'refused', why: 'fast' };
    return { kind: 'drawn', action };
  }

  #stroke({ points, begins, tool }: Extract<HandEvent, { kind: 'stroke' }>): Drawn {
    const radius = TOOL_RADIUS_CELLS[tool];
    const from = begins ? null : this.#last;
    if (from === null) this.#strokes += 1;
    const path: Position[] = from ? [from] : [];
    for (let at = 0; at < points.length; at += NUMBERS_A_POINT) path.push({ x: points[at], y: points[at + 1] });
    this.#last = path[path.length - 1];
    const action = { do: 'stroke', stroke: this.#strokes, points: path, radius, erase: tool === 'eraser' } as const;
    return { action, ink: inkOfPath(from, points, radius) };
  }

  #stamp({ digit, x, y }: Extract<HandEvent, { kind: 'stamp' }>): Drawn {
    this.#last = { x, y };
    return { action: { do: 'stamp', x, y, label: digit }, ink: STAMP_INK_CELLS };
  }

  #wait(milliseconds: number, nowMilliseconds: number): boolean {
    this.waitUntilMilliseconds = Math.max(this.waitUntilMilliseconds, nowMilliseconds + milliseconds);
    return milliseconds <= LONGEST_WAIT_MILLISECONDS;
  }
}

interface Drawn {
  readonly action: HandAction;
  readonly ink: number;
}
