/** Finds the digits in a picture: strokes that touch, or nearly do, belong together. */
import { DIGIT_SIZE } from '../../automaton/layout.ts';
import { findInk, type GreyPicture, type InkMap } from './ink-map.ts';
import { normalizeDigit } from './normalize-digit.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;

/** The rectangle of a piece of ink, in pixels; right and bottom lie outside. */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Strokes that touch each other. */
interface Piece extends Box {
  readonly labels: number[];
  pixels: number;
}

/** Pixels that a piece has at least. */
const LEAST_PIXELS = 12;
/** A digit is at least this high, as a share of the usual height; smaller pieces are dots and specks. */
const LEAST_HEIGHT_SHARE = 0.35;
/** Pieces no further apart than this share of the usual height can be one digit. */
const GAP_SHARE = 0.18;
/** Nothing is joined that becomes higher than this share of the usual height. */
const JOINED_HEIGHT_SHARE = 1.4;

/**
 * The digits of a picture in reading order, each as MNIST has them: 20 cells large, its centre of mass in the middle of
 * 28 × 28 bytes.
 * @param most digits that are made at most
 * @returns the images, one after the other, and how many digits were found in all
 */
export function findDigits(picture: GreyPicture, most: number): { images: Uint8Array<ArrayBuffer>; count: number } {
  if (picture.width === DIGIT_SIZE && picture.height === DIGIT_SIZE) return { images: asItIs(picture), count: 1 };
  const map = findInk(picture);
  if (!map) return { images: new Uint8Array(0), count: 0 };
  const labels = new Int32Array(map.width * map.height);
  const digits = inReadingOrder(joinPieces(dropStray(findPieces(map, labels), map)));
  const images = digits.slice(0, most).map((digit) => normalizeDigit(map, labels, digit));
  const joined = new Uint8Array(images.length * DIGIT_BYTES);
  images.forEach((image, index) => joined.set(image, index * DIGIT_BYTES));
  return { images: joined, count: digits.length };
}

/** A picture of one of MNIST's digits needs nothing but ink that is bright. */
function asItIs({ pixels, width }: GreyPicture): Uint8Array<ArrayBuffer> {
  let edge = 0;
  for (let index = 0; index < width; index += 1) edge += pixels[index] + pixels[pixels.length - 1 - index];
  const isLight = edge / (2 * width) > 127;
  return Uint8Array.from(pixels, (grey) => (isLight ? 255 - grey : grey));
}

