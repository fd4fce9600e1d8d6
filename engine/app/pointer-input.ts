/**
 * Mouse, finger and pen on the canvas: strokes from every point that the browser
 * has seen, stamps, and the gestures that move the camera.
 */
import type { StrokePoint } from '../automaton/types.ts';
import type { Point } from '../view/camera.ts';
import type { Controls } from './controls.ts';
import { BrushCursor } from './brush-cursor.ts';
import { elementById } from './elements.ts';
import { isFirstVisit, rememberVisit } from './first-visit.ts';
import { resizeTool, TURN_NOTCH_DEGREES, turnStamp } from './painting/tool-size.ts';
import { stampSnapCells } from './painting/stamp-preview.ts';
import { wheelZoom } from './wheel.ts';

/** A second finger this soon after the first, which has hardly moved, makes the two a pinch. */
const PINCH_MILLISECONDS = 200;
const STILL_PIXELS = 12;

interface Finger {
  /** `look` drags the canvas, but leaves a press without a drag to whoever looks closely. */
  readonly kind: 'stroke' | 'stamp' | 'look' | 'pan' | 'pinch';
  readonly touch: boolean;
  /** The camera's pane in which it began; all of its points are seen from there. */
  readonly pane: number;
  readonly startMilliseconds: number;
  readonly start: Point;
  /** On the screen. */
  position: Point;
  /** The stroke's last point, in cells. */
  last: StrokePoint | null;
}

export interface PointerInput {
  /** Brings the cursor's ring up to date after the camera moved. */
  refresh(): void;
  /** While it is held, the pointer drags the canvas. */
  holdDrag(held: boolean): void;
  /** Whether the pointer has dragged since {@link holdDrag}. */
  readonly dragged: boolean;
  /** Where the pointer hovers over the canvas, in cells, or null. */
  readonly hovered: Point | null;
}

export function connectPointer(controls: Controls): PointerInput {
  const input = new CanvasPointers(controls);
  const canvas = elementById('canvas', HTMLCanvasElement);
  canvas.addEventListener('pointerdown', input.down);
  canvas.addEventListener('pointermove', input.move);
  canvas.addEventListener('pointerup', input.up);
  canvas.addEventListener('pointercancel', input.up);
  canvas.addEventListener('pointerleave', input.leave);
  canvas.addEventListener('wheel', input.wheel, { passive: false });
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  controls.playground.events.on('lost', () => input.forget());
  controls.playground.settings.events.on('change', () => input.refresh());
  return input;
}

class CanvasPointers implements PointerInput {
  readonly #controls: Controls;
  readonly #canvas = elementById('canvas', HTMLCanvasElement);
  readonly #hint = elementById('hint', HTMLElement);
  readonly #cursor: BrushCursor;
  readonly #fingers = new Map<number, Finger>();
  #dragHeld = false;
  #dragged = false;
  #hover: Point | null = null;
  #hoveredTile = '';
  /** Where the last stroke ended, for straight lines. */
  #lastEnd: StrokePoint | null = null;

  constructor(controls: Controls) {
    this.#controls = controls;
    this.#cursor = new BrushCursor(controls.playground);
    this.#hint.textContent = controls.texts.hint;
    this.#hint.hidden = !controls.showsControls || !isFirstVisit();
  }

  get dragged(): boolean {
    return this.#dragged;
  }

  get hovered(): Point | null {
    return this.#hover ? this.#controls.playground.camera.toCells(this.#hover) : null;
  }

  holdDrag(held: boolean): void {
    this.#dragHeld = held;
    if (held) this.#dragged = false;
    this.#showDragging();
  }

  refresh(): void {
    this.#cursor.show(this.#hover);
  }

  forget(): void {
    this.#fingers.clear();
    this.#showDragging();
  }

