/** Colours for a new sign that can be told apart from those of the model's classes, also by colour-blind people. */
import { type Color, colorFromLch, contrastRatio, linearFromByte, oklabFromLinear } from '../../../view/color.ts';

/** How people see linear light: normally, and without one kind of cone (Machado, Oliveira and Fernandes 2009). */
const VISIONS: readonly (readonly number[])[] = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
];

/** The least contrast to the paper. */
const LEAST_CONTRAST = 3;
const PAPER: Color = [255, 255, 255];
const INK: Color = [0, 0, 0];

/**
 * Returns colours as far from `taken` and from each other as there are, the best first.
 *
 * @param taken the colours of the classes in the palette that is shown
 */
export function suggestColors(taken: readonly Color[], count: number): Color[] {
  const apartFrom = [...taken, PAPER, INK].map(seen);
  const candidates = CANDIDATES.map((color) => ({ color, seen: seen(color) }));
  return Array.from({ length: count }, () => {
    const distances = candidates.map((candidate) => Math.min(...apartFrom.map((one) => distance(candidate.seen, one))));
    const best = candidates[distances.indexOf(Math.max(...distances))];
    apartFrom.push(best.seen);
    return best.color;
  });
}

const CANDIDATES: readonly Color[] = [0.35, 0.45, 0.55, 0.65].flatMap((lightness) =>
  [0.1, 0.2].flatMap((chroma) =>
    Array.from({ length: 18 }, (_, index) => colorFromLch(lightness, chroma, 20 * index)).filter(
      (color) => contrastRatio(color, PAPER) >= LEAST_CONTRAST,
    ),
  ),
);

/** A colour in OKLab for each kind of vision. */
function seen(color: Color): Color[] {
  const [red, green, blue] = color.map(linearFromByte);
  return VISIONS.map((matrix) => {
    const row = (start: number): number =>
      Math.min(1, Math.max(0, matrix[start] * red + matrix[start + 1] * green + matrix[start + 2] * blue));
    return oklabFromLinear([row(0), row(3), row(6)]);
  });
}

/** The distance for those who see the least of it. */
function distance(one: readonly Color[], other: readonly Color[]): number {
  const each = one.map((color, vision) => {
    const [l, a, b] = other[vision];
    return Math.hypot(color[0] - l, color[1] - a, color[2] - b);
  });
  return Math.min(...each);
}
