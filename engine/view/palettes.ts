/**
 * Palettes: the model's own colours, a set that colour-blind people can tell apart, and a set with high contrast. The
 * number of classes depends on the model, so each palette continues beyond the ten colours of the digits. The latter
 * two have a contrast of at least 3 : 1 against their background. The model's own colours come from its file, and the
 * pale ones of the digits have less contrast.
 */
import type { ModelClass } from '../common/model/specification.ts';
import { type Color, turnHue } from './color.ts';

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

/**
 * The colours of further classes, up to the 48 that a model can have. Each is the one that is furthest from black,
 * white and all colours before it, in a grid over sRGB: every fifth value of a channel, with at least 3 : 1 against
 * white and 1.5 : 1 against black. How far two colours are apart is the least of their distances in OKLab with
 * protanopia, with deuteranopia, and in normal vision, where it counts half: more hues are seen there. The test computes
 * this again.
 *
 * The closest two of 36 classes are 0.088 apart in normal vision, and 0.043 in protanopia and deuteranopia; of 48
 * classes, 0.079 and 0.038. The ten of the digits are 0.13 apart. A colour-blind reader cannot tell all of 48 colours
 * apart, although they differ in lightness as well, and in tritanopia, which is very rare, two of them are only 0.017
 * apart. The legend therefore names the classes.
 */
// prettier-ignore
const FURTHER_SAFE: readonly Color[] = [
  [190, 0, 145], [255, 30, 105], [45, 120, 65], [255, 50, 210], [90, 70, 0], [80, 55, 210],
  [120, 130, 175], [130, 0, 140], [10, 165, 0], [55, 50, 65], [135, 130, 90], [105, 5, 30],
  [200, 65, 255], [215, 120, 145], [130, 85, 200], [30, 30, 120], [170, 95, 140], [0, 90, 105],
  [165, 0, 35], [105, 85, 140], [5, 145, 215], [75, 55, 115], [0, 70, 175], [200, 35, 75], [0, 0, 240],
  [10, 80, 50], [215, 85, 185], [120, 0, 80], [90, 120, 235], [155, 50, 120], [85, 120, 115],
  [90, 95, 70], [25, 100, 225], [165, 60, 180], [175, 120, 120], [110, 105, 0], [60, 0, 160],
  [165, 110, 0],
];

/**
 * Found in the same way, with 4.5 : 1 against black and 1.5 : 1 against white. The closest two of 36 classes are 0.081
 * and 0.040 apart; of 48 classes, 0.074 and 0.034.
 */
// prettier-ignore
const FURTHER_CONTRAST: readonly Color[] = [
  [35, 235, 220], [215, 215, 135], [0, 175, 200], [185, 115, 255], [255, 190, 190], [135, 140, 160],
  [145, 210, 255], [165, 230, 55], [220, 10, 185], [0, 120, 225], [220, 85, 75], [145, 200, 110],
  [0, 140, 60], [165, 100, 110], [205, 175, 220], [0, 185, 90], [245, 120, 0], [255, 145, 165],
  [55, 195, 160], [110, 135, 225], [245, 175, 0], [90, 120, 160], [170, 75, 220], [190, 75, 155],
  [205, 140, 225], [200, 125, 130], [245, 0, 0], [255, 170, 125], [255, 120, 255], [165, 190, 190],
  [180, 150, 175], [155, 215, 170], [255, 110, 100], [195, 100, 205], [250, 50, 245], [90, 160, 140],
  [140, 125, 90], [250, 180, 250],
];

const CHOSEN: Readonly<Record<Exclude<PaletteName, 'seed'>, readonly Color[]>> = {
  safe: [...SAFE, ...FURTHER_SAFE],
  contrast: [...CONTRAST, ...FURTHER_CONTRAST],
};

/**
 * Returns the palette of this name for a model's classes.
 *
 * @internal
 * @param hueShift the rotation of the classes' hues, in degrees
 */
export function makePalette(name: PaletteName, classes: readonly ModelClass[], hueShift = 0): Palette {
  const grounds = name === 'contrast' ? NIGHT : PAPER;
  const colors = classes.map(({ color }, index) => turnHue(name === 'seed' ? color : CHOSEN[name][index], hueShift));
  return { ...grounds, classes: colors };
}
