/** Fresh digits, and things that are none, drawn from pen strokes without end. */
import type { PenPoint, Stroke } from '../../engine/common/handwriting/stroke.ts';
import type { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { DataError } from '../digits/idx.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import type { StrokeRule } from '../presets/recipe.ts';
import { drawGlyph } from '../../engine/learning/strokes/draw-glyph.ts';
import { biteInk, randomPose } from '../../engine/learning/strokes/pose.ts';
import { findGlyphFiles, readGlyphs, type Glyph } from './glyphs.ts';
import { OWN_HAND, trainingGlyphs } from './own-hand.ts';
import { drawShape, SHAPE_NAMES } from '../../engine/learning/strokes/shapes.ts';

/** What `--strokes` draws from. */
export interface StrokeSet {
  /** The glyphs of every class. */
  readonly classes: readonly (readonly Glyph[])[];
  /** Glyphs that are not a class and do not look like one. */
  readonly others: readonly Glyph[];
  /** The files it was read from, and their digests. */
  readonly files: readonly { readonly name: string; readonly digest: string }[];
}

/** Signs that people write as they write a digit: what they are cannot be told from the ink. */
const LIKE_DIGITS = /^(?:[BDGIOQSYZ!()/|\\',`[\]{};"%?]|\\["\\])$/;

/** Files of strokes to train on have this in their names. */
const TRAINING_PART = 'train';

/** Glyphs of each digit in the project's own hand: more than a file has of most forms. */
const OWN_GLYPHS_EACH = 500;

/**
 * Reads the strokes of a folder's `*train*` files, or of one file; `handwriting` stands for the project's own.
 * @param classNames the classes of the model; other labels do not belong to a class
 * @throws DataError if they cannot be used
 */
export function readStrokeSet(place: string, classNames: readonly string[]): StrokeSet {
  const files = place === OWN_HAND ? [] : findGlyphFiles(place, TRAINING_PART).map(readGlyphs);
  const glyphs = place === OWN_HAND ? trainingGlyphs(OWN_GLYPHS_EACH) : files.flatMap((file) => file.glyphs);
  const classes = classNames.map((name) => glyphs.filter(({ label }) => label === name));
  const missing = classNames.find((_, index) => classes[index].length === 0);
  if (missing !== undefined) throw new DataError(`The strokes in "${place}" have no "${missing}".`);
  return {
    classes,
    others: glyphs.filter(({ label }) => !classNames.includes(label) && !LIKE_DIGITS.test(label)),
    files: files.map(({ name, digest }) => ({ name, digest })),
  };
}

/** Of the ink that is not a class: the share of glyphs if there are any, and of half digits. The rest are shapes. */
const GLYPHS = 0.55;
const HALVES = 0.1;

/** Digits of which neither half, the upper and the lower, is a digit itself. */
const WITHOUT_HALVES = [0, 2, 3, 5];

function pick<T>(list: ArrayLike<T>, random: Random): T {
  return list[random.below(list.length)];
}

/** The parts of strokes above or below half of their height. */
function cutInHalf(strokes: readonly Stroke[], upper: boolean): Stroke[] {
  const parts: Stroke[] = [];
  for (const stroke of strokes) {
    let part: PenPoint[] = [];
    for (const point of stroke) {
      if (point.y < 0.5 === upper) part.push(point);
      else {
        if (part.length > 1) parts.push(part);
        part = [];
      }
    }
    if (part.length > 1) parts.push(part);
  }
  return parts;
}

function drawNone({ classes, others }: StrokeSet, random: Random): readonly Stroke[] {
  const kind = random.unit();
  if (kind < HALVES && classes.length > Math.max(...WITHOUT_HALVES)) {
    const half = cutInHalf(pick(classes[pick(WITHOUT_HALVES, random)], random).strokes, random.unit() < 0.5);
    if (half.length > 0) return half;
  }
  if (kind < HALVES + GLYPHS && others.length > 0) return pick(others, random).strokes;
  return drawShape(random, pick(SHAPE_NAMES, random));
}

/** A digit in a random pose, or something that is none. */
export function drawFromStrokes(set: StrokeSet, rule: StrokeRule, random: Random): Digit {
  const none = random.unit() < rule.none;
  const label = none ? NO_CLASS : random.below(set.classes.length);
  const strokes = none ? drawNone(set, random) : pick(set.classes[label], random).strokes;
  const pose = randomPose(rule, random);
  const pixels = drawGlyph(strokes, pose, random);
  return { pixels: random.unit() < rule.bitten ? biteInk(pixels, pose.height, random) : pixels, label };
}