  readonly down = (event: PointerEvent): void => {
    if (event.button > 2) return;
    // A middle press would start the browser's own scrolling.
    if (event.button === 1) event.preventDefault();
    capture(this.#canvas, event.pointerId);
    const position = this.#position(event);
    const touch = event.pointerType === 'touch';
    this.#hover = touch ? null : position;
    const kind = this.#kindOf(event, touch, position);
    const finger: Finger = {
      kind,
      touch,
      pane: this.#controls.playground.camera.paneAt(position),
      startMilliseconds: event.timeStamp,
      start: position,
      position,
      last: null,
    };
    this.#fingers.set(event.pointerId, finger);
    if (kind === 'stroke') this.#controls.attempt(() => this.#beginStroke(finger, event));
    if (kind === 'stamp' && !touch) this.#stamp(finger);
    this.#showDragging();
    this.refresh();
  };

  readonly move = (event: PointerEvent): void => {
    const finger = this.#fingers.get(event.pointerId);
    const position = this.#position(event);
    if (event.pointerType !== 'touch') this.#hover = position;
    if (!finger) this.#noteHover(position);
    else if (finger.kind === 'stroke') this.#controls.attempt(() => this.#continueStroke(finger, event));
    else if (finger.kind === 'pan' || finger.kind === 'look') this.#pan(finger, position);
    else if (finger.kind === 'pinch') this.#pinch(finger, position);
    if (finger) finger.position = position;
    this.refresh();
  };

  readonly up = (event: PointerEvent): void => {
    const finger = this.#fingers.get(event.pointerId);
    if (!finger) return;
    this.#fingers.delete(event.pointerId);
    if (finger.kind === 'stroke') {
      this.#lastEnd = finger.last;
      if (!this.#has('stroke')) this.#controls.attempt(() => this.#controls.playground.editor.endChange());
    }
    const tapped = event.type === 'pointerup' && distance(finger.start, this.#position(event)) < STILL_PIXELS;
    if (finger.kind === 'stamp' && finger.touch && tapped) this.#stamp(finger);
    this.#showDragging();
    this.refresh();
  };

  readonly leave = (): void => {
    this.#hover = null;
    this.refresh();
  };

  readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { playground, attempt } = this.#controls;
    const { settings, camera } = playground;
    const isStamp = settings.values.tool === 'stamp';
    const isForward = event.deltaY + event.deltaX < 0;
    if (event.shiftKey) {
      attempt(() => resizeTool(settings, isForward));
    } else if (event.altKey && isStamp) {
      attempt(() => turnStamp(settings, isForward ? TURN_NOTCH_DEGREES : -TURN_NOTCH_DEGREES));
    } else {
      camera.zoom(wheelZoom(event, camera.stage.height), this.#position(event));
      this.refresh();
    }
  };

  /** What a new finger does; the first of a pinch gives up its stroke. */
  #kindOf(event: PointerEvent, touch: boolean, position: Point): Finger['kind'] {
    // Two fingers on a wall belong to two people more often than to one who wants to zoom.
    if (this.#controls.isExhibit) return 'stroke';
    if (event.button === 1 || event.button === 2 || this.#dragHeld) return 'pan';
    if (touch && this.#turnsIntoPinch(event, position)) return 'pinch';
    const { tool } = this.#controls.playground.settings.values;
    return tool === 'stamp' ? 'stamp' : tool === 'inspect' ? 'look' : 'stroke';
  }

  #turnsIntoPinch(event: PointerEvent, position: Point): boolean {
    if (this.#fingers.size !== 1) return false;
    const [id, first] = [...this.#fingers][0] ?? [];
    if (id === undefined || !first?.touch || first.kind === 'pan') return false;
    const soon = event.timeStamp - first.startMilliseconds < PINCH_MILLISECONDS;
    const still = distance(first.start, first.position) < STILL_PIXELS;
    const alone = first.kind === 'pinch';
    // Fingers far apart belong to two people.
    const near =
      distance(first.position, position) < 0.6 * Math.hypot(this.#canvas.clientWidth, this.#canvas.clientHeight);
    if (!alone && !(soon && still && near)) return false;
    if (first.kind === 'stroke') this.#controls.attempt(() => this.#controls.playground.editor.cancelChange());
    this.#fingers.set(id, { ...first, kind: 'pinch' });
    return true;
  }

  #beginStroke(finger: Finger, event: PointerEvent): void {
    this.#dismissHint();
    this.#controls.playground.editor.beginChange();
    const point = this.#strokePoint(event, finger.position, finger.pane);
    finger.last = point;
    this.#apply(event.shiftKey && this.#lastEnd ? [this.#lastEnd, point] : [point]);
  }

  #continueStroke(finger: Finger, event: PointerEvent): void {
    const coalesced = event.getCoalescedEvents();
    const box = this.#canvas.getBoundingClientRect();
    const points = (coalesced.length > 0 ? coalesced : [event]).map((one) =>
      this.#strokePoint(one, { x: one.clientX - box.left, y: one.clientY - box.top }, finger.pane),
    );
    this.#apply(finger.last ? [finger.last, ...points] : points);
    finger.last = points[points.length - 1] ?? finger.last;
  }

  #apply(points: readonly StrokePoint[]): void {
    const { playground } = this.#controls;
    const { tool, brushRadius, damageMode } = playground.settings.values;
    if (tool === 'damage') playground.editor.damage(points, brushRadius, damageMode);
    else playground.editor.paint(points, { radius: brushRadius, erase: tool === 'eraser' });
  }

  #stamp(finger: Finger): void {
    this.#dismissHint();
    const { playground, attempt } = this.#controls;
    const { stamp, stampScale, stampTurn } = playground.settings.values;
    const { camera, editor, simulation } = playground;
    const snapCells = stampSnapCells(camera, simulation.layout);
    attempt(() => {
      editor.stamp(camera.toCells(finger.position), stamp, { scale: stampScale, turn: stampTurn }, snapCells);
    });
  }

  #pan(finger: Finger, position: Point): void {
    this.#dragged = true;
    this.#controls.playground.camera.pan(position.x - finger.position.x, position.y - finger.position.y);
  }

  #pinch(finger: Finger, position: Point): void {
    const { camera } = this.#controls.playground;
    const other = [...this.#fingers.values()].find((one) => one !== finger && one.kind === 'pinch');
    if (!other) {
      this.#pan(finger, position);
      return;
    }
    const before = distance(finger.position, other.position);
    const after = distance(position, other.position);
    camera.pan((position.x - finger.position.x) / 2, (position.y - finger.position.y) / 2);
    const middle = { x: (position.x + other.position.x) / 2, y: (position.y + other.position.y) / 2 };
    if (before > 1 && after > 1) camera.zoom(after / before, middle);
  }

  /** The tile under the pointer is the one that the page speaks about. */
  #noteHover(position: Point): void {
    const { camera, simulation, editor } = this.#controls.playground;
    const cell = camera.toCells(position);
    const { tile } = simulation.layout;
    const inside = cell.x >= 0 && cell.y >= 0 && cell.x < simulation.width && cell.y < simulation.height;
    const tileName = inside ? `${Math.floor(cell.x / tile)} ${Math.floor(cell.y / tile)}` : '';
    if (tileName === this.#hoveredTile) return;
    this.#hoveredTile = tileName;
    if (inside) editor.events.emit('touched', cell);
  }

  #dismissHint(): void {
    if (this.#hint.hidden) return;
    this.#hint.hidden = true;
    rememberVisit();
  }

  #showDragging(): void {
    this.#canvas.classList.toggle('panning', this.#dragHeld || this.#has('pan') || this.#has('pinch'));
  }

  #has(kind: Finger['kind']): boolean {
    for (const finger of this.#fingers.values()) if (finger.kind === kind) return true;
    return false;
  }

  #position({ clientX, clientY }: MouseEvent): Point {
    const box = this.#canvas.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }

  #strokePoint({ pointerType, pressure }: PointerEvent, position: Point, pane: number): StrokePoint {
    const { x, y } = this.#controls.playground.camera.toCells(position, pane);
    return { x, y, pressure: pointerType === 'pen' ? pressure : 1 };
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** A pointer that has gone meanwhile cannot be captured; then its events simply end at the canvas' edge. */
function capture(element: Element, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId);
  } catch {
    return;
  }
}
