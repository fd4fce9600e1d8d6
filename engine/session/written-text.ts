/** A short text on the tiles of a canvas: where its characters go, and the pen's way through them. */
import type { CanvasOperation } from '../automaton/canvas-operation.ts';
import { DIGIT_SIZE } from '../automaton/layout.ts';
import type { CanvasLayout, StrokePoint } from '../automaton/types.ts';
import { boundsOf, placeStrokes, type Stroke } from '../common/handwriting/stroke.ts';
import type { Point } from '../view/camera.ts';

/** The largest number of characters that are written at once. */
export const LONGEST_TEXT = 64;

/** The height of a character's path, and the radius of the pen, in cells. */
const HEIGHT_CELLS = 20;
const PEN_RADIUS_CELLS = 1.5;
/** The length of the pieces in which the pen draws, in cells. */
const PIECE_CELLS = 4;

/** What became of a text. */
export interface WrittenText {
  /** The characters that are on the canvas, as the classes are named, with the spaces between them. */
  readonly written: string;
  /** The characters that are no class of the model, or that the handwriting cannot write; each once. */
  readonly missing: readonly string[];
  /** The rest of a text for which the canvas has no room. */
  readonly left: string;
}

interface TextPlan extends WrittenText {
  readonly characters: readonly { readonly label: number; readonly tile: number }[];
  /** The tiles that are cleared: those of the text and the ones around it, so that it stands alone. */
  readonly tiles: readonly number[];
}

/**
 * Lays a text out in rows around a point of the canvas, a character in each tile.
 *
 * @param labelOf the class that a character is written as, or −1
 * @param nameOf the name of a class
 */
export function planText(
  text: string,
  { columns, rows, tile }: CanvasLayout,
  centre: Point,
  labelOf: (character: string) => number,
  nameOf: (label: number) => string,
): TextPlan {
  const characters = Array.from(text.normalize('NFC').trim().replace(/\s+/g, ' '));
  const missing = [...new Set(characters.filter((character) => character !== ' ' && labelOf(character) < 0))];
  const known = characters.filter((character) => character === ' ' || labelOf(character) >= 0).join('');
  const lines = breakLines(known, columns);
  const shown = lines.slice(0, rows);
  const firstRow = placeAround(centre.y / tile, shown.length, rows);
  const places: { label: number; tile: number }[] = [];
  const tiles = new Set<number>();
  shown.forEach((line, index) => {
    const row = firstRow + index;
    const letters = Array.from(line);
    const firstColumn = placeAround(centre.x / tile, letters.length, columns);
    letters.forEach((character, place) => {
      const column = firstColumn + place;
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1)
          tiles.add(y * columns + x);
      }
      if (character !== ' ') places.push({ label: labelOf(character), tile: row * columns + column });
    });
  });
  const write = (line: string): string =>
    Array.from(line, (character) => (character === ' ' ? ' ' : nameOf(labelOf(character)))).join('');
  return {
    characters: places,
    tiles: [...tiles].sort((a, b) => a - b),
    written: shown.map(write).join(' '),
    missing,
    left: lines.slice(rows).join(' '),
  };
}

/** The first of `count` neighbouring places around a middle, all of them within 0 … `most` − 1. */
function placeAround(middle: number, count: number, most: number): number {
  return Math.min(most - count, Math.max(0, Math.round(middle - count / 2)));
}

/** Breaks a text at its spaces, and within words that are longer than a line. */
function breakLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const letters = Array.from(word);
    for (let start = 0; start < letters.length; start += width) {
      const part = letters.slice(start, start + width).join('');
      if (line !== '' && Array.from(line).length + 1 + Array.from(part).length <= width) line += ` ${part}`;
      else {
        if (line !== '') lines.push(line);
        line = part;
      }
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** The operations that clear a tile. */
export function clearTile({ columns }: CanvasLayout, tile: number): CanvasOperation {
  const image = new Uint8Array(DIGIT_SIZE * DIGIT_SIZE);
  const [column, row] = [tile % columns, Math.floor(tile / columns)];
  return { kind: 'tile', column, row, image, label: null, keepState: false };
}

/**
 * The operations that draw a character into a tile piece by piece, and then tell its class.
 *
 * @param strokes in the unit square
 */
export function drawCharacter(
  { columns, tile: pitch }: CanvasLayout,
  tile: number,
  label: number,
  strokes: readonly Stroke[],
): CanvasOperation[] {
  const [column, row] = [tile % columns, Math.floor(tile / columns)];
  const centre = { x: (column + 0.5) * pitch, y: (row + 0.5) * pitch };
  const { left, right, top, bottom } = boundsOf(strokes);
  // The middle of what is drawn, rather than of the square that it was written in, is the middle of the tile.
  const shift = { x: (left + right) / 2 - 0.5, y: (top + bottom) / 2 - 0.5 };
  const path = placeStrokes(strokes, {
    x: centre.x - HEIGHT_CELLS * shift.x,
    y: centre.y - HEIGHT_CELLS * shift.y,
    size: HEIGHT_CELLS,
  });
  const pieces = path.flatMap((stroke) => cutStroke(stroke));
  return [
    ...pieces.map((points): CanvasOperation => ({ kind: 'paint', points, brush: { radius: PEN_RADIUS_CELLS } })),
    { kind: 'label', column, row, label },
  ];
}

/** Cuts a stroke into pieces of about {@link PIECE_CELLS}, each of which begins where the one before ended. */
function cutStroke(stroke: Stroke): StrokePoint[][] {
  const pieces: StrokePoint[][] = [];
  let piece: StrokePoint[] = [stroke[0]];
  let length = 0;
  stroke.slice(1).forEach((point, index) => {
    const before = stroke[index];
    length += Math.hypot(point.x - before.x, point.y - before.y);
    piece.push(point);
    if (length < PIECE_CELLS) return;
    pieces.push(piece);
    piece = [point];
    length = 0;
  });
  if (piece.length > 1 || pieces.length === 0) pieces.push(piece);
  return pieces;
}
