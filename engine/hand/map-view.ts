/** The map on the phone: the canvas of the wall, one pixel a cell, seen by a camera, and where the hand is. */
import { visitSegment } from '../common/handwriting/brush.ts';
import { elementById } from '../page/shell/elements.ts';
import { Camera, type Extent, type Point } from '../view/camera.ts';
import { decodeTiles, NO_INK, UNDECIDED } from '../together/hands/map-code.ts';
import type { Welcome } from '../together/hands/hand-messages.ts';

/** Own strokes are drawn over the map for this long, until the map shows them … */
const OWN_MILLISECONDS = 2500;
/** … and are taken away within this time. */
const EXPIRE_MILLISECONDS = 500;

const PAPER = '#ffffff';
const PLAIN_INK = '#000000';
const SURROUNDINGS = '#9aa2ac';

/** A segment of the hand's own stroke. */
interface Own {
  readonly from: Point;
  readonly to: Point;
  readonly radius: number;
  readonly erase: boolean;
  readonly atMilliseconds: number;
}

export class MapView {
  readonly camera: Camera;
  readonly #element: HTMLCanvasElement;
  readonly #screen: CanvasRenderingContext2D;
  readonly #cells: CanvasRenderingContext2D;
  /** The hand's own strokes, over the cells. */
  readonly #ownCells: CanvasRenderingContext2D;
  readonly #cursorElement = elementById('cursor', HTMLElement);
  readonly #layout: Welcome['canvas'];
  readonly #tilePixels: ImageData;
  readonly #words: Uint32Array;
  #palette = Uint32Array.of(0xffffffff, 0xff000000);
  #colors: readonly string[] = [PAPER, PLAIN_INK];
  #own: Own[] = [];
  #cursor: Point | null = null;
  #frame = 0;

  /** Shows nothing but paper until tiles come. */
  constructor(element: HTMLCanvasElement, layout: Welcome['canvas']) {
    const { columns, rows, tile } = layout;
    this.#element = element;
    this.#layout = layout;
    this.#screen = contextOf(element);
    const cells = document.createElement('canvas');
    cells.width = columns * tile;
    cells.height = rows * tile;
    this.#cells = contextOf(cells);
    this.#ownCells = contextOf(cells.cloneNode() as HTMLCanvasElement, true);
    this.#tilePixels = this.#cells.createImageData(tile, tile);
    this.#words = new Uint32Array(this.#tilePixels.data.buffer);
    this.#fill();
    this.camera = new Camera({ width: 1, height: 1 }, { width: cells.width, height: cells.height });
    new ResizeObserver(() => this.resize()).observe(element);
    this.resize();
  }

  /** The colour of each value of a cell, `#rrggbb`. The server sends all tiles anew afterwards. */
  set colors(colors: readonly string[]) {
    this.#colors = colors;
    this.#palette = Uint32Array.from(colors, wordOf);
    this.redraw();
  }

  /** Draws tiles of the map. */
  take(packet: Uint8Array): void {
    const { columns, tile } = this.#layout;
    const sound = decodeTiles(packet, tile * tile, (number, cells) => {
      for (let cell = 0; cell < cells.length; cell += 1) {
        this.#words[cell] = this.#palette[cells[cell]] ?? this.#palette[UNDECIDED];
      }
      this.#cells.putImageData(this.#tilePixels, (number % columns) * tile, Math.floor(number / columns) * tile);
    });
    // The rest of a packet that does not fit is of another canvas; the next welcome begins anew.
    if (!sound) return;
    this.redraw();
  }

  /** Draws a segment of the hand's own stroke, until the map shows it. */
  draw(from: Point, to: Point, radius: number, erase: boolean): void {
    const own = { from, to, radius, erase, atMilliseconds: performance.now() };
    // The first one begins to count; the others expire with it, or after it.
    if (this.#own.length === 0) window.setTimeout(() => this.#expire(), OWN_MILLISECONDS);
    this.#own.push(own);
    this.#drawOwn(own);
    this.redraw();
  }

  /** Where the hand's ring is, in cells; null to hide it. */
  set cursor(cursor: Point | null) {
    this.#cursor = cursor;
    this.redraw();
  }

  /** The part of the canvas that is shown, in whole cells. */
  get view(): { x: number; y: number; width: number; height: number } {
    const view = { x: 0, y: 0, width: 0, height: 0 };
    this.camera.visibleCells(view);
    return view;
  }

  /** Draws again with the next frame. */
  redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.#element;
    const ratio = window.devicePixelRatio;
    this.#element.width = Math.max(1, Math.round(clientWidth * ratio));
    this.#element.height = Math.max(1, Math.round(clientHeight * ratio));
    const { width, height } = this.#cells.canvas;
    this.camera.resize(extentOf(clientWidth, clientHeight), { width, height });
    this.#draw();
  }

  #fill(): void {
    this.#cells.fillStyle = this.#colors[NO_INK];
    this.#cells.fillRect(0, 0, this.#cells.canvas.width, this.#cells.canvas.height);
  }

  /** Takes own strokes away that the map shows by now. */
  #expire(): void {
    const now = performance.now();
    const kept = this.#own.filter(({ atMilliseconds }) => now - atMilliseconds < OWN_MILLISECONDS);
    this.#own = kept;
    if (kept.length > 0) window.setTimeout(() => this.#expire(), EXPIRE_MILLISECONDS);
    const { width, height } = this.#cells.canvas;
    this.#ownCells.clearRect(0, 0, width, height);
    for (const own of kept) this.#drawOwn(own);
    this.redraw();
  }

  #drawOwn({ from, to, radius, erase }: Own): void {
    const { width, height } = this.#cells.canvas;
    this.#ownCells.fillStyle = this.#colors[erase ? NO_INK : UNDECIDED];
    const start = { ...from, pressure: 1 };
    visitSegment(start, { ...to, pressure: 1 }, radius, width, height, (column, row, ink) => {
      if (ink > 0.3) this.#ownCells.fillRect(column, row, 1, 1);
    });
  }

  #draw(): void {
    const { camera } = this;
    const screen = this.#screen;
    const ratio = window.devicePixelRatio;
    const scale = camera.pixelsPerCell * ratio;
    screen.setTransform(1, 0, 0, 1, 0, 0);
    screen.fillStyle = SURROUNDINGS;
    screen.fillRect(0, 0, this.#element.width, this.#element.height);
    screen.setTransform(scale, 0, 0, scale, camera.originX * ratio, camera.originY * ratio);
    screen.imageSmoothingEnabled = scale < 1;
    screen.drawImage(this.#cells.canvas, 0, 0);
    if (this.#own.length > 0) screen.drawImage(this.#ownCells.canvas, 0, 0);
    this.#cursorElement.hidden = this.#cursor === null;
    if (!this.#cursor) return;
    const { x, y } = camera.toScreen(this.#cursor);
    this.#cursorElement.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }
}

function contextOf(canvas: HTMLCanvasElement, alpha = false): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha });
  if (!context) throw new Error('This browser draws no pictures.');
  return context;
}

/** A stage that has no size yet counts as one pixel. */
function extentOf(width: number, height: number): Extent {
  return { width: Math.max(1, width), height: Math.max(1, height) };
}

/** A colour as the pixels of a picture hold it. */
function wordOf(color: string): number {
  const rgb = Number.parseInt(color.slice(1), 16);
  const bytes = Uint8Array.of(rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255);
  return new Uint32Array(bytes.buffer)[0];
}
