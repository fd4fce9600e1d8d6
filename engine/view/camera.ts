/**
 * The part of the canvas that is on the screen. Positions on the screen are in CSS pixels from the top left of the
 * stage; positions on the canvas are in cells.
 */

/** The extent of the stage in CSS pixels, or of the canvas in cells. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The maximum size of a cell in CSS pixels. A tile of 28 cells then fills a phone. */
export const MOST_PIXELS_A_CELL = 64;

/** The gap between two panes, in CSS pixels. */
export const PANE_GAP = 2;

export class Camera {
  #whole: Extent;
  #panes: 1 | 2 = 1;
  /** The size of one pane. */
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

  /** Increases with every change. */
  get version(): number {
    return this.#version;
  }

  /** The size of a cell in CSS pixels. */
  get pixelsPerCell(): number {
    return this.#pixelsPerCell;
  }

  /** The size of one pane, which is the whole stage if there is only one. */
  get stage(): Extent {
    return this.#stage;
  }

  /** The size of the canvas, in cells. */
  get canvas(): Extent {
    return this.#canvas;
  }

  /** The size of the whole stage. */
  get whole(): Extent {
    return this.#whole;
  }

  /** The number of panes that the stage is divided into. Each shows the same part of the canvas. */
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

  /** The position of a pane's left edge on the stage. */
  paneX(pane: number): number {
    return pane > 0 && this.#liesBeside ? this.#stage.width + PANE_GAP : 0;
  }

  /** The position of a pane's top edge on the stage. */
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

  /** The position of the canvas' left edge on the screen. */
  get originX(): number {
    return this.#stage.width / 2 - this.#centreX * this.#pixelsPerCell;
  }

  /** The position of the canvas' top edge on the screen. */
  get originY(): number {
    return this.#stage.height / 2 - this.#centreY * this.#pixelsPerCell;
  }

  /** The cell position in the middle of the screen. */
  get centre(): Point {
    return { x: this.#centreX, y: this.#centreY };
  }

  /** Writes the whole cells that a pane shows to `into`, with one more on each side if there is one. */
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

  /** Whether the whole canvas is shown at the largest size that fits. */
  get fitted(): boolean {
    return this.#pixelsPerCell === this.#fittingScale();
  }

  /** Sets a new size of the whole stage or the canvas. A view that was fitted stays fitted. */
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

  /** Scales everything by `factor`. The cell under `anchor` stays in place, as far as the edges allow. */
  zoom(factor: number, anchor: Point): void {
    const cell = this.toCells(anchor);
    const pane = this.paneAt(anchor);
    const scale = this.#clampScale(this.#pixelsPerCell * factor);
    const x = cell.x - (anchor.x - this.paneX(pane) - this.#stage.width / 2) / scale;
    const y = cell.y - (anchor.y - this.paneY(pane) - this.#stage.height / 2) / scale;
    this.#place(x, y, scale);
  }

  /** The scale relative to the one at which the whole canvas fits; 1 shows all of it. */
  get magnification(): number {
    return this.#pixelsPerCell / this.#fittingScale();
  }

  /** Shows the surroundings of a cell position, as far as the edges allow. */
  look(centre: Point, magnification: number): void {
    this.#place(centre.x, centre.y, this.#fittingScale() * magnification);
  }

  /** Drags the canvas by the given distance in CSS pixels. */
  pan(x: number, y: number): void {
    this.#place(this.#centreX - x / this.#pixelsPerCell, this.#centreY - y / this.#pixelsPerCell, this.#pixelsPerCell);
  }

  /** Brings a cell position to the middle of the screen at the given scale, as far as the edges allow. */
  lookAt(x: number, y: number, pixelsPerCell: number): void {
    this.#place(x, y, pixelsPerCell);
  }

  /**
   * Shows exactly this part of the canvas, even beyond its edges: for a screen that shows a part of a larger picture. A
   * stage of another shape shows more or less of its height.
   */
  frame({ x, y, width, height }: Point & Extent): void {
    this.#pixelsPerCell = this.#stage.width / width;
    this.#centreX = x + width / 2;
    this.#centreY = y + height / 2;
    this.#version += 1;
  }

  /**
   * The cell position under a point of the screen.
   *
   * @param pane the pane from which the point is seen, for example the one in which a stroke began
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

/** Returns a copy, because the argument may be a simulation, whose size changes with its canvas. */
function sizeOf({ width, height }: Extent): Extent {
  return { width, height };
}

function isWide({ width, height }: Extent): boolean {
  return width >= height;
}

/** Two panes are beside each other on a wide stage, otherwise one above the other. */
function paneOf(whole: Extent, panes: 1 | 2): Extent {
  if (panes === 1) return whole;
  return isWide(whole)
    ? { width: Math.max(1, (whole.width - PANE_GAP) / 2), height: whole.height }
    : { width: whole.width, height: Math.max(1, (whole.height - PANE_GAP) / 2) };
}

/**
 * Keeps the canvas' edges out of the middle: the canvas is centred if it is smaller than the stage, otherwise it covers
 * the stage.
 */
function clampCentre(centre: number, canvasCells: number, stageCells: number): number {
  if (canvasCells <= stageCells) return canvasCells / 2;
  return Math.min(Math.max(centre, stageCells / 2), canvasCells - stageCells / 2);
}
