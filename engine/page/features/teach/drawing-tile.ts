/** A tile to draw a sign on, with a pointer or with keys. */
import { makeElement } from '../../shell/elements.ts';
import type { Drawing, DrawnPoint } from '../../../learning/teach/sign.ts';
import { TILE_CELLS } from './drawing-sheet.ts';
import { PEN_CELLS } from './vary-drawing.ts';

/** Pixels along a side of the picture. */
const PIXELS = 168;
const SCALE = PIXELS / TILE_CELLS;

/** How far an arrow key moves the pen, in cells. */
const KEY_CELLS = 2;
const MOVES: Readonly<Record<string, DrawnPoint>> = {
  ArrowLeft: { x: -KEY_CELLS, y: 0 },
  ArrowRight: { x: KEY_CELLS, y: 0 },
  ArrowUp: { x: 0, y: -KEY_CELLS },
  ArrowDown: { x: 0, y: KEY_CELLS },
};

export interface TileParts {
  readonly drew: (stroke: readonly DrawnPoint[]) => void;
  readonly cleared: () => void;
  /** Called when the tile is touched or gets the focus. */
  readonly chosen: () => void;
}

export class DrawingTile {
  readonly element = makeElement('canvas', 'teach-tile');
  readonly #parts: TileParts;
  #drawing: Drawing = [];
  /** The stroke in progress. */
  #stroke: DrawnPoint[] = [];
  #pointer: number | null = null;
  /** Where the keys have moved the pen, and whether it is down. Null until a key is pressed. */
  #pen: DrawnPoint | null = null;
  #isPenDown = false;

  constructor(parts: TileParts) {
    this.#parts = parts;
    const { element } = this;
    element.width = PIXELS;
    element.height = PIXELS;
    element.tabIndex = 0;
    element.setAttribute('role', 'application');
    element.addEventListener('pointerdown', (event) => this.#down(event));
    element.addEventListener('pointermove', (event) => this.#move(event));
    for (const name of ['pointerup', 'pointercancel'] as const) {
      element.addEventListener(name, ({ pointerId }) => {
        if (pointerId === this.#pointer) this.#finish();
      });
    }
    element.addEventListener('keydown', (event) => this.#press(event));
    element.addEventListener('focus', () => parts.chosen());
    element.addEventListener('blur', () => this.#leave());
  }

  show(drawing: Drawing, label: string, isChosen: boolean): void {
    this.element.setAttribute('aria-label', label);
    this.element.classList.toggle('chosen', isChosen);
    this.#drawing = drawing;
    this.#paint();
  }

  #down(event: PointerEvent): void {
    if (this.#pointer !== null || event.button !== 0) return;
    event.preventDefault();
    this.#pen = null;
    this.#pointer = event.pointerId;
    this.element.setPointerCapture(event.pointerId);
    this.element.focus({ preventScroll: true });
    this.#stroke = [this.#cellOf(event)];
    this.#paint();
  }

  #move(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return;
    // Fast strokes have several positions for each frame.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length > 0 ? events : [event]) this.#stroke.push(this.#cellOf(one));
    this.#paint();
  }

  #finish(): void {
    const stroke = this.#stroke;
    this.#pointer = null;
    this.#stroke = [];
    this.#isPenDown = false;
    if (stroke.length > 0) this.#parts.drew(stroke);
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) {
      const { x, y } = this.#pen ?? { x: TILE_CELLS / 2, y: TILE_CELLS / 2 };
      this.#pen = { x: within(x + move.x), y: within(y + move.y) };
      if (this.#isPenDown) this.#stroke.push(this.#pen);
    } else if (event.key === ' ') {
      this.#pen ??= { x: TILE_CELLS / 2, y: TILE_CELLS / 2 };
      if (this.#isPenDown) this.#finish();
      else {
        this.#isPenDown = true;
        this.#stroke = [this.#pen];
      }
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.#parts.cleared();
    } else return;
    event.preventDefault();
    this.#paint();
  }

  #leave(): void {
    if (this.#isPenDown) this.#finish();
    this.#pen = null;
    this.#paint();
  }

  #cellOf({ clientX, clientY }: MouseEvent): DrawnPoint {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    return {
      x: within(((clientX - left) / width) * TILE_CELLS),
      y: within(((clientY - top) / height) * TILE_CELLS),
    };
  }

  #paint(): void {
    const context = this.element.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, PIXELS, PIXELS);
    context.lineWidth = 2 * PEN_CELLS * SCALE;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const stroke of [...this.#drawing, this.#stroke]) {
      if (stroke.length === 0) continue;
      context.beginPath();
      context.moveTo(stroke[0].x * SCALE, stroke[0].y * SCALE);
      for (const { x, y } of stroke) context.lineTo(x * SCALE, y * SCALE);
      context.stroke();
    }
    if (!this.#pen) return;
    context.beginPath();
    context.lineWidth = 2;
    context.arc(this.#pen.x * SCALE, this.#pen.y * SCALE, (PEN_CELLS + 0.6) * SCALE, 0, 2 * Math.PI);
    if (this.#isPenDown) context.setLineDash([]);
    else context.setLineDash([4, 4]);
    context.stroke();
    context.setLineDash([]);
  }
}

function within(cells: number): number {
  return Math.min(TILE_CELLS, Math.max(0, cells));
}
