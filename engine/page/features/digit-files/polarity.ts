/**
 * Dark ink or light ink? Between dark strokes there are narrow gaps, which look like light ink, and the other way
 * round; but strokes are long and slender, and gaps are not. It is decided for each piece by what is around it, as a
 * picture can hold a white sheet and a blackboard.
 */
import { type Box, extentOf, type Piece, strokeWidth } from './pieces.ts';

/** How far around a piece it is decided: as far as it reaches itself, but not less than so many pixels. */
const LEAST_SURROUNDINGS = 60;
/** A piece that is this many times as long as wide is as slender as any stroke. */
const SLENDER = 10;
/** Narrower ones, in pixels, are the soft edges of others. */
const LEAST_WIDTH = 2;

/** What speaks for dark ink in a picture of some size, less what speaks for light ink. */
interface Evidence {
  /** Of all pixels above and to the left of each pixel's corner (summed areas, Crow 1984). */
  readonly sums: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Gathers what speaks for either from one size of the picture to the next, halved one. */
export class Polarity {
  readonly #evidence: Evidence[] = [];

  /**
   * Those of the pieces of either kind that are ink.
   * @param scale how many pixels of the whole picture one of theirs is wide
   */
  onlyInk(dark: readonly Piece[], light: readonly Piece[], scale: number): Piece[] {
    const [any] = [...dark, ...light];
    if (!any) return [];
    const { width, height } = any.layer.map;
    const weights = new Float32Array(width * height);
    weigh(dark, weights, scale, 1);
    weigh(light, weights, scale, -1);
    this.#evidence.push({ sums: sumAreas(weights, width, height), width, height, scale });
    const isDark = (piece: Piece): boolean => {
      const reach = Math.max(LEAST_SURROUNDINGS, extentOf(piece));
      const { left, top, right, bottom } = piece;
      return this.#darkness(
        { left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach },
        scale,
      );
    };
    return [...dark.filter(isDark), ...light.filter((piece) => !isDark(piece))];
  }

  #darkness(box: Box, scale: number): boolean {
    let sum = 0;
    for (const evidence of this.#evidence) sum += sumWithin(evidence, box, scale / evidence.scale);
    return sum >= 0;
  }
}

/** Squared contrast over the length of slender pieces, in units of the whole picture. */
function weigh(pieces: readonly Piece[], weights: Float32Array, scale: number, sign: number): void {
  if (pieces.length === 0) return;
  const { map, labels } = pieces[0].layer;
  const factors = new Float32Array(Math.max(...pieces.map(({ label }) => label)) + 1);
  for (const piece of pieces) {
    const wide = Math.max(LEAST_WIDTH, strokeWidth(piece));
    const slenderness = Math.min(1, piece.pixels / wide ** 2 / SLENDER);
    factors[piece.label] = (sign * scale * slenderness) / wide;
  }
  for (let index = 0; index < weights.length; index += 1) {
    const factor = factors[labels[index]];
    if (factor) weights[index] += (map.paper[index] - map.pixels[index]) ** 2 * factor;
  }
}

function sumAreas(weights: Float32Array, width: number, height: number): Float64Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += weights[y * width + x];
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
    }
  }
  return sums;
}

function sumWithin({ sums, width, height }: Evidence, box: Box, factor: number): number {
  const place = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value * factor)));
  const [left, right] = [place(box.left, width), place(box.right, width)];
  const stride = width + 1;
  const [top, bottom] = [place(box.top, height) * stride, place(box.bottom, height) * stride];
  return sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
}
