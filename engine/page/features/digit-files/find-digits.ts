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

/** A digit, and where in the picture it stands. */
export interface PictureDigit {
  /** In pixels of the picture. */
  readonly box: Box;
  /** 784 bytes of ink, as MNIST has them. */
  readonly image: Uint8Array;
}

/** Smaller pictures are not halved once more. */
const LEAST_SIDE = 16;
/** Strokes as wide as these, in pixels, are told from paper most surely. */
const SURE_STROKES = { least: 2.5, most: 9.5 };
/** What digits count for whose strokes are wider or narrower. */
const LESS_SURE = 0.75;
/** A digit is at least this many times as long as its stroke is wide; a blot counts for less. */
const SLENDER = 8;

/** What was found in a picture that was halved some times. */
interface Found {
  readonly digits: readonly FoundDigit[];
  /** How many pixels of the picture one of its pixels is wide. */
  readonly scale: number;
  readonly score: number;
}

/**
 * The digits of a picture in reading order. Strokes may be a pixel or a hundred wide: the picture is halved again and
 * again, and looked at in each size; the size in which most is found, most clearly, gives the digits.
 * @param tell hears how much of the work is done, 0…1
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
    // What was a line of the paper at this size is none at the next.
    sized = halve(cleaned);
  }
  return best;
}

/** How clearly a digit stands out, and as a stroke. */
function sureness(digit: FoundDigit): number {
  const stroke = strokeWidthOf(digit);
  const isSure = stroke >= SURE_STROKES.least && stroke <= SURE_STROKES.most;
  const slenderness = Math.min(1, pixelsOf(digit) / stroke ** 2 / SLENDER);
  return contrastOf(digit) * (isSure ? 1 : LESS_SURE) * slenderness ** 2;
}

/** A picture of one of MNIST's digits needs nothing but ink that is bright. */
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
