/**
 * Turns what fingers, pens, mice and keys do into strokes and stamps, at most one message for each frame, and moves the
 * map with two fingers.
 */
import { type ContactEnd, Contacts } from '../session/contacts.ts';
import { Allowance } from '../together/hands/allowance.ts';
import {
  type HandTool,
  MOST_POINTS,
  MOST_SEGMENT_CELLS,
  type Rate,
  TOOL_RADIUS_CELLS,
} from '../together/hands/hand-messages.ts';
import { inkOfPath, STAMP_INK_CELLS } from '../together/hands/ink.ts';
import type { Point } from '../view/camera.ts';
import type { Deed } from './connection.ts';
import type { MapView } from './map-view.ts';

/** A finger waits this long for a second one, so that moving the map leaves no dots … */
const WAIT_MILLISECONDS = 80;
/** … unless it has moved this far, in CSS pixels. */
const WAIT_PIXELS = 8;
/** Points that are closer together than this, in cells, are left out. */
const LEAST_CELLS = 0.25;
const KEY_CELLS = 1;
const FAR_KEY_CELLS = 8;

export type Tool = HandTool | 'stamp';

export interface PenOptions {
  readonly element: HTMLCanvasElement;
  readonly map: MapView;
  readonly ink: Rate;
  /** Whether anything may be drawn now. */
  readonly mayDraw: () => boolean;
  readonly send: (deed: Deed) => void;
  /** The map was moved by two fingers. */
  readonly moved: () => void;
  /** The keyboard's pen was lowered or lifted. */
  readonly toggled: (isDown: boolean) => void;
}

