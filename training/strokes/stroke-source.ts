/** Fresh digits, and things that are none, drawn from pen strokes without end. */
import type { PenPoint, Stroke } from '../../engine/common/handwriting/stroke.ts';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { sideOf } from '../../engine/learning/rollout/live-cells.ts';
import type { Digits } from '../digits/digits.ts';
import { DataError } from '../digits/idx.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import type { StrokeRule } from '../presets/recipe-schema.ts';
import { drawGlyph, UPRIGHT, type Pose } from '../../engine/learning/strokes/draw-glyph.ts';
import { biteInk, randomPose } from '../../engine/learning/strokes/pose.ts';
import { drawShape, isShapeName, SHAPE_NAMES, type ShapeName } from '../../engine/learning/strokes/shapes.ts';
import { touchingPair } from '../../engine/learning/strokes/touching-pair.ts';
import { findGlyphFiles, readGlyphs, type Glyph } from './glyphs.ts';
import { looksLikeDigit } from './look-alikes.ts';
import { nameForm } from './name-form.ts';
import { evaluationSets, OWN_HAND, trainingGlyphs } from './own-hand.ts';
import { remainsOf } from './remains.ts';

/** What `--strokes` draws from. */
export interface StrokeSet {
  /** The glyphs of every class. */
  readonly classes: readonly (readonly Glyph[])[];
  /** How often each class is drawn, in relation to the others. */
  readonly weights: readonly number[];
  /** Those of them that have one of the rarer forms of their class. */
  readonly rareForms: readonly (readonly Glyph[])[];
  /** Glyphs that are not a class and do not look like one. */
  readonly others: readonly Glyph[];
  /** Shapes that do not look like a class. */
  readonly shapes: readonly ShapeName[];
  /** The classes of which neither half, the upper and the lower, looks like a class. */
  readonly halves: readonly number[];
  /** Whether two glyphs of classes that touch are none. */
  readonly pairs: boolean;
  /** The files it was read from, and their digests. */
  readonly files: readonly { readonly name: string; readonly digest: string }[];
}

/** Files of strokes to train on have this in their names. */
const TRAINING_PART = 'train';

/** Glyphs of each digit in the project's own hand: more than a file has of most forms. */
const OWN_GLYPHS_EACH = 500;
const OWN_VALIDATION_EACH = 50;

/** The stream of random numbers of the places of {@link drawValidation}. */
const LOOK_STREAM = 0x6c6f6f6b;

/**
 * Reads the strokes of a folder's `*train*` files, or of one file; `handwriting` stands for the project's own.
 * @param classNames the classes of the model; other labels do not belong to a class
 * @param rule what stands for "none of these", and how often each class is drawn
 * @throws DataError if they cannot be used
 */
export function readStrokeSet(
  place: string,
  classNames: readonly string[],
  rule: Pick<StrokeRule, 'others' | 'even' | 'weights'>,
): StrokeSet {
  const files = place === OWN_HAND ? [] : findGlyphFiles(place, TRAINING_PART).map(readGlyphs);
  const glyphs = place === OWN_HAND ? trainingGlyphs(OWN_GLYPHS_EACH) : files.flatMap((file) => file.glyphs);
  const classes = classNames.map((name) => glyphs.filter(({ label }) => label === name));
  const missing = classNames.filter((_, index) => classes[index].length === 0);
  if (missing.length > 0) throw new DataError(`The strokes in "${place}" have no ${listOf(missing)}.`);
  const odd = Object.keys(rule.weights).filter((name) => !classNames.includes(name));
  if (odd.length > 0) throw new DataError(`strokes.weights names ${listOf(odd)}, which the model has no class for.`);
  const weights = classNames.map(
    (name, index) => (rule.weights[name] ?? 1) * (rule.even === 'glyphs' ? classes[index].length : 1),
  );
  const named = rule.others;
  const rareForms = classes.map((own) => own.filter(({ label, strokes }) => nameForm(label, strokes) !== null));
  const digests = files.map(({ name, digest }) => ({ name, digest }));
  if (named === null) {
    const others = glyphs.filter(({ label }) => !classNames.includes(label) && !looksLikeDigit(label));
    const halves = [...classNames.keys()].filter((index) => isNoneInHalves(classNames[index]));
    return { classes, weights, rareForms, others, shapes: SHAPE_NAMES, halves, pairs: true, files: digests };
  }
  const twice = named.find((label) => classNames.includes(label));
  if (twice !== undefined) throw new DataError(`strokes.others names "${twice}", which is a class of the model.`);
  const labels = new Set(glyphs.map(({ label }) => label));
  const unknown = named.filter((label) => !labels.has(label) && !isShapeName(label));
  if (unknown.length > 0) {
    throw new DataError(
      `strokes.others names ${listOf(unknown)}, and neither the strokes in "${place}" nor the shapes have that; the shapes are ${SHAPE_NAMES.join(', ')}.`,
    );
  }
  const others = glyphs.filter(({ label }) => named.includes(label));
  return {
    ...{ classes, weights, rareForms, others, shapes: named.filter(isShapeName) },
    ...{ halves: [], pairs: false, files: digests },
  };
}

