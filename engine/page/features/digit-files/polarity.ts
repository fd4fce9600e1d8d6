/**
 * Decides between dark ink and light ink. The narrow gaps between dark strokes look like light ink, and vice versa. But
 * strokes are long and slender, and gaps are not. The decision is made for each piece from its surroundings, because a
 * picture can contain both a white sheet and a blackboard.
 */
import { type Box, extentOf, type Piece, strokeWidth } from './pieces.ts';

/** The surroundings of a piece extend as far as the piece is large, but at least this many pixels. */
const LEAST_SURROUNDINGS = 60;
/** A piece that is this many times as long as it is wide is as slender as any stroke. */
const SLENDER = 10;
/** Narrower pieces, in pixels, are the soft edges of others. */
const LEAST_WIDTH = 2;

/** The evidence for dark ink minus the evidence for light ink, in the picture at one size. */
interface Evidence {
  /** The sums over all pixels above and to the left of each pixel's corner (summed-area table, Crow 1984). */
  readonly sums: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Collects the evidence at one size of the picture after another, each half as large as the one before. */
export class Polarity {
  readonly #evidence: Evidence[] = [];

  /**
   * Returns the pieces of either kind that are ink.
   * @param scale the width of one of their pixels, in pixels of the original picture
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

/** Adds the squared contrast along the length of slender pieces, in units of the original picture. */
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