/** Connected strokes, corners included; `labels` gets the number of each pixel's piece, from 1. */
function findPieces({ width, height, mask }: InkMap, labels: Int32Array): Piece[] {
  const pieces: Piece[] = [];
  const stack = new Int32Array(width * height);
  for (let start = 0; start < mask.length; start += 1) {
    if (mask[start] === 0 || labels[start] !== 0) continue;
    const label = pieces.length + 1;
    const piece: Piece = { left: width, top: height, right: 0, bottom: 0, labels: [label], pixels: 0 };
    let depth = 0;
    stack[depth++] = start;
    labels[start] = label;
    while (depth > 0) {
      const index = stack[--depth];
      const x = index % width;
      const y = (index - x) / width;
      piece.pixels += 1;
      piece.left = Math.min(piece.left, x);
      piece.right = Math.max(piece.right, x + 1);
      piece.top = Math.min(piece.top, y);
      piece.bottom = Math.max(piece.bottom, y + 1);
      for (let nextY = Math.max(0, y - 1); nextY <= Math.min(height - 1, y + 1); nextY += 1) {
        for (let nextX = Math.max(0, x - 1); nextX <= Math.min(width - 1, x + 1); nextX += 1) {
          const next = nextY * width + nextX;
          if (mask[next] === 0 || labels[next] !== 0) continue;
          labels[next] = label;
          stack[depth++] = next;
        }
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

const heightOf = ({ top, bottom }: Box): number => bottom - top;
const widthOf = ({ left, right }: Box): number => right - left;

/** Leaves out specks, ruled lines and the dark edges of a photo. */
function dropStray(pieces: readonly Piece[], { width, height }: InkMap): Piece[] {
  return pieces.filter((piece) => {
    if (piece.pixels < LEAST_PIXELS) return false;
    const isRule = widthOf(piece) > 10 * heightOf(piece) || heightOf(piece) > 20 * widthOf(piece);
    const touched =
      Number(piece.left === 0) +
      Number(piece.top === 0) +
      Number(piece.right === width) +
      Number(piece.bottom === height);
    const isEdge = touched >= 2 || (touched === 1 && (widthOf(piece) > width / 2 || heightOf(piece) > height / 2));
    return !isRule && !isEdge;
  });
}

/** The height that most digits have: that of the piece in whose size-ordered company most of the ink lies. */
function usualHeight(pieces: readonly Piece[]): number {
  const sorted = [...pieces].sort((one, other) => heightOf(one) - heightOf(other));
  const total = sorted.reduce((sum, { pixels }) => sum + pixels, 0);
  let seen = 0;
  for (const piece of sorted) {
    seen += piece.pixels;
    if (seen >= 0.6 * total) return heightOf(piece);
  }
  return 0;
}

/** Joins pieces that lie over or in one another, as the roof of a 5 does; drops what is then too small for a digit. */
function joinPieces(pieces: readonly Piece[]): Piece[] {
  const usual = usualHeight(pieces);
  const joined = pieces.map((piece) => ({ ...piece, labels: [...piece.labels] }));
  for (let one = 0; one < joined.length; one += 1) {
    for (let other = one + 1; other < joined.length; other += 1) {
      if (!belongTogether(joined[one], joined[other], usual)) continue;
      absorb(joined[one], joined[other]);
      joined.splice(other, 1);
      // What has grown may now reach an earlier one.
      one = -1;
      break;
    }
  }
  return joined.filter((piece) => heightOf(piece) >= LEAST_HEIGHT_SHARE * usual);
}

function belongTogether(one: Piece, other: Piece, usual: number): boolean {
  const overlapX = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const overlapY = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const height = Math.max(one.bottom, other.bottom) - Math.min(one.top, other.top);
  if (height > JOINED_HEIGHT_SHARE * usual) return false;
  const narrower = Math.min(widthOf(one), widthOf(other));
  const isOver = overlapX >= 0.4 * narrower && -overlapY <= GAP_SHARE * usual;
  // A roof that begins right of its 5, or a bar beside its stem, is small.
  const isSmall = Math.min(one.pixels, other.pixels) < 0.35 * Math.max(one.pixels, other.pixels);
  const isBeside = isSmall && -overlapX <= 0.5 * GAP_SHARE * usual && overlapY > 0;
  return isOver || isBeside;
}

function absorb(piece: Piece, other: Piece): void {
  piece.left = Math.min(piece.left, other.left);
  piece.top = Math.min(piece.top, other.top);
  piece.right = Math.max(piece.right, other.right);
  piece.bottom = Math.max(piece.bottom, other.bottom);
  piece.pixels += other.pixels;
  piece.labels.push(...other.labels);
}

/** Line by line, each from the left. */
function inReadingOrder(pieces: readonly Piece[]): Piece[] {
  const usual = usualHeight(pieces);
  const middle = ({ top, bottom }: Box): number => (top + bottom) / 2;
  const lines: Piece[][] = [];
  for (const piece of [...pieces].sort((one, other) => middle(one) - middle(other))) {
    const line = lines[lines.length - 1];
    const last = line?.[line.length - 1];
    if (line && last && middle(piece) - middle(last) < 0.6 * usual) line.push(piece);
    else lines.push([piece]);
  }
  return lines.flatMap((line) => line.sort((one, other) => one.left - other.left));
}
