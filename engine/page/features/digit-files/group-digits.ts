/**
 * Joins pieces of ink into digits, puts the digits in reading order, and leaves out anything that cannot be a digit.
 */
import { type Box, extentOf, heightOf, type Piece, strokeWidth, widthOf } from './pieces.ts';

/** A digit that was found: its rectangle and its pieces. */
export interface FoundDigit extends Box {
  readonly pieces: readonly Piece[];
}

/** The minimum number of pixels in a piece. */
const LEAST_PIXELS = 12;
/** Anything smaller than this many pen widths is a speck or a dot of dotted paper. */
const SPECK_STROKES = 1.8;
/** A digit is at least this high, as a share of the usual height. */
const LEAST_HEIGHT_SHARE = 0.4;
/** Nothing higher or wider than this many usual heights is a digit. */
const MOST_EXTENT_SHARE = 2.2;
/** The ink of a digit has at least this share of the usual contrast. */
const LEAST_CONTRAST_SHARE = 0.45;
/** The width of its strokes differs from the usual width by at most this factor. */
const STROKE_FACTOR = 2.6;
/** Pieces no further apart than this share of the usual height can belong to one digit. */
const GAP_SHARE = 0.18;
/** Pieces are not joined if the result is higher than this share of the usual height. */
const JOINED_HEIGHT_SHARE = 1.4;
/**
 * Pieces side by side are joined if they are no further apart than this many stroke widths and not too wide together.
 */
const TIGHT_STROKES = 0.6;
const JOINED_WIDTH_SHARE = 0.95;
/**
 * A digit is at most this many times as wide as it is high. There is no lower limit, since a 1 may be a single stroke.
 */
const MOST_BREADTH = 3;
/** A piece that is this many times as long as its stroke is wide, and nearly straight, is the rest of a line. */
const LINE_STROKES = 40;
const LINE_ASPECT = 25;
/** The minimum share of its rectangle that a large piece fills. A frame around everything fills less than any digit. */
const LEAST_FILL = 0.03;

/** A size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the digits in reading order.
 * @param picture the size of the picture
 */
export function groupDigits(pieces: readonly Piece[], picture: Size): FoundDigit[] {
  const strokes = withoutFaint(withoutSpecks(pieces.filter((piece) => !isStray(piece, picture))));
  const usual = usualHeight(strokes);
  const digits = joinPieces(
    strokes.filter((piece) => extentOf(piece) <= MOST_EXTENT_SHARE * usual),
    usual,
  ).filter(
    (digit) => heightOf(digit) >= LEAST_HEIGHT_SHARE * usual && widthOf(digit) <= MOST_BREADTH * heightOf(digit),
  );
  return inReadingOrder(alike(digits), usual);
}

const aspectOf = (box: Box): number => Math.max(widthOf(box) / heightOf(box), heightOf(box) / widthOf(box));
export const pixelsOf = ({ pieces }: FoundDigit): number => pieces.reduce((sum, { pixels }) => sum + pixels, 0);
export const contrastOf = (digit: FoundDigit): number =>
  digit.pieces.reduce((sum, { pixels, contrast }) => sum + pixels * contrast, 0) / pixelsOf(digit);
export const strokeWidthOf = (digit: FoundDigit): number =>
  strokeWidth({ pixels: pixelsOf(digit), outline: digit.pieces.reduce((sum, { outline }) => sum + outline, 0) });

/** Whether a piece is the rest of a line or a frame, or a strip of what lies next to the sheet. */
function isStray(piece: Piece, { width, height }: Size): boolean {
  if (piece.pixels < LEAST_PIXELS) return true;
  const isStrip = piece.cutOutline > 0.3 * piece.outline;
  const isLarge = widthOf(piece) > 0.4 * width || heightOf(piece) > 0.4 * height;
  const fill = piece.pixels / (widthOf(piece) * heightOf(piece));
  const isRule = extentOf(piece) > LINE_STROKES * strokeWidth(piece) && aspectOf(piece) > LINE_ASPECT;
  return isStrip || isRule || (isLarge && fill < LEAST_FILL);
}

/** Returns the weighted median: in sorted order, half of the total weight lies on either side of it. */
function weightedMedian(entries: readonly { readonly value: number; readonly weight: number }[]): number {
  const sorted = [...entries].sort((one, other) => one.value - other.value);
  let left = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  return sorted.find(({ weight }) => (left -= weight) <= 0)?.value ?? 0;
}

function withoutSpecks(pieces: readonly Piece[]): Piece[] {
  const longish = pieces.filter((piece) => extentOf(piece) >= 2.5 * strokeWidth(piece));
  const pen = weightedMedian(longish.map((piece) => ({ value: strokeWidth(piece), weight: extentOf(piece) })));
  return pieces.filter((piece) => extentOf(piece) >= SPECK_STROKES * pen);
}

