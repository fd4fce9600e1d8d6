/**
 * The messages of a wall. Every message to the server is checked against its schema before anything else is done with
 * it. Positions are in cells of the canvas, times in milliseconds of the server's clock.
 *
 * Two rules make everything else simple. Whoever draws gives each message a number, counted from 1 (`seq`), and sends
 * it again after a new connection until it is acknowledged; the server takes each number once, in order. And the server
 * puts every change into one log, each entry with the step before which it happens; no screen runs a step before the
 * server has closed it.
 */
import * as v from 'valibot';
import type { Region, WallScreen } from './geometry.ts';
import { operationEvents } from '../session/replay/operation-codec.ts';
import {
  FARTHEST_CELL,
  MOST_INK_BYTES,
  MOST_OPERATIONS,
  MOST_POINTS,
  MOST_RADIUS,
  MOST_SCREENS,
  type PROTOCOL_VERSION,
} from './limits.ts';

const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const between = (low: number, high: number) => v.pipe(v.number(), v.minValue(low), v.maxValue(high));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const cell = between(-FARTHEST_CELL, FARTHEST_CELL);
const count = whole(0, Number.MAX_SAFE_INTEGER);
const seq = whole(1, Number.MAX_SAFE_INTEGER);
const radius = between(0.1, MOST_RADIUS);
const milliseconds = between(0, Number.MAX_SAFE_INTEGER);
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** Who takes part: a `screen` of the wall, a visitor's `hand`, or the `operator`. */
export const ROLES = ['screen', 'hand', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** What whoever joins says about itself. */
export const joinSchema = v.strictObject({
  version: whole(0, 1000),
  role: v.picklist(ROLES),
  /** From the QR code, the settings or the operator's password. */
  token: text(200),
  /**
   * A random text that a page makes once and keeps: whoever comes back with it is the same member, even after a new
   * connection or a restart of the server. It is never told to others.
   */
  key: v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/)),
  /** Of a screen: its number in the settings, from 1. */
  screen: v.optional(whole(1, 1000)),
  /** Of a screen: the next entry of the log and the next step that it has, if it goes on; otherwise it starts anew. */
  has: v.optional(v.strictObject({ room: text(64), entry: count, step: count })),
  /** Of a screen: what computes its steps. Only screens with the same one agree bit for bit. */
  renderer: v.optional(text(400)),
});
export type Join = v.InferOutput<typeof joinSchema>;

/** A point of a stroke, in cells. */
export const pointSchema = v.strictObject({ x: cell, y: cell, pressure: v.optional(between(0, 1)) });

/**
 * What a hand does to the canvas. A stroke comes in segments with the same `stroke`; each of them repeats the last
 * point of the one before.
 */
export const handActionSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('stroke'),
    stroke: whole(0, 0xffff_ffff),
    points: v.pipe(v.array(pointSchema), v.minLength(1), v.maxLength(MOST_POINTS)),
    radius,
    erase: v.optional(v.boolean(), false),
  }),
  v.strictObject({
    do: v.literal('stamp'),
    x: cell,
    y: cell,
    /** The class, an index into the model's classes. */
    label: whole(0, 31),
    scale: v.optional(between(0.5, 2), 1),
    turn: v.optional(between(-180, 180), 0),
  }),
]);
export type HandAction = v.InferOutput<typeof handActionSchema>;

/** An operation as in a replay's file, with its ink. */
export const operationSchema = v.strictObject({
  event: v.variant('do', operationEvents),
  ink: v.optional(
    v.pipe(
      bytes,
      v.check((ink) => ink.length <= MOST_INK_BYTES, 'is too long'),
    ),
  ),
});
export type LoggedOperation = v.InferOutput<typeof operationSchema>;

const millimetres = between(-100_000, 100_000);
const screenSchema = v.strictObject({
  x: millimetres,
  y: millimetres,
  width: between(10, 100_000),
  height: between(10, 100_000),
});

/** Messages to the server, by their names. */
export const TO_SERVER = {
  /** Asks for the server's time. `sent` is the sender's own, and comes back. */
  clock: v.strictObject({ sent: milliseconds }),
  /** A hand, or a hand on a screen, draws. */
  draw: v.strictObject({ seq, action: handActionSchema }),
  /** Where a hand points; null when it has left. */
  cursor: v.strictObject({ at: v.nullable(v.strictObject({ x: cell, y: cell })) }),
  /** The screen that directs changes the canvas. */
  operations: v.strictObject({
    seq,
    operations: v.pipe(v.array(operationSchema), v.minLength(1), v.maxLength(MOST_OPERATIONS)),
  }),
  /** The screen that directs says which of the settings' scenes is on, and what all screens together show of the canvas. */
  show: v.strictObject({
    scene: v.nullable(whole(0, 999)),
    /** The cell in the middle of the wall, and how many times larger than the whole canvas it is shown. */
    view: v.strictObject({ x: cell, y: cell, zoom: between(1, 1000) }),
  }),
  /** What a screen shows: several times a second. */
  progress: v.strictObject({
    /** The step that runs next. */
    step: count,
    /** The longest that a frame since the last report came after the agreed time. */
    lateMilliseconds: milliseconds,
    framesPerSecond: between(0, 1000),
    strategy: text(40),
  }),
  /** The digest of a screen's state before a step. */
  digest: v.strictObject({ step: count, digest }),
  /** A screen asks for the state of another. */
  wantState: v.strictObject({ reason: v.picklist(['new', 'late', 'differs', 'lost', 'follows']) }),
  /** A part of a state for screens that asked for it. */
  state: v.strictObject({
    step: count,
    entry: count,
    part: whole(0, 0xffff),
    parts: whole(1, 0xffff),
    bytes,
  }),
  /**
   * The leader's map for phones: the tiles that have changed, see `hands/map-code.ts`, and the colours of their values.
   */
  map: v.strictObject({
    colors: v.pipe(v.array(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/))), v.minLength(2), v.maxLength(64)),
    bytes,
  }),
  /** The operator moves the screens of the wall. They show it at once; the settings file keeps it. */
  arrange: v.strictObject({
    /** In millimetres. */
    screens: v.pipe(v.array(screenSchema), v.minLength(1), v.maxLength(MOST_SCREENS)),
    /** Whether each screen shows its number. */
    isNumbered: v.boolean(),
  }),
} as const;

