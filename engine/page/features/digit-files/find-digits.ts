/** Finds the digits in a picture of handwriting. */
import { DIGIT_SIZE } from '../../../automaton/layout.ts';
import { type GreyPicture, halve, negative } from './grey.ts';
import { contrastOf, type FoundDigit, groupDigits, pixelsOf, strokeWidthOf } from './group-digits.ts';
import { findInk } from './ink-map.ts';
import { normalizeDigit } from './normalize-digit.ts';
import { type Box, findPieces } from './pieces.ts';
import { Polarity } from './polarity.ts';
import { withoutRuledLines } from './ruled-lines.ts';
import { wholePieces } from './whole-pieces.ts';

/** A digit, and its position in the picture. */
export interface PictureDigit {
  /** The rectangle around the digit, in pixels of the picture. */
  readonly box: Box;
  /** 784 bytes of ink, as in MNIST. */
  readonly image: Uint8Array;
}

/** Smaller pictures are not halved again. */
const LEAST_SIDE = 16;
/** Strokes within this range of widths, in pixels, are distinguished from paper most reliably. */
const SURE_STROKES = { least: 2.5, most: 9.5 };
/** The weight of digits with wider or narrower strokes. */
const LESS_SURE = 0.75;
/** A digit is at least this many times as long as its stroke is wide. A blot counts less. */
const SLENDER = 8;

/** The digits found in a picture that was halved a number of times. */
interface Found {
  readonly digits: readonly FoundDigit[];
  /** The width of one of its pixels, in pixels of the original picture. */
  readonly scale: number;
  readonly score: number;
}

/**
 * Returns the digits of a picture in reading order. Strokes may be one pixel or a hundred pixels wide, so the picture
 * is halved repeatedly and searched at each size. The size at which the most digits stand out most clearly gives the
 * result.
 * @param tell called with the share of the work that is done, 0…1
 */
export function findDigits(picture: GreyPicture, tell: (share: number) => void = () => undefined): PictureDigit[] {
  if (picture.width === DIGIT_SIZE && picture.height === DIGIT_SIZE) return [asItIs(picture)];
  // A lone 1 can be as straight as a line of the paper.
  const found = bestOfSizes(picture, withoutRuledLines, tell) ?? bestOfSizes(picture, (same) => same, tell);
  if (!found) return [];
  const { scale } = found;
  return found.digits.map((digit) => ({
    box: {
      left: digit.left * scale,
      top: digit.top * scale,
      right: digit.right * scale,
      bottom: digit.bottom * scale,
    },
    image: normalizeDigit(digit),
  }));
}

function bestOfSizes(
  picture: GreyPicture,
  clean: typeof withoutRuledLines,
  tell: (share: number) => void,
): Found | null {
  const polarity = new Polarity();
  let best: Found | null = null;
  let sized = picture;
  for (let scale = 1; Math.min(sized.width, sized.height) >= LEAST_SIDE; scale *= 2) {
    let dark = findInk(sized);
    let light = findInk(negative(sized));
    const cleaned = clean(sized, dark, light);
    if (cleaned !== sized) {
      dark = findInk(cleaned);
      light = findInk(negative(cleaned));
    }
    const [darkPieces, lightPieces] = [dark, light].map((ink) => wholePieces(findPieces(ink)));
    const digits = groupDigits(polarity.onlyInk(darkPieces, lightPieces, scale), cleaned);
    const score = digits.reduce((sum, digit) => sum + sureness(digit), 0);
    if (score > (best?.score ?? 0)) best = { digits, scale, score };
    // Each size has a quarter of the pixels of the one before.
    tell(1 - 1 / (4 * scale ** 2));
    // A line of the paper at this size is no longer there at the next.
    sized = halve(cleaned);
  }
  return best;
}

/** Returns how clearly a digit stands out, and how much it looks like a stroke. */
function sureness(digit: FoundDigit): number {
  const stroke = strokeWidthOf(digit);
  const isSure = stroke >= SURE_STROKES.least && stroke <= SURE_STROKES.most;
  const slenderness = Math.min(1, pixelsOf(digit) / stroke ** 2 / SLENDER);
  return contrastOf(digit) * (isSure ? 1 : LESS_SURE) * slenderness ** 2;
}

/** A picture of a single MNIST digit is used as it is. Its ink only has to be bright. */
function asItIs(picture: GreyPicture): PictureDigit {
  const { pixels, width, height } = picture;
  let edge = 0;
  for (let index = 0; index < width; index += 1) edge += pixels[index] + pixels[pixels.length - 1 - index];
  const isLight = edge / (2 * width) > 127;
  return {
    box: { left: 0, top: 0, right: width, bottom: height },
    image: isLight ? negative(picture).pixels : pixels,
  };
}
