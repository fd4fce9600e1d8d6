/**
 * Handles mouse, finger and pen on the canvas: strokes from every point that the browser has recorded, stamps, and the
 * gestures that move the camera.
 */
import type { StrokePoint } from '../../../automaton/types.ts';
import { knowsOnlyDigits } from '../../../common/model/class-names.ts';
import type { Model } from '../../../common/model/weights.ts';
import type { Point } from '../../../view/camera.ts';
import type { Page } from '../feature.ts';
import type { PointerInput } from './pointer.ts';
import { BrushCursor } from './brush-cursor.ts';
import { elementById } from '../elements.ts';
import { dismissHint, setHint, showHint } from './first-visit.ts';
import { resizeTool, TURN_NOTCH_DEGREES, turnStamp } from './tool-size.ts';
import { stampSnapCells } from './stamp-preview.ts';
import { type Stroke, Strokes } from '../../../session/strokes.ts';
import { type ContactEnd, type ContactHandler, Contacts, isEraserEnd } from '../../../session/contacts.ts';
import { distance, meaningOfSecond, pinch } from './two-fingers.ts';
import { zoomToWrite } from './writing-scale.ts';
import { wheelZoom } from './wheel.ts';

/**
 * A finger draws nothing until it has moved this far, in CSS pixels, or is lifted. Until then it may be the first of
 * two.
 */
const HELD_BACK_PIXELS = 8;
/** A press that moves less than this, in CSS pixels, is a tap. */
const TAP_PIXELS = 12;
interface Finger {
  /** `look` drags the canvas, but leaves a press without a drag to the inspector. */
  kind: 'stroke' | 'stamp' | 'look' | 'pan' | 'gesture';
  readonly touch: boolean;
  /** Whether it is the eraser end of a pen. */
  readonly erases: boolean;
  /** The camera's pane in which the contact began. All of its points are converted with that pane. */
  readonly pane: number;
  readonly startMilliseconds: number;
  readonly start: Point;
  /** The position on the screen. */
  position: Point;
  /** The farthest that it has been from its start, in CSS pixels. */
  reach: number;
  /** The stroke that it draws, or null before it has begun. */
  stroke: Stroke | null;
  /** Whether the view zoomed in for this stroke. */
  zoomed: boolean;
}

export function connectPointer(page: Omit<Page, 'pointer'>): PointerInput {
  const input = new CanvasPointers(page);
  const canvas = elementById('canvas', HTMLCanvasElement);
  canvas.addEventListener('pointerleave', input.leave);
  canvas.addEventListener('wheel', input.wheel, { passive: false });
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  const { events, settings } = page.playground;
  events.on('lost', () => input.endAll());
  // The pointers are now over a different canvas.
  events.on('layout', () => input.takeCanvas());
  settings.events.on('change', () => input.refresh());
  return input;
}

class CanvasPointers implements PointerInput, ContactHandler<Finger> {
  readonly #page: Omit<Page, 'pointer'>;
  readonly #canvas = elementById('canvas', HTMLCanvasElement);
  readonly #cursor: BrushCursor;
  readonly #contacts: Contacts<Finger>;
  readonly #strokes: Strokes;
  /**
   * Whether the view zooms in before the user writes: for a finger always, for a mouse or pen only on an empty canvas.
   */
  #zoomsToWrite: boolean;
  #dragHeld = false;
  #dragged = false;
  #hover: Point | null = null;
  #hoveredTile = '';
  /** The end of the last stroke, from which straight lines are drawn. */
  #lastEnd: StrokePoint | null = null;

  constructor(page: Omit<Page, 'pointer'>) {
    this.#page = page;
    this.#zoomsToWrite = !page.isExhibit && !page.isLayoutAsked;
    this.#cursor = new BrushCursor(page.playground);
    this.#strokes = new Strokes(page.playground);
    this.#contacts = new Contacts(this.#canvas, this);
    const { playground, texts } = page;
    const writeHint = (model: Model): void => setHint(texts.hint(knowsOnlyDigits(model.specification.classes)));
    writeHint(playground.simulation.model);
    playground.events.on('model', writeHint);
    showHint(page.showsControls);
  }

  get dragged(): boolean {
    return this.#dragged;
  }