/**
 * Leaves out pieces that are much fainter than the rest. Faint pieces have little weight in that comparison, however
 * many there are.
 */
function withoutFaint(pieces: readonly Piece[]): Piece[] {
  const usual = weightedMedian(
    pieces.map((piece) => ({ value: piece.contrast, weight: piece.contrast ** 4 * extentOf(piece) })),
  );
  return pieces.filter(({ contrast }) => contrast >= LEAST_CONTRAST_SHARE * usual);
}

/** Returns the height that most digits have. Large pieces count more, because small ones may be parts of digits. */
function usualHeight(pieces: readonly Box[]): number {
  return weightedMedian(pieces.map((piece) => ({ value: heightOf(piece), weight: heightOf(piece) })));
}

/** Joins pieces that lie above or inside one another, such as the roof of a 5. */
function joinPieces(pieces: readonly Piece[], usual: number): FoundDigit[] {
  const joined = pieces.map((piece): FoundDigit => join([piece]));
  for (let one = 0; one < joined.length; one += 1) {
    for (let other = one + 1; other < joined.length; other += 1) {
      if (!belongTogether(joined[one], joined[other], usual)) continue;
      joined[one] = join([...joined[one].pieces, ...joined[other].pieces]);
      joined.splice(other, 1);
      // The joined piece may now reach an earlier one.
      one = -1;
      break;
    }
  }
  return joined;
}

function join(pieces: readonly Piece[]): FoundDigit {
  return {
    pieces,
    left: Math.min(...pieces.map(({ left }) => left)),
    top: Math.min(...pieces.map(({ top }) => top)),
    right: Math.max(...pieces.map(({ right }) => right)),
    bottom: Math.max(...pieces.map(({ bottom }) => bottom)),
  };
}

function belongTogether(one: FoundDigit, other: FoundDigit, usual: number): boolean {
  if (one.pieces[0].layer !== other.pieces[0].layer) return false;
  const overlapX = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const overlapY = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const joined = join([...one.pieces, ...other.pieces]);
  if (heightOf(joined) > JOINED_HEIGHT_SHARE * usual) return false;
  const narrower = Math.min(widthOf(one), widthOf(other));
  const isOver = overlapX >= 0.4 * narrower && -overlapY <= GAP_SHARE * usual;
  // A roof that begins to the right of its 5, or a bar beside its stem, is small.
  const [smaller, larger] = [pixelsOf(one), pixelsOf(other)].sort((first, second) => first - second);
  const isBeside = smaller < 0.35 * larger && -overlapX <= 0.5 * GAP_SHARE * usual && overlapY > 0;
  // A 4 whose stem almost touches the rest.
  const isTight = -overlapX <= TIGHT_STROKES * strokeWidthOf(joined) && overlapY > 0.3 * usual;
  return isOver || isBeside || (isTight && widthOf(joined) <= JOINED_WIDTH_SHARE * usual);
}

/** Returns the digits whose strokes are about as wide as those of the others. */
function alike(digits: readonly FoundDigit[]): FoundDigit[] {
  const usual = weightedMedian(digits.map((digit) => ({ value: strokeWidthOf(digit), weight: heightOf(digit) })));
  return digits.filter((digit) => {
    const factor = strokeWidthOf(digit) / usual;
    return factor <= STROKE_FACTOR && factor >= 1 / STROKE_FACTOR;
  });
}

/** Sorts the digits line by line, each from the left. The lines may slant, as in a photo that is not quite upright. */
function inReadingOrder(digits: readonly FoundDigit[], usual: number): FoundDigit[] {
  const slope = slopeOfLines(digits, usual);
  const middle = (digit: Box): number => (digit.top + digit.bottom) / 2 - (slope * (digit.left + digit.right)) / 2;
  const lines: FoundDigit[][] = [];
  for (const digit of [...digits].sort((one, other) => middle(one) - middle(other))) {
    const line = lines[lines.length - 1];
    const last = line?.[line.length - 1];
    if (line && last && middle(digit) - middle(last) < 0.5 * usual) line.push(digit);
    else lines.push([digit]);
  }
  return lines.flatMap((line) => line.sort((one, other) => one.left - other.left));
}

/** Returns the slope of the lines in rows down per column to the right, estimated from each digit and its neighbour. */
function slopeOfLines(digits: readonly FoundDigit[], usual: number): number {
  const slopes: { value: number; weight: number }[] = [];
  for (const digit of digits) {
    let nearest = 6 * usual;
    let slope: number | null = null;
    for (const other of digits) {
      const along = (other.left + other.right - digit.left - digit.right) / 2;
      const down = (other.top + other.bottom - digit.top - digit.bottom) / 2;
      if (along <= 0.3 * usual || along >= nearest || Math.abs(down) > 0.5 * usual) continue;
      nearest = along;
      slope = down / along;
    }
    if (slope !== null) slopes.push({ value: slope, weight: 1 });
  }
  return weightedMedian(slopes);
}
