/** What `npm run evaluate` measures pen strokes on, and at which sizes. */
import { parseNumber, parseWhole } from '../../engine/command-line/arguments.ts';
import { userPath } from '../../engine/command-line/command.ts';
import { isFolder } from '../../engine/command-line/files.ts';
import { findGlyphFiles, readGlyphs, type GlyphSet } from '../strokes/glyphs.ts';
import { areDigits } from '../strokes/look-alikes.ts';
import { evaluationSets, evaluationShapes, OWN_HAND } from '../strokes/own-hand.ts';

export const STROKE_DEFAULTS = { heights: '14,18,22,28,40,48', radius: '1.5', steps: '100' };

/** Each change of a digit is drawn once at each height. */
export const CHANGE_HEIGHTS = '18,22,28,34';

/** Files of strokes to measure with have this in their names. */
const VALIDATION_PART = 'validation';
/** Glyphs of each digit and of each shape in the project's own hand. */
const OWN_GLYPHS_EACH = 50;
const LEAST_CELLS = 0.1;
const MOST_HEIGHT_CELLS = 200;
const MOST_RADIUS_CELLS = 20;

/** How strokes are drawn and read, in cells and steps. */
export interface StrokeSizes {
  readonly heights: number[];
  readonly radii: number[];
  readonly steps: number;
}

/**
 * Parses the options of strokes; without one of them, its default is taken.
 * @throws UsageError that names the option
 */
export function parseStrokeSizes(given: {
  readonly heights?: string;
  readonly radius?: string;
  readonly steps?: string;
}): StrokeSizes {
  const { heights = STROKE_DEFAULTS.heights, radius = STROKE_DEFAULTS.radius, steps = STROKE_DEFAULTS.steps } = given;
  const list = (text: string, option: string, most: number): number[] =>
    text.split(',').map((value) => parseNumber(value, option, LEAST_CELLS, most));
  return {
    heights: list(heights, '--heights', MOST_HEIGHT_CELLS),
    radii: list(radius, '--radius', MOST_RADIUS_CELLS),
    steps: parseWhole(steps, '--steps', 1, 10_000),
  };
}

/** The glyphs that `--strokes` names. Digits in a folder have the project's own shapes beside them, which are none. */
export function openStrokes(place: string, classNames: readonly string[]): GlyphSet[] {
  if (place === OWN_HAND) return evaluationSets(OWN_GLYPHS_EACH);
  const path = userPath(place);
  const sets: GlyphSet[] = findGlyphFiles(path, VALIDATION_PART).map(readGlyphs);
  return isFolder(path) && areDigits(classNames) ? [...sets, evaluationShapes(OWN_GLYPHS_EACH)] : sets;
}
