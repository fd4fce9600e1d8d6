/**
 * What a hand, which is a visitor's phone, and the server say to each other over one WebSocket. Everything is JSON, except
 * the map, which is binary. Positions are in cells of the whole canvas.
 */

/** The path of the WebSocket, below the page. */
export const HAND_PATH = 'hand-socket';

/** Most characters of a message from a hand. */
export const MOST_MESSAGE_CHARACTERS = 2048;

export const HAND_TOOLS = ['pen', 'brush', 'eraser'] as const;
export type HandTool = (typeof HAND_TOOLS)[number];

/** The radius of each tool, in cells. */
export const TOOL_RADIUS_CELLS: Readonly<Record<HandTool, number>> = { pen: 1.4, brush: 2.6, eraser: 4 };

/** Numbers for each point of a stroke: x and y. */
export const NUMBERS_A_POINT = 2;
/** The most points in one message. */
export const MOST_POINTS = 32;
/** The longest way from one point to the next, in cells. The phone divides what is longer. */
export const MOST_SEGMENT_CELLS = 48;

/** The side of the square that a stamped digit fills, in cells. */
export const STAMP_CELLS = 20;

/** What a hand does, numbered from 1 without gaps, so that nothing is lost, repeated or out of order. */
export type HandEvent =
  | {
      readonly kind: 'stroke';
      readonly n: number;
      readonly tool: HandTool;
      /** Whether a new stroke begins; if not, it goes on from the last point. */
      readonly begins: boolean;
      /** x and y of each point. */
      readonly points: readonly number[];
    }
  | {
      readonly kind: 'stamp';
      readonly n: number;
      readonly digit: number;
      readonly x: number;
      readonly y: number;
    };

export type FromHand =
  /** Joins with the token of the code. */
  | { readonly kind: 'join'; readonly token: string }
  /** Comes back with its key. */
  | { readonly kind: 'return'; readonly key: string }
  | HandEvent
  /** The part of the canvas that the phone shows. */
  | {
      readonly kind: 'look';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    };

/** Why a hand is not let in, or is sent away. */
export const REFUSALS = ['token', 'key', 'full', 'dropped', 'closed', 'replaced', 'fault', 'fast'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Amounts that grow again with time. */
export interface Rate {
  readonly perSecond: number;
  readonly most: number;
}

export interface Welcome {
  readonly kind: 'welcome';
  /** With which the hand comes back after it has lost the connection. */
  readonly key: string;
  /** The number by which the screens know the hand, from which its ring follows. */
  readonly member: number;
  /** The last event that was taken. What comes after it is to be sent again. */
  readonly taken: number;
  readonly canvas: { readonly columns: number; readonly rows: number; readonly tile: number };
  /** How much ink the hand has, in cells. */
  readonly ink: Rate;
  /** The addresses of all servers of the wall, where the hand goes on if this one fails; none if it is the only one. */
  readonly servers: readonly string[];
}

export type ToHand =
  | Welcome
  | { readonly kind: 'refused'; readonly why: Refusal }
  /** All events up to this one are on the canvas, and safe. Sent every few seconds in any case. */
  | { readonly kind: 'taken'; readonly n: number }
  /** While the canvas is frozen, events are not taken; afterwards, they are to be sent again. */
  | { readonly kind: 'state'; readonly isFrozen: boolean }
  /** The colours of the map, `#rrggbb`: paper, ink without a class, and one for each class. */
  | { readonly kind: 'colors'; readonly colors: readonly string[] };
