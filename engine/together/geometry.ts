/**
 * Where the screens of a wall are, and which part of the canvas each of them shows. The canvas covers the whole wall,
 * including the bezels, so that the picture runs on behind them and a straight line stays straight.
 */

/** The part of the canvas that a screen shows, in cells. It may reach beyond the canvas. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A screen of a wall, in millimetres. Its place and size are those of the visible picture, without the bezel. */
export interface WallScreen {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Screens of one kind in columns and rows, side by side. */
export interface ScreenGrid {
  readonly columns: number;
  readonly rows: number;
  /** The size of one screen's visible picture, in millimetres. */
  readonly width: number;
  readonly height: number;
  /** The width of the bezel on each side of a screen, in millimetres. */
  readonly bezel: number;
}

/** The screens of a grid in reading order. The first begins at the origin. */
export function screensOfGrid({ columns, rows, width, height, bezel }: ScreenGrid): WallScreen[] {
  return Array.from({ length: columns * rows }, (_, index) => ({
    x: (index % columns) * (width + 2 * bezel),
    y: Math.floor(index / columns) * (height + 2 * bezel),
    width,
    height,
  }));
}

/** The smallest rectangle around all screens, in millimetres. */
export function boundsOf(screens: readonly WallScreen[]): WallScreen {
  const x = Math.min(...screens.map((screen) => screen.x));
  const y = Math.min(...screens.map((screen) => screen.y));
  const right = Math.max(...screens.map((screen) => screen.x + screen.width));
  const bottom = Math.max(...screens.map((screen) => screen.y + screen.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The tiles that a canvas of this number of rows needs to have the wall's shape. */
export function columnsFor(screens: readonly WallScreen[], rows: number): number {
  const { width, height } = boundsOf(screens);
  return Math.max(1, Math.round((rows * width) / height));
}

/**
 * The part of the canvas that each screen shows, in cells. A cell is a square of the same size on every screen, and the
 * whole canvas is on the wall, in its middle.
 *
 * @param canvas the canvas' size in cells
 */
export function regionsOf(
  screens: readonly WallScreen[],
  canvas: { readonly width: number; readonly height: number },
): Region[] {
  const bounds = boundsOf(screens);
  const cells = Math.max(canvas.width / bounds.width, canvas.height / bounds.height);
  const left = (canvas.width - bounds.width * cells) / 2 - bounds.x * cells;
  const top = (canvas.height - bounds.height * cells) / 2 - bounds.y * cells;
  return screens.map(({ x, y, width, height }) => ({
    x: left + x * cells,
    y: top + y * cells,
    width: width * cells,
    height: height * cells,
  }));
}

/** The first two screens that lie on top of each other, by index, or null. */
export function overlapOf(screens: readonly WallScreen[]): readonly [number, number] | null {
  for (const [index, one] of screens.entries()) {
    const other = screens.findIndex(
      (each, at) =>
        at > index &&
        each.x < one.x + one.width &&
        one.x < each.x + each.width &&
        each.y < one.y + one.height &&
        one.y < each.y + each.height,
    );
    if (other >= 0) return [index, other];
  }
  return null;
}