function listOf(labels: readonly string[]): string {
  return labels.map((label) => `"${label}"`).join(', ');
}

/** Of the ink that is not a class: the share of half digits, of touching pairs, and of glyphs. The rest are shapes. */
const HALVES = 0.1;
const PAIRS = 0.15;
const GLYPHS = 0.5;

/** Between the paths of a touching pair where they are nearest, as a share of its height: its ink meets or overlaps. */
const PAIR_DISTANCE = [0.02, 0.08] as const;

/** Whether neither half of a digit, the upper and the lower, is a digit itself. */
function isNoneInHalves(name: string): boolean {
  return remainsOf(name, 'upper') === null && remainsOf(name, 'lower') === null;
}

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

function drawNone({ classes, others, shapes, halves, pairs }: StrokeSet, random: Random): readonly Stroke[] {
  const kind = random.unit();
  if (kind < HALVES && halves.length > 0) {
    const half = cutInHalf(pick(classes[pick(halves, random)], random).strokes, random.unit() < 0.5);
    if (half.length > 0) return half;
  }
  if (kind < HALVES + PAIRS && pairs) {
    const [one, other] = [pick(pick(classes, random), random), pick(pick(classes, random), random)];
    return touchingPair(one.strokes, other.strokes, random.range(...PAIR_DISTANCE), random);
  }
  if ((kind < HALVES + PAIRS + GLYPHS || shapes.length === 0) && others.length > 0) return pick(others, random).strokes;
  return drawShape(random, pick(shapes, random));
}

function pickGlyph({ classes, rareForms }: StrokeSet, label: number, rule: StrokeRule, random: Random): Glyph {
  const isRare = rule.rareForms > 0 && rareForms[label].length > 0 && random.unit() < rule.rareForms;
  return pick(isRare ? rareForms[label] : classes[label], random);
}

/** A digit in a random pose, or something that is none. */
export function drawFromStrokes(set: StrokeSet, rule: StrokeRule, random: Random): Digit {
  const none = random.unit() < rule.none;
  const label = none ? NO_CLASS : random.weighted(set.weights);
  const strokes = none ? drawNone(set, random) : pickGlyph(set, label, rule, random).strokes;
  const pose = randomPose(rule, random);
  const pixels = drawGlyph(strokes, pose, random);
  return { pixels: random.unit() < rule.bitten ? biteInk(pixels, pose.height, random) : pixels, label };
}

/** How the glyphs of a look are drawn: as they are measured by default, at a height at which a page's tile holds them. */
const LOOK_POSE: Pose = { ...UPRIGHT, height: 22, radius: 1.5 };

/**
 * Glyphs of the classes to look at during a run, which are never trained on, in a random order that is always the same:
 * those of a folder's `*validation*` files, or more in the project's own hand.
 * @throws DataError if there are none
 */
export function drawValidation(place: string, classNames: readonly string[]): Digits {
  const sets =
    place === OWN_HAND ? evaluationSets(OWN_VALIDATION_EACH) : findGlyphFiles(place, 'validation').map(readGlyphs);
  const glyphs = sets.flatMap((set) => set.glyphs).filter(({ label }) => classNames.includes(label));
  if (glyphs.length === 0) throw new DataError(`The strokes in "${place}" have no class to measure with.`);
  const random = new Random(LOOK_STREAM);
  const order = random.shuffle(Uint32Array.from(glyphs.keys()));
  const images = Array.from(order, (index) => drawGlyph(glyphs[index].strokes, LOOK_POSE, random));
  const side = Math.max(...images.map(sideOf));
  const all = new Uint8Array(images.length * side * side);
  images.forEach((image, index) => all.set(centred(image, side), index * side * side));
  const labels = Uint8Array.from(order, (index) => classNames.indexOf(glyphs[index].label));
  return { name: 'pen strokes of others', count: images.length, images: all, labels, classNames, isMixed: true };
}

/** A square image in the middle of a larger one. */
function centred(image: Uint8Array, side: number): Uint8Array {
  const own = sideOf(image);
  const margin = Math.floor((side - own) / 2);
  const result = new Uint8Array(side * side);
  for (let row = 0; row < own; row += 1) {
    result.set(image.subarray(row * own, (row + 1) * own), (row + margin) * side + margin);
  }
  return result;
}
