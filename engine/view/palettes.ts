/**
 * Palettes: the model's own colours, a set that colour-blind people can tell apart, and a set with high contrast. The
 * number of classes depends on the model, so each palette continues beyond its ten chosen colours. The latter two have
 * a contrast of at least 3 : 1 against their background. The model's own colours come from its file, and the pale ones
 * of the digits have less contrast.
 */
import type { ModelClass } from '../common/model/specification.ts';
import { type Color, colorFromLch, turnHue } from './color.ts';

export const PALETTES = ['seed', 'safe', 'contrast'] as const;

export type PaletteName = (typeof PALETTES)[number];

/** All colours of the picture of the canvas. */
export interface Palette {
  /** One colour for each class of the model. */
  readonly classes: readonly Color[];
  /** A cell without ink. */
  readonly background: Color;
  /** Ink of an undecided cell; also plain ink. */
  readonly undecided: Color;
  /** The area around the canvas, if the window is wider or taller. */
  readonly surroundings: Color;
  /** Lines between tiles. */
  readonly grid: Color;
  /** A cell that agrees with its digit or keeps its label, in the views that highlight the others. */
  readonly calm: Color;
  /** A cell that disagrees with its digit, or has changed its label. */
  readonly alarm: Color;
  /** The colours from no confidence to full confidence, and for the range of a channel's values. */
  readonly ramp: readonly [low: Color, middle: Color, high: Color];
}

type Grounds = Omit<Palette, 'classes'>;

/** Ink on paper, with black for undecided cells as in the original. */
const PAPER: Grounds = {
  background: [255, 255, 255],
  undecided: [0, 0, 0],
  surroundings: [236, 238, 241],
  grid: [205, 210, 216],
  calm: [176, 188, 200],
  alarm: [214, 40, 24],
  ramp: [
    [238, 119, 51],
    [187, 187, 187],
    [0, 68, 136],
  ],
};

const NIGHT: Grounds = {
  background: [0, 0, 0],
  undecided: [255, 255, 255],
  surroundings: [22, 24, 28],
  grid: [64, 68, 74],
  calm: [92, 104, 116],
  alarm: [255, 196, 0],
  ramp: [
    [255, 136, 60],
    [120, 120, 120],
    [96, 190, 255],
  ],
};

/**
 * Found by simulated annealing: the ten colours, black and white are as far apart in OKLab as could be reached in
 * normal vision and in protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009) at the same time.
 * In addition, each has 3 : 1 against white, and 1.5 : 1 against black, which OKLab alone does not ensure near black.
 * Digits that are easily confused, such as 3 and 8, are the furthest apart. The test computes all of this again.
 */
const SAFE: readonly Color[] = [
  [10, 165, 149],
  [0, 0, 186],
  [124, 58, 85],
  [232, 113, 16],
  [3, 104, 168],
  [147, 0, 255],
  [7, 52, 0],
  [170, 124, 242],
  [80, 2, 93],
  [182, 69, 8],
];

/** Found in the same way: each colour has at least 4.5 : 1 against black, and they are far apart in normal vision. */
const CONTRAST: readonly Color[] = [
  [22, 133, 128],
  [130, 102, 191],
  [138, 162, 0],
  [204, 17, 255],
  [249, 115, 200],
  [163, 106, 5],
  [239, 21, 118],
  [202, 156, 129],
  [149, 166, 255],
  [0, 217, 7],
];

/** The angle in degrees between the hues of further classes. It is the golden angle, so that no two hues are close. */
const GOLDEN_ANGLE = 137.508;

/**
 * Returns the palette of this name for a model's classes.
 *
 * @internal
 * @param hueShift the rotation of the classes' hues, in degrees
 */
export function makePalette(name: PaletteName, classes: readonly ModelClass[], hueShift = 0): Palette {
  const grounds = name === 'contrast' ? NIGHT : PAPER;
  const colors = classes.map((entry, index) => turnHue(classColor(name, entry, index), hueShift));
  return { ...grounds, classes: colors };
}

function classColor(name: PaletteName, entry: ModelClass, index: number): Color {
  if (name === 'seed') return entry.color;
  const chosen = name === 'safe' ? SAFE[index] : CONTRAST[index];
  if (chosen) return chosen;
  // The lightness cycles through four levels while the hue rotates, because many people cannot distinguish hues alone.
  const level = index % 4;
  const lightness = name === 'safe' ? 0.32 + 0.09 * level : 0.6 + 0.1 * level;
  return colorFromLch(lightness, 0.2, index * GOLDEN_ANGLE);
}