export type ToServer = { readonly [Name in keyof typeof TO_SERVER]: v.InferOutput<(typeof TO_SERVER)[Name]> };

/** What the canvas of a wall is, the same for every screen. */
export interface WallCanvas {
  /** The model's name. */
  readonly model: string;
  readonly columns: number;
  readonly rows: number;
  /** In cells. */
  readonly tile: number;
  readonly seed: number;
  /** How to compute the step; a fixed one, since the bits depend on it. */
  readonly strategy: string;
  readonly dropout: number | null;
  readonly palette: string;
  readonly view: string;
}

export interface Entry {
  /** The number in the log, from 0. */
  readonly entry: number;
  /** The step before which it happens. */
  readonly step: number;
  /** Whether a visitor has drawn it, or it belongs to the show. */
  readonly by: 'hand' | 'show';
  readonly operation: LoggedOperation;
}

/** One of the members, as others may know it. */
export interface MemberView {
  readonly member: number;
  readonly role: Role;
  readonly isPresent: boolean;
  /** The colour of a hand's ring, a hue in degrees. */
  readonly hue: number;
  /** Of a screen. */
  readonly screen: number | null;
  readonly step: number;
  readonly lagSteps: number;
  readonly lateMilliseconds: number;
  readonly framesPerSecond: number;
  /** The step of the last digest, and whether it was the room's. */
  readonly digestStep: number | null;
  readonly agrees: boolean | null;
  /** Whether it takes the leader's state because its renderer is another. */
  readonly follows: boolean;
  readonly isLeader: boolean;
  readonly renderer: string;
}

/** Messages from the server, by their names. */
export interface FromServer {
  readonly welcome: {
    readonly version: typeof PROTOCOL_VERSION;
    /** The room's name. It changes when the canvas is started anew. */
    readonly room: string;
    /** The number by which others know you. */
    readonly member: number;
    readonly hue: number;
    /** The last number of yours that was taken. */
    readonly seq: number;
    readonly canvas: WallCanvas;
    /** For a screen. */
    readonly region: Region | null;
    /** For the operator: where the screens are, in millimetres. */
    readonly screens: readonly WallScreen[] | null;
    readonly isFrozen: boolean;
    readonly isClosed: boolean;
    /** Addresses of all servers of this wall; the page tries them in turn. */
    readonly servers: readonly string[];
    /** For a screen: whether it goes on from what it has, starts at step 0, or has to ask for a state. */
    readonly from: 'here' | 'start' | 'state';
    readonly entry: number;
    readonly closed: number;
    readonly time: number;
  };
  readonly clock: { readonly sent: number; readonly time: number };
  /** All steps below `closed` may run; the picture before step `closed` is shown at `time`. */
  readonly turn: {
    readonly entry: number;
    readonly entries: readonly Entry[];
    readonly closed: number;
    readonly time: number;
  };
  /** Numbers up to this one are in the log; the last of them before this step. */
  readonly taken: { readonly seq: number; readonly step: number };
  /** This number was not taken, and will not be. */
  readonly refused: { readonly seq: number; readonly reason: string };
  readonly cursors: readonly {
    readonly member: number;
    readonly hue: number;
    readonly at: { readonly x: number; readonly y: number } | null;
  }[];
  /** Save your state at the next step, and send it. */
  readonly giveState: Record<string, never>;
  readonly state: ToServer['state'];
  /** Your state was not the room's: ask for one. */
  readonly differs: { readonly step: number };
  /** For a screen: the part of the canvas that it shows from now on, and whether it shows its number. */
  readonly arranged: { readonly region: Region | null; readonly isNumbered: boolean };
  /** The operator has frozen the wall, or it is outside its opening hours. */
  readonly frozen: { readonly isFrozen: boolean; readonly isClosed: boolean };
  /** What the show is at, at a moment of the server's time, and which screen shows the captions, if any. */
  readonly show: ToServer['show'] & { readonly time: number; readonly captionScreen: number };
  /** Whether you direct the wall: the show's operations are yours to send. Or whether your renderer is another than
   * the leader's, so that you take its state from time to time. */
  readonly lead: { readonly leads: boolean; readonly follows: boolean };
  /** The code for phones, an SVG path in a square of so many units, and where it is shown; null if there is none. */
  readonly code: {
    readonly size: number;
    readonly path: string;
    readonly screen: number;
    readonly corner: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';
    /** Its side as a share of the screen's shorter side. */
    readonly share: number;
  } | null;
  readonly dropped: { readonly reason: string };
}
