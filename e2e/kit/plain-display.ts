/** Where cells lie on the screen, and how much of each pixel they cover: the plain counterpart of display.frag. */
import type { Color } from '../../engine/view/color.ts';
import type { CellChoices } from './plain-cells.ts';

/** What part of the canvas is shown. */
export interface PlainCamera {
  /** The cell position in the middle of the stage. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels a cell takes. */
  readonly pixelsPerCell: number;
}

/** A picture that is to be expected. */
export interface ExpectedPicture {
  /** What it shows, for messages. */
  readonly name: string;
  /** In device pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the canvas, in cells. */
  readonly columns: number;
  readonly rows: number;
  /** What each cell may look like, row by row. */
  readonly choices: readonly CellChoices[];
  /** Device pixels that a cell takes. */
  readonly scale: number;
  /** Where the canvas' top left corner lies, in device pixels. */
  readonly left: number;
  readonly top: number;
  /** The colour around the canvas. */
  readonly surroundings: Color;
  /** Lines between tiles, or null for none. */
  readonly lines: { readonly color: Color; readonly tile: number } | null;
}

/** A share of a pixel. */
export interface PixelPart {
  readonly cell: number;
  readonly share: number;
}

/** What a pixel is made of. */
export interface PixelMakeup {
  /** The cell under its middle, or −1 beside the canvas. */
  readonly home: number;
  /** The cells that it is the average of; their shares are 1 together. */
  readonly parts: readonly PixelPart[];
  /** All of them, and those that it may get a share of as well because of {@link slack}. */
  readonly reach: readonly number[];
  /** How far the renderer may have moved it, in pixels. */
  readonly slack: number;
  /** How much a line covers it, 0…1. */
  readonly line: number;
  /** Whether its middle lies on the canvas' very edge, so that rounding decides on which side it is. */
  readonly isEdge: boolean;
}

/** Shares below this change no byte. */
const LEAST_SHARE = 1e-4;
/** Device pixels from the edge at which float32 may see a pixel's middle on the other side. */
const EDGE = 0.01;
/** Corners are moved onto a grid of so many places a pixel at least (OpenGL ES 3.0, `SUBPIXEL_BITS` of 4). */
const SUBPIXELS = 16;
/** See `GRID_LEAST_TILE_PIXELS` in canvas-mesh.ts. */
const LEAST_TILE_PIXELS = 12;

/** The camera that shows the whole canvas as large as it fits. */
export function fittedCamera(
  stage: { readonly width: number; readonly height: number },
  canvas: { readonly width: number; readonly height: number },
): PlainCamera {
  const pixelsPerCell = Math.min(stage.width / canvas.width, stage.height / canvas.height);
  return { x: canvas.width / 2, y: canvas.height / 2, pixelsPerCell };
}

/** Tells what the pixel in a column and a row of the picture is made of. */
export function layPixels(picture: ExpectedPicture): (column: number, row: number) => PixelMakeup {
  const { width, height, columns, rows, scale, left, top, lines } = picture;
  const tile = lines !== null && lines.tile * scale >= LEAST_TILE_PIXELS ? lines.tile : null;
  const corners = [left, top, left + columns * scale, top + rows * scale];
  const slack = corners.every(isOnGrid) ? 0 : 0.5 / SUBPIXELS;
  const across = layAxis({ pixels: width, cells: columns, scale, start: left, tile, slack });
  const down = layAxis({ pixels: height, cells: rows, scale, start: top, tile, slack });
  return (column, row) => {
    const [x, y] = [across[column], down[row]];
    if (x.shares.length === 0 || y.shares.length === 0) return OUTSIDE;
    const parts = y.shares.flatMap((vertical) =>
      x.shares.map((horizontal) => ({
        cell: vertical.index * columns + horizontal.index,
        share: vertical.share * horizontal.share,
      })),
    );
    const reach = y.reach.flatMap((vertical) => x.reach.map((horizontal) => vertical * columns + horizontal));
    const line = Math.max(x.line, y.line);
    return { home: y.home * columns + x.home, parts, reach, slack, line, isEdge: x.isEdge || y.isEdge };
  };
}

const OUTSIDE: PixelMakeup = { home: -1, parts: [], reach: [], slack: 0, line: 0, isEdge: false };

function isOnGrid(place: number): boolean {
  return Math.abs(place * SUBPIXELS - Math.round(place * SUBPIXELS)) < 1e-3;
}

/** One side of the picture. */
interface Axis {
  readonly pixels: number;
  readonly cells: number;
  /** Pixels that a cell takes. */
  readonly scale: number;
  /** Where the first cell begins, in pixels. */
  readonly start: number;
  /** From one line to the next, in cells; null for no lines. */
  readonly tile: number | null;
  /** In pixels. */
  readonly slack: number;
}

interface AxisPlace {
  readonly home: number;
  /** Empty beside the canvas. */
  readonly shares: readonly { readonly index: number; readonly share: number }[];
  readonly reach: readonly number[];
  readonly line: number;
  readonly isEdge: boolean;
}

function layAxis({ pixels, cells, scale, start, tile, slack }: Axis): AxisPlace[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const place = (pixel + 0.5 - start) / scale;
    const isEdge = Math.min(Math.abs(place), Math.abs(cells - place)) * scale < Math.max(EDGE, slack);
    const isShown = (place >= 0 && place < cells) || isEdge;
    return {
      home: clamp(Math.floor(place), cells),
      shares: isShown ? sharesOf(place, 1 / scale, cells) : [],
      reach: isShown ? sharesOf(place, (1 + 2 * slack) / scale, cells).map(({ index }) => index) : [],
      line: tile === null ? 0 : lineCover(place, tile, scale),
      isEdge,
    };
  });
}

/** How a stretch of some width around a place is divided among cells; what lies beyond the canvas counts as its edge. */
function sharesOf(middle: number, width: number, cells: number): { index: number; share: number }[] {
  const shares = new Map<number, number>();
  const start = middle - width / 2;
  const end = middle + width / 2;
  for (let place = Math.floor(start); place < end; place += 1) {
    const share = (Math.min(end, place + 1) - Math.max(start, place)) / width;
    const index = clamp(place, cells);
    if (share > LEAST_SHARE) shares.set(index, (shares.get(index) ?? 0) + share);
  }
  return [...shares].map(([index, share]) => ({ index, share }));
}

/** A line of one pixel over each edge between two tiles covers so much of a pixel. */
function lineCover(place: number, tile: number, scale: number): number {
  const distance = Math.abs(place - Math.round(place / tile) * tile);
  return Math.max(0, 1 - distance * scale);
}

function clamp(index: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, index));
}
