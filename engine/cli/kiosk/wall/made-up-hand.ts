/** A hand that draws strokes at random, like a visitor's phone, and remembers when. */
import { randomBytes } from 'node:crypto';
import { placeStrokes } from '../../../common/handwriting/stroke.ts';
import { writeDigit } from '../../../common/handwriting/write-digit.ts';
import { Random } from '../../../common/random/random.ts';
import { RealClock } from '../../../core/clock.ts';
import { MOST_POINTS, PROTOCOL_VERSION } from '../../../together/limits.ts';
import type { HandAction } from '../../../together/messages.ts';
import { WallConnection } from '../../../page/features/wall/connection.ts';
import { Sender } from '../../../page/features/wall/sender.ts';

/** Points of a stroke, and the time between two. */
const POINTS = 24;

/** The side of a digit's box. */
const DIGIT_CELLS = 18;

/** A segment that was sent. */
export interface Sent {
  /** In the server's time. */
  readonly time: number;
  /** The step before which it happened. */
  readonly step: number;
}

export class MadeUpHand {
  /** The points of each segment that it has drawn, as the log has them. */
  readonly segments: number[][] = [];
  #sent = new Map<number, Sent>();
  #taken: Sent[] = [];
  #drawn = 0;
  readonly #connection: WallConnection;
  readonly #random: Random;
  readonly #sender: Sender;
  readonly #canvas: { readonly width: number; readonly height: number };
  readonly #timer: NodeJS.Timeout;
  #points: { x: number; y: number }[] = [];
  /** The way of the last stroke. */
  #way: { readonly x: number; readonly y: number }[] = [];
  #isErasing = true;
  #stroke = 0;
  #left = 0;

  constructor(
    address: string,
    token: string,
    given: {
      readonly canvas: { readonly width: number; readonly height: number };
      readonly seed: number;
      readonly eventsPerSecond: number;
    },
  ) {
    const { canvas, seed, eventsPerSecond } = given;
    this.#canvas = canvas;
    this.#random = new Random(seed);
    const key = randomBytes(18).toString('base64url');
    const join = { version: PROTOCOL_VERSION, role: 'hand', token, key } as const;
    this.#connection = new WallConnection(new RealClock(), address, () => join);
    this.#sender = new Sender(this.#connection);
    this.#sender.onTaken = (last, step) => {
      for (const [seq, sent] of this.#sent) {
        if (seq > last) break;
        this.#taken.push({ ...sent, step });
        this.#sent.delete(seq);
      }
    };
    this.#timer = setInterval(() => this.#draw(), 1000 / eventsPerSecond);
  }

  /** How many segments it has drawn. */
  get drawn(): number {
    return this.#drawn;
  }

  /** The segments that were acknowledged since the last call. */
  takeSent(): Sent[] {
    const taken = this.#taken;
    this.#taken = [];
    return taken;
  }

  /** Segments that the server has not acknowledged. */
  get waiting(): number {
    return this.#sender.waiting;
  }

  /** Draws no more. */
  rest(): void {
    clearInterval(this.#timer);
  }

  /** Writes a digit around a point, as a pen does: stroke by stroke. */
  write(digit: number, { x, y }: { readonly x: number; readonly y: number }): void {
    const box = { x, y, size: DIGIT_CELLS, turn: 0 };
    for (const stroke of placeStrokes(writeDigit(this.#random, digit), box)) {
      this.#stroke += 1;
      for (let start = 0; start < stroke.length - 1; start += MOST_POINTS - 1) {
        const points = stroke.slice(start, start + MOST_POINTS);
        this.#send({ do: 'stroke', stroke: this.#stroke, points, radius: 1.5, erase: false });
      }
    }
  }

  /** Shows where it is, if it is connected. */
  point(at: { readonly x: number; readonly y: number }): void {
    this.#connection.send('cursor', { at: { ...at } });
  }

  close(): void {
    this.rest();
    this.#connection.close();
  }

  #draw(): void {
    if (!this.#connection.agreed.isKnown) return;
    if (this.#left === 0) this.#begin();
    const next = this.#way[POINTS - this.#left];
    this.#left -= 1;
    this.#points = [...this.#points.slice(-1), next];
    const erase = this.#isErasing;
    this.#send({ do: 'stroke', stroke: this.#stroke, points: this.#points, radius: erase ? 3 : 1.5, erase });
  }

  /** Every second stroke wipes away the one before it, so that the canvas stays as empty as it is. */
  #begin(): void {
    this.#stroke += 1;
    this.#left = POINTS;
    this.#points = [];
    this.#isErasing = !this.#isErasing;
    if (!this.#isErasing) this.#way = this.#makeWay();
  }

  #makeWay(): { readonly x: number; readonly y: number }[] {
    const { width, height } = this.#canvas;
    let [x, y] = [this.#random.range(0, width), this.#random.range(0, height)];
    return Array.from({ length: POINTS }, () => {
      x += this.#random.range(-2, 2);
      y += this.#random.range(-2, 2);
      return { x, y };
    });
  }

  #send(action: Extract<HandAction, { do: 'stroke' }>): void {
    this.segments.push(action.points.flatMap(({ x, y, pressure = 1 }) => [x, y, pressure]));
    this.#drawn += 1;
    this.#sent.set(this.#sender.draw(action), { time: this.#connection.now(), step: 0 });
  }
}
