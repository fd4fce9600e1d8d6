/** What a model knows before it is taught, to be rehearsed: digits of the project's own hand, and shapes that are none. */
import { drawDigit } from '../../common/handwriting/draw-digit.ts';
import { ALL_FORMS } from '../../common/handwriting/further-forms.ts';
import type { Random } from '../../common/random/random.ts';
import { drawGlyph } from '../strokes/draw-glyph.ts';
import { writeOwnDigit } from '../strokes/own-digit.ts';
import { biteInk, randomPose } from '../strokes/pose.ts';
import { drawShape, type ShapeName } from '../strokes/shapes.ts';
import type { TeachRecipe } from './recipe.ts';

const DIGITS = 10;
/** The share of rehearsed digits in other sizes that lack a piece. */
const BITTEN = 0.1;

/** Draws something that is none of the new signs. `shapes` are those that do not look like one. */
export function drawKnownThing(recipe: TeachRecipe, shapes: readonly ShapeName[], random: Random): Uint8Array {
  const kind = random.unit();
  if (kind < recipe.plainDigits || (kind >= recipe.plainDigits + recipe.posedDigits && shapes.length === 0)) {
    return drawDigit(random, random.below(DIGITS));
  }
  const strokes =
    kind < recipe.plainDigits + recipe.posedDigits
      ? writeOwnDigit(random, random.below(DIGITS), ALL_FORMS)
      : drawShape(random, shapes[random.below(shapes.length)]);
  const pose = randomPose(recipe.pose, random);
  const pixels = drawGlyph(strokes, pose, random);
  return random.unit() < BITTEN ? biteInk(pixels, pose.height, random) : pixels;
}
