/**
 * Which part of the canvas is on the screen. Positions on the screen are CSS
 * pixels from the top left of the stage; positions on the canvas are cells.
 */

/** Extent of the stage in CSS pixels, or of the canvas in cells. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** CSS pixels a cell takes at most: a tile of 28 cells then fills a phone. */
export const MOST_PIXELS_A_CELL = 64;

/** CSS pixels between two panes. */
export const PANE_GAP = 2;

export class Camera {
  #whole: Extent;
  #panes: 1 | 2 = 1;
  /** Of one pane. */
  #stage: Extent;
  #canvas: Extent;
  #centreX = 0;
  #centreY = 0;
  #pixelsPerCell = 1;
  #version = 0;

  constructor(stage: Extent, canvas: Extent) {
    this.#whole = sizeOf(stage);
    this.#stage = this.#whole;
    this.#canvas = sizeOf(canvas);
    this.fit();
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** CSS pixels a cell takes. */
  get pixelsPerCell(): number {
    return this.#pixelsPerCell;
  }

  /** The size of one pane; of the whole stage where there is but one. */
  get stage(): Extent {
    return this.#stage;
  }

  /** Of the canvas, in cells. */
  get canvas(): Extent {
    return this.#canvas;
  }

  /** The size of the whole stage. */
  get whole(): Extent {
    return this.#whole;
  }

  /** Into how many panes the stage is divided; each shows the same part of the canvas. */
  get panes(): 1 | 2 {
    return this.#panes;
  }

  set panes(panes: 1 | 2) {
    if (panes === this.#panes) return;
    const refit = this.fitted;
    this.#panes = panes;
    this.#stage = paneOf(this.#whole, panes);
    if (refit) this.fit();
    else this.#place(this.#centreX, this.#centreY, this.#pixelsPerCell);
  }

  /** Where a pane's left edge lies on the stage. */
  paneX(pane: number): number {
    return pane > 0 && this.#liesBeside ? this.#stage.width + PANE_GAP : 0;
  }

  /** Where a pane's top edge lies on the stage. */
  paneY(pane: number): number {
    return pane > 0 && !this.#liesBeside ? this.#stage.height + PANE_GAP : 0;
  }

  /** The pane at a point of the stage. */
  paneAt({ x, y }: Point): number {
    if (this.#panes === 1) return 0;
    return Number(this.#liesBeside ? x > this.#stage.width : y > this.#stage.height);
  }

  get #liesBeside(): boolean {
    return isWide(this.#whole);
  }

  /** Where the canvas' left edge lies on the screen. */
  get originX(): number {
    return this.#stage.width / 2 - this.#centreX * this.#pixelsPerCell;
  }

  /** Where the canvas' top edge lies on the screen. */
  get originY(): number {
    return this.#stage.height / 2 - this.#centreY * this.#pixelsPerCell;
  }

  /** The cell position in the middle of the screen. */
  get centre(): Point {
    return { x: this.#centreX, y: this.#centreY };
  }

  /** The whole cells that a pane shows, with one more on each side where there is one; written into `into`. */
  visibleCells(into: { x: number; y: number; width: number; height: number }): void {
    const { originX, originY } = this;
    const scale = this.#pixelsPerCell;
    into.x = Math.max(0, Math.floor(-originX / scale) - 1);
    into.y = Math.max(0, Math.floor(-originY / scale) - 1);
    const right = Math.min(this.#canvas.width, Math.ceil((this.stage.width - originX) / scale) + 1);
    const bottom = Math.min(this.#canvas.height, Math.ceil((this.stage.height - originY) / scale) + 1);
    into.width = Math.max(0, right - into.x);
    into.height = Math.max(0, bottom - into.y);
  }

  /** Whether the whole canvas is shown as large as it fits. */
  get fitted(): boolean {
    return this.#pixelsPerCell === this.#fittingScale();
  }

  /** Takes a new size of the whole stage or the canvas; what was fitted stays fitted. */
  resize(stage: Extent, canvas: Extent): void {
    const canvasChanged = canvas.width !== this.#canvas.width || canvas.height !== this.#canvas.height;
    const stageChanged = stage.width !== this.#whole.width || stage.height !== this.#whole.height;
    if (!canvasChanged && !stageChanged) return;
    const refit = this.fitted || canvasChanged;
    this.#whole = sizeOf(stage);
    this.#stage = paneOf(this.#whole, this.#panes);
    this.#canvas = sizeOf(canvas);
    if (refit) this.fit();
    else this.#place(this.#centreX, this.#centreY, this.#pixelsPerCell);
  }

  /** Shows the whole canvas. */
  fit(): void {
    this.#place(this.#canvas.width / 2, this.#canvas.height / 2, this.#fittingScale());
  }

  /** Makes everything `factor` times as large; the cell under `anchor` stays where it is, as far as the edges let it. */
  zoom(factor: number, anchor: Point): void {
    const cell = this.toCells(anchor);
    const pane = this.paneAt(anchor);
    const scale = this.#clampScale(this.#pixelsPerCell * factor);
    const x = cell.x - (anchor.x - this.paneX(pane) - this.#stage.width / 2) / scale;
    const y = cell.y - (anchor.y - this.paneY(pane) - this.#stage.height / 2) / scale;
    this.#place(x, y, scale);
  }

  /** How many times as large as the whole canvas that fits; 1 shows all of it. */
  get magnification(): number {
    return this.#pixelsPerCell / this.#fittingScale();
  }

  /** Shows the surroundings of a cell position, as far as the edges let it. */
  look(centre: Point, magnification: number): void {
    this.#place(centre.x, centre.y, this.#fittingScale() * magnification);
  }

  /** Drags the canvas by so many CSS pixels. */
  pan(x: number, y: number): void {
    this.#place(this.#centreX - x / this.#pixelsPerCell, this.#centreY - y / this.#pixelsPerCell, this.#pixelsPerCell);
  }

  /** Brings a cell position to the middle of the screen, as far as the edges let it, at a scale. */
  lookAt(x: number, y: number, pixelsPerCell: number): void {
    this.#place(x, y, pixelsPerCell);
  }

  /**
   * The cell position under a point of the screen.
   * @param pane the one that the point is seen from, such as that in which a stroke began
   */
  toCells(point: Point, pane = this.paneAt(point)): Point {
    return {
      x: this.#centreX + (point.x - this.paneX(pane) - this.#stage.width / 2) / this.#pixelsPerCell,
      y: this.#centreY + (point.y - this.paneY(pane) - this.#stage.height / 2) / this.#pixelsPerCell,
    };
  }

  /** The point of the screen over a cell position, in one of the panes. */
  toScreen({ x, y }: Point, pane = 0): Point {
    return {
      x: this.paneX(pane) + this.#stage.width / 2 + (x - this.#centreX) * this.#pixelsPerCell,
      y: this.paneY(pane) + this.#stage.height / 2 + (y - this.#centreY) * this.#pixelsPerCell,
    };
  }

  #fittingScale(): number {
    const scale = Math.min(this.#stage.width / this.#canvas.width, this.#stage.height / this.#canvas.height);
    return Number.isFinite(scale) && scale > 0 ? scale : 1;
  }

  #clampScale(scale: number): number {
    const least = this.#fittingScale();
    return Math.min(Math.max(scale, least), Math.max(least, MOST_PIXELS_A_CELL));
  }

  #place(x: number, y: number, scale: number): void {
    this.#pixelsPerCell = this.#clampScale(scale);
    this.#centreX = clampCentre(x, this.#canvas.width, this.#stage.width / this.#pixelsPerCell);
    this.#centreY = clampCentre(y, this.#canvas.height, this.#stage.height / this.#pixelsPerCell);
    this.#version += 1;
  }
}

/** A copy, as what is given may be a simulation, whose size changes with its canvas. */
function sizeOf({ width, height }: Extent): Extent {
  return { width, height };
}

function isWide({ width, height }: Extent): boolean {
  return width >= height;
}

/** Two panes lie beside each other on a wide stage, else above each other. */
function paneOf(whole: Extent, panes: 1 | 2): Extent {
  if (panes === 1) return whole;
  return isWide(whole)
    ? { width: Math.max(1, (whole.width - PANE_GAP) / 2), height: whole.height }
    : { width: whole.width, height: Math.max(1, (whole.height - PANE_GAP) / 2) };
}

/** Keeps the canvas' edges out of the middle: centred where it is smaller than the stage, else covering it. */
function clampCentre(centre: number, canvasCells: number, stageCells: number): number {
  if (canvasCells <= stageCells) return canvasCells / 2;
  return Math.min(Math.max(centre, stageCells / 2), canvasCells - stageCells / 2);
}