interface Contact {
  readonly startMilliseconds: number;
  readonly start: Point;
  /** Where it is on the screen. */
  at: Point;
  readonly isTouch: boolean;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class Pen {
  tool: Tool = 'pen';
  digit = 0;
  readonly #options: PenOptions;
  readonly #ink: Allowance;
  readonly #contacts: Contacts<Contact>;
  readonly #stop = new AbortController();
  /** The contact that draws; null while none does, or while two move the map. */
  #drawing: Contact | null = null;
  /** Whether its stroke has begun. */
  #hasBegun = false;
  #isMoving = false;
  /** Positions in cells that have not been sent. */
  #points: Point[] = [];
  #last: Point | null = null;
  /** The keyboard's pen. */
  #cursor: Point | null = null;
  #isDown = false;
  #frame = 0;

  constructor(options: PenOptions) {
    this.#options = options;
    this.#ink = new Allowance(options.ink, performance.now());
    const { signal } = this.#stop;
    this.#contacts = new Contacts(
      options.element,
      {
        began: (event) => this.#began(event),
        moved: (contact, _event, samples) => this.#moved(contact, samples),
        ended: (contact, end) => this.#ended(contact, end),
        hovering: () => undefined,
      },
      signal,
    );
    options.element.addEventListener('keydown', (event) => this.#pressed(event), { signal });
  }

  /** How much ink is left, 0…1. */
  get inkShare(): number {
    return Math.max(0, this.#ink.left(performance.now()) / this.#options.ink.most);
  }

  /** Removes all listeners. */
  dispose(): void {
    this.#contacts.endAll();
    this.#stop.abort();
    cancelAnimationFrame(this.#frame);
  }

  #began(event: PointerEvent): Contact {
    const at = { x: event.offsetX, y: event.offsetY };
    const isTouch = event.pointerType === 'touch';
    const contact = { startMilliseconds: event.timeStamp, start: at, at, isTouch };
    if ([...this.#contacts.all()].length > 0) {
      this.#endStroke();
      this.#drawing = null;
      this.#isMoving = true;
      return contact;
    }
    this.#isMoving = false;
    this.#drawing = contact;
    this.#hasBegun = false;
    this.#add(at);
    if (!isTouch) this.#begin();
    else setTimeout(() => this.#drawing === contact && this.#begin(), WAIT_MILLISECONDS);
    return contact;
  }

  #moved(contact: Contact, samples: readonly PointerEvent[]): void {
    const before = contact.at;
    const last = samples[samples.length - 1];
    contact.at = { x: last.offsetX, y: last.offsetY };
    if (this.#isMoving) {
      this.#moveMap(contact, before);
      return;
    }
    if (contact !== this.#drawing) return;
    for (const { offsetX, offsetY } of samples) this.#add({ x: offsetX, y: offsetY });
    const { start, at } = contact;
    if (!this.#hasBegun && Math.hypot(at.x - start.x, at.y - start.y) >= WAIT_PIXELS) this.#begin();
  }

  #ended(contact: Contact, end: ContactEnd): void {
    if (contact !== this.#drawing) return;
    if (!this.#hasBegun && end !== 'cancelled') this.#begin();
    this.#endStroke();
    this.#drawing = null;
  }

  #moveMap(contact: Contact, before: Point): void {
    const { map, moved } = this.#options;
    const all = [...this.#contacts.all()];
    const other = all.find((each) => each !== contact);
    if (!other) return;
    const spread = Math.hypot(contact.at.x - other.at.x, contact.at.y - other.at.y);
    const spreadBefore = Math.hypot(before.x - other.at.x, before.y - other.at.y);
    map.camera.pan((contact.at.x - before.x) / 2, (contact.at.y - before.y) / 2);
    if (spread > 0 && spreadBefore > 0) {
      const middle = { x: (contact.at.x + other.at.x) / 2, y: (contact.at.y + other.at.y) / 2 };
      map.camera.zoom(spread / spreadBefore, middle);
    }
    map.redraw();
    moved();
  }

  #add(screen: Point): void {
    this.#points.push(roundPoint(this.#options.map.camera.toCells(screen)));
    if (this.#hasBegun) this.#flushSoon();
  }

  #begin(): void {
    this.#hasBegun = true;
    this.#last = null;
    if (this.tool === 'stamp') {
      this.#stamp(this.#points[0]);
      this.#points = [];
      this.#drawing = null;
    } else this.#flush();
  }

  #endStroke(): void {
    if (this.#hasBegun) this.#flush();
    this.#points = [];
    this.#last = null;
    this.#hasBegun = false;
  }

  #flushSoon(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#flush());
  }

  /** Draws and sends the points that have come since the last frame. */
  #flush(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const points = this.#points;
    this.#points = [];
    if (this.tool !== 'stamp') this.#stroke(points, this.tool);
  }

  #stroke(points: readonly Point[], tool: HandTool): void {
    const { map, mayDraw, send } = this.#options;
    const radius = TOOL_RADIUS_CELLS[tool];
    let begins = this.#last === null;
    let numbers: number[] = [];
    const sendNumbers = (): void => {
      if (numbers.length > 0) send({ kind: 'stroke', tool, begins, points: numbers });
      begins = false;
      numbers = [];
    };
    for (const point of points) {
      for (const next of wayTo(this.#last, point)) {
        const from = this.#last;
        const ink = inkOfPath(from, [next.x, next.y], radius);
        // A dry pen writes nothing. What it writes after that is a new stroke.
        if (!mayDraw() || this.#ink.left(performance.now()) < ink) {
          sendNumbers();
          this.#last = null;
          return;
        }
        this.#ink.spend(ink, performance.now());
        map.draw(from ?? next, next, radius, tool === 'eraser');
        map.cursor = next;
        numbers.push(next.x, next.y);
        this.#last = next;
        if (numbers.length === 2 * MOST_POINTS) sendNumbers();
      }
    }
    sendNumbers();
  }

  #stamp(at: Point): void {
    const { map, mayDraw, send } = this.#options;
    if (!mayDraw() || this.#ink.left(performance.now()) < STAMP_INK_CELLS) return;
    this.#ink.spend(STAMP_INK_CELLS, performance.now());
    send({ kind: 'stamp', digit: this.digit, x: at.x, y: at.y });
    map.cursor = at;
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { map } = this.#options;
    const centre = roundPoint(map.camera.centre);
    const at = this.#cursor ?? centre;
    if (event.key in ARROWS) {
      const [x, y] = ARROWS[event.key];
      const cells = event.shiftKey ? FAR_KEY_CELLS : KEY_CELLS;
      const { width, height } = map.camera.canvas;
      const to = { x: clamp(at.x + cells * x, width), y: clamp(at.y + cells * y, height) };
      this.#moveCursor(to);
      if (this.#isDown && this.tool !== 'stamp') this.#stroke([to], this.tool);
    } else if (event.key === ' ' && this.tool !== 'stamp' && !event.repeat) {
      this.#isDown = !this.#isDown;
      this.#last = null;
      if (this.#isDown) this.#stroke([at], this.tool);
      this.#moveCursor(at);
      this.#options.toggled(this.#isDown);
    } else if ((event.key === 'Enter' || event.key === ' ') && !event.repeat) {
      if (this.tool === 'stamp') this.#stamp(at);
      else {
        this.#last = null;
        this.#stroke([at], this.tool);
      }
      this.#moveCursor(at);
    } else return;
    event.preventDefault();
  }

  #moveCursor(to: Point): void {
    const { map, moved } = this.#options;
    this.#cursor = to;
    map.cursor = to;
    const { x, y, width, height } = map.view;
    if (to.x >= x + 1 && to.y >= y + 1 && to.x < x + width - 1 && to.y < y + height - 1) return;
    map.camera.look(to, map.camera.magnification);
    map.redraw();
    moved();
  }
}

/** The points on the way, so that no segment is too long to send; none if the point is too close. */
function wayTo(from: Point | null, to: Point): Point[] {
  if (!from) return [to];
  const [x, y] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(x, y);
  if (length < LEAST_CELLS) return [];
  // A little less than allowed, since points are rounded.
  const count = Math.ceil(length / (MOST_SEGMENT_CELLS - 1));
  return Array.from({ length: count }, (_, index) => {
    const share = (index + 1) / count;
    return roundPoint({ x: from.x + share * x, y: from.y + share * y });
  });
}

/** To sixteenths of a cell, which take few letters to send. */
function roundPoint({ x, y }: Point): Point {
  return { x: Math.round(x * 16) / 16, y: Math.round(y * 16) / 16 };
}

function clamp(cells: number, most: number): number {
  return Math.min(most, Math.max(0, cells));
}
