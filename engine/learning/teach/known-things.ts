/**
 * What a model knows before it is taught, to be rehearsed: the digits and letters among its classes, in the project's own
 * hand, and shapes that are none.
 */
import { DIGIT_FORMS } from '../../common/handwriting/digit-forms.ts';
import { drawDigit } from '../../common/handwriting/draw-digit.ts';
import { ALL_FORMS } from '../../common/handwriting/further-forms.ts';
import { LETTER_FORMS } from '../../common/handwriting/letter-forms.ts';
import type { FormsByNumber } from '../../common/handwriting/write-digit.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';
import type { Random } from '../../common/random/random.ts';
import { drawGlyph } from '../strokes/draw-glyph.ts';
import { writeOwnDigit } from '../strokes/own-digit.ts';
import { biteInk, randomPose } from '../strokes/pose.ts';
import { drawShape, SHAPE_NAMES, type ShapeName } from '../strokes/shapes.ts';
import type { TeachRecipe } from './recipe.ts';
import { drawVariation, normalizeStrokes } from './variations.ts';

/** The share of rehearsed shapes that lack a piece. */
const BITTEN = 0.1;

/** What can be drawn of what a model knows. */
export interface Repertoire {
  /** Of each digit and letter that the model knows, the usual forms, and all. */
  readonly usualForms: FormsByNumber;
  readonly allForms: FormsByNumber;
  /** Kinds of shapes that are no sign. */
  readonly shapes: readonly ShapeName[];
}

/**
 * @param taught names of classes that were taught from drawings, which are rehearsed from those
 * @param shapes kinds of shapes that are none of the new signs
 */
export function repertoireOf(
  { classes }: ModelSpecification,
  taught: ReadonlySet<string>,
  shapes: readonly ShapeName[],
): Repertoire {
  const names = classes.map(({ name }) => name).filter((name) => !taught.has(name));
  const digits = names.filter((name) => /^[0-9]$/.test(name)).map(Number);
  const letters = names.flatMap((name) => (Object.hasOwn(LETTER_FORMS, name) ? [LETTER_FORMS[name]] : []));
  return {
    usualForms: [...digits.map((digit) => DIGIT_FORMS[digit]), ...letters],
    allForms: [...digits.map((digit) => ALL_FORMS[digit]), ...letters],
    // Where nothing else is known, a shape that looks like a sign is better than nothing.
    shapes: digits.length + letters.length + shapes.length > 0 ? shapes : SHAPE_NAMES,
  };
}

/** Draws something that is none of the new signs. */
export function drawKnownThing(
  recipe: TeachRecipe,
  { usualForms, allForms, shapes }: Repertoire,
  random: Random,
): Uint8Array {
  const kind = random.unit();
  const count = usualForms.length;
  const isShape = kind >= recipe.plainDigits + recipe.variedDigits;
  if (count > 0 && (kind < recipe.plainDigits || (isShape && shapes.length === 0))) {
    return drawDigit(random, random.below(count), { forms: usualForms });
  }
  if (count > 0 && !isShape) {
    const strokes = normalizeStrokes(writeOwnDigit(random, random.below(count), allForms));
    return drawVariation(strokes, recipe.knownVariation, random);
  }
  const pose = randomPose(recipe.pose, random);
  const pixels = drawGlyph(drawShape(random, shapes[random.below(shapes.length)]), pose, random);
  return random.unit() < BITTEN ? biteInk(pixels, pose.height, random) : pixels;
}
