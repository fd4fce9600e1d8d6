/**
 * What one hand may do: its messages are counted and turned into actions. Knows nothing of sockets, so that it
 * can be tested by the million.
 */
import { Allowance } from '../../../../together/hands/allowance.ts';
import type { HandAction, ToServer } from '../../../../together/messages.ts';
import {
  type HandEvent,
  NUMBERS_A_POINT,
  type Rate,
  type Refusal,
  TOOL_RADIUS_CELLS,
} from '../../../../together/hands/hand-messages.ts';
import { inkOfPath, STAMP_INK_CELLS } from '../../../../together/hands/ink.ts';

export type Position = NonNullable<ToServer['cursor']['at']>;

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
  | { readonly kind: 'draw'; readonly action: HandAction }
  /** It was taken before, or will be sent again. */
  | { readonly kind: 'ignore' }
  | { readonly kind: 'refuse'; readonly why: Refusal };

const IGNORE: Verdict = { kind: 'ignore' };
const FAULT: Verdict = { kind: 'refuse', why: 'fault' };

export class Hand {
  /** The last event that was taken. */
  taken = 0;
  /** When the hand may go on, in milliseconds of the caller's clock. */
  waitUntilMilliseconds = 0;
  readonly #ink: Allowance;
  readonly #messages: Allowance;
  #last: Position | null = null;
  #strokes = 0;
  /** Whether events were not taken, so that those that follow have to be sent again as well. */
  #waitsForRepeats = false;

  constructor(limits: HandLimits, nowMilliseconds: number) {
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

  /** Turns an event into what the wall draws. While the canvas is frozen, it is not taken. */
  hear(event: HandEvent, isFrozen: boolean, nowMilliseconds: number): Verdict {
    if (event.n <= this.taken) return IGNORE;
    if (event.n !== this.taken + 1) return this.#waitsForRepeats ? IGNORE : FAULT;
    this.#waitsForRepeats = isFrozen;
    if (isFrozen) return IGNORE;
    this.taken = event.n;
    const { action, ink } = event.kind === 'stroke' ? this.#stroke(event) : this.#stamp(event);
    if (!this.#wait(this.#ink.spend(ink, nowMilliseconds), nowMilliseconds)) return { kind: 'refuse', why: 'fast' };
    return { kind: 'draw', action };
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
    return { action: { do: 'stamp', x, y, label: digit, scale: 1, turn: 0 }, ink: STAMP_INK_CELLS };
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