  get hovered(): Point | null {
    return this.#hover ? this.#page.playground.camera.toCells(this.#hover) : null;
  }

  holdDrag(held: boolean): void {
    this.#dragHeld = held;
    if (held) this.#dragged = false;
    this.#showDragging();
  }

  refresh(): void {
    this.#cursor.show(this.#hover);
  }

  endAll(): void {
    this.#contacts.endAll();
  }

  /** The canvas was replaced on request. Whoever replaced it is responsible for the view. */
  takeCanvas(): void {
    this.#zoomsToWrite = false;
    this.endAll();
  }

  began(event: PointerEvent): Finger {
    // A press of the middle button would start the browser's own scrolling.
    if (event.button === 1) event.preventDefault();
    const position = this.#position(event);
    const touch = event.pointerType === 'touch';
    this.#hover = touch ? null : position;
    const finger: Finger = {
      kind: this.#kindOf(event, position),
      touch,
      erases: isEraserEnd(event),
      pane: this.#page.playground.camera.paneAt(position),
      startMilliseconds: event.timeStamp,
      start: position,
      position,
      reach: 0,
      stroke: null,
      zoomed: false,
    };
    if (finger.kind === 'stroke' && !this.#holdsBack(finger)) this.#beginStroke(finger, event);
    if (finger.kind === 'stamp' && !touch) this.#stamp(finger);
    this.#showDragging(finger);
    this.refresh();
    return finger;
  }

  moved(finger: Finger, event: PointerEvent, samples: readonly PointerEvent[]): void {
    const position = this.#position(event);
    if (!finger.touch) this.#hover = position;
    finger.reach = Math.max(finger.reach, distance(finger.start, position));
    if (finger.kind === 'stroke') this.#draw(finger, samples);
    else if (finger.kind === 'pan' || finger.kind === 'look') this.#pan(finger, position);
    else if (finger.kind === 'gesture') this.#pinch(finger, position);
    finger.position = position;
    this.refresh();
  }

  ended(finger: Finger, end: ContactEnd): void {
    const { attempt } = this.#page;
    const isTap = finger.touch && end === 'lifted' && finger.reach < TAP_PIXELS;
    if (finger.kind === 'stroke' && isTap && !finger.stroke) this.#beginStroke(finger);
    const { stroke } = finger;
    if (stroke) {
      this.#lastEnd = stroke.last;
      attempt(() => (end === 'cancelled' ? this.#strokes.takeBack(stroke) : this.#strokes.end(stroke)));
    }
    if (finger.kind === 'stamp' && isTap) this.#stamp(finger);
    this.#showDragging();
    this.refresh();
  }

  hovering(event: PointerEvent): void {
    const position = this.#position(event);
    if (event.pointerType !== 'touch') this.#hover = position;
    this.#noteHover(position);
    this.refresh();
  }

  readonly leave = (): void => {
    this.#hover = null;
    this.refresh();
  };

  readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { playground, attempt } = this.#page;
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

  /** Returns what a new finger does. The first finger of a gesture gives up its stroke. */
  #kindOf(event: PointerEvent, position: Point): Finger['kind'] {
    // On a wall, two fingers more often belong to two people than to one person who wants to zoom.
    if (this.#page.isExhibit) return 'stroke';
    if (event.button === 1 || event.button === 2 || this.#dragHeld) return 'pan';
    if (isEraserEnd(event)) return 'stroke';
    if (event.pointerType === 'touch' && this.#joinsGesture(event, position)) return 'gesture';
    const { tool } = this.#page.playground.settings.values;
    return tool === 'stamp' ? 'stamp' : tool === 'inspect' ? 'look' : 'stroke';
  }

  #joinsGesture(event: PointerEvent, position: Point): boolean {
    const touches = [...this.#contacts.all()].filter(({ touch }) => touch);
    if (touches.some(({ kind }) => kind === 'gesture')) return true;
    const [first] = touches;
    if (touches.length !== 1 || first.kind === 'pan') return false;
    const second = { position, startMilliseconds: event.timeStamp };
    const meaning = meaningOfSecond(first, second, {
      width: this.#canvas.clientWidth,
      height: this.#canvas.clientHeight,
    });
    if (meaning === 'own-stroke') return false;
    const { stroke, zoomed } = first;
    const { attempt, playground } = this.#page;
    const wasMeant = meaning === 'gesture-after-stroke';
    if (stroke) attempt(() => (wasMeant ? this.#strokes.end(stroke) : this.#strokes.takeBack(stroke)));
    if (zoomed && !wasMeant) playground.camera.fit();
    first.stroke = null;
    first.kind = 'gesture';
    return true;
  }

  #holdsBack({ touch, reach }: Finger): boolean {
    return touch && !this.#page.isExhibit && reach < HELD_BACK_PIXELS;
  }

  /** @param event the press; without it, the stroke begins where the finger went down */
  #beginStroke(finger: Finger, event?: PointerEvent): void {
    dismissHint();
    const { attempt, playground } = this.#page;
    const isBrush = playground.settings.values.tool === 'brush' && !finger.erases;
    const comesNearer = finger.touch || playground.simulation.canvas.inkCells === 0;
    if (isBrush && comesNearer && this.#zoomsToWrite) finger.zoomed = zoomToWrite(playground.camera, finger.start);
    const cell = playground.camera.toCells(finger.start, finger.pane);
    const point = { ...cell, pressure: event ? pressureOf(event) : 1 };
    const from = event?.shiftKey ? this.#lastEnd : null;
    attempt(() => {
      finger.stroke = this.#strokes.begin(from ? [from, point] : [point], finger.erases);
    });
  }

  #draw(finger: Finger, samples: readonly PointerEvent[]): void {
    const { attempt, playground } = this.#page;
    if (!finger.stroke) {
      if (this.#holdsBack(finger)) return;
      this.#beginStroke(finger);
    }
    const { stroke, pane } = finger;
    if (!stroke) return;
    const box = this.#canvas.getBoundingClientRect();
    const points = samples.map((sample) => ({
      ...playground.camera.toCells({ x: sample.clientX - box.left, y: sample.clientY - box.top }, pane),
      pressure: pressureOf(sample),
    }));
    attempt(() => this.#strokes.go(stroke, points));
  }

  #stamp(finger: Finger): void {
    dismissHint();
    const { playground, attempt } = this.#page;
    const { stamp, stampScale, stampTurn } = playground.settings.values;
    const { camera, editor, simulation } = playground;
    const snapCells = stampSnapCells(camera, simulation.layout);
    attempt(() => {
      editor.stamp(camera.toCells(finger.position), stamp, { scale: stampScale, turn: stampTurn }, snapCells);
    });
  }

  #pan(finger: Finger, position: Point): void {
    this.#dragged = true;
    this.#page.playground.camera.pan(position.x - finger.position.x, position.y - finger.position.y);
  }

  #pinch(finger: Finger, position: Point): void {
    const { camera } = this.#page.playground;
    const other = [...this.#contacts.all()].find((one) => one !== finger && one.kind === 'gesture');
    if (other) pinch(camera, finger.position, position, other.position);
    else this.#pan(finger, position);
  }

  /** The page describes the tile under the pointer. */
  #noteHover(position: Point): void {
    const { camera, simulation, editor } = this.#page.playground;
    const cell = camera.toCells(position);
    const { tile } = simulation.layout;
    const inside = cell.x >= 0 && cell.y >= 0 && cell.x < simulation.canvas.width && cell.y < simulation.canvas.height;
    const tileName = inside ? `${Math.floor(cell.x / tile)} ${Math.floor(cell.y / tile)}` : '';
    if (tileName === this.#hoveredTile) return;
    this.#hoveredTile = tileName;
    if (inside) editor.events.emit('touched', cell);
  }

  /** @param begun a contact that is not tracked yet */
  #showDragging(begun?: Finger): void {
    const isDragging = [...this.#contacts.all(), ...(begun ? [begun] : [])].some(
      ({ kind }) => kind === 'pan' || kind === 'gesture',
    );
    this.#canvas.classList.toggle('panning', this.#dragHeld || isDragging);
  }

  #position({ clientX, clientY }: MouseEvent): Point {
    const box = this.#canvas.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }
}

function pressureOf({ pointerType, pressure }: PointerEvent): number {
  return pointerType === 'pen' ? pressure : 1;
}
