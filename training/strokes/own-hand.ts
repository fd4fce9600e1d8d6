/** Glyphs of the project's own hand, for runs and measurements without files of strokes. */
import { DIGIT_FORMS } from '../../engine/common/handwriting/digit-forms.ts';
import { ALL_FORMS, furtherForms } from '../../engine/common/handwriting/further-forms.ts';
import { LETTER_FORMS } from '../../engine/common/handwriting/letter-forms.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { Glyph } from './glyphs.ts';
import { writeOwnDigit } from '../../engine/learning/strokes/own-digit.ts';
import { drawShape, SHAPE_NAMES } from '../../engine/learning/strokes/shapes.ts';

/** What `--strokes` takes in place of a folder. */
export const OWN_HAND = 'handwriting';

type Forms = typeof DIGIT_FORMS;

/** What is trained on is never what is measured with. */
const TRAINING_STREAM = 0x7472;
const EVALUATION_STREAM = 0x6576;

function writeGlyph(random: Random, digit: number, forms: Forms): Glyph {
  return { writer: OWN_HAND, label: String(digit), strokes: writeOwnDigit(random, digit, forms) };
}

function writeGlyphs(random: Random, digits: readonly number[], countEach: number, forms: Forms): Glyph[] {
  return digits.flatMap((digit) => Array.from({ length: countEach }, () => writeGlyph(random, digit, forms)));
}

function writeLetters(random: Random, countEach: number): Glyph[] {
  return Object.entries(LETTER_FORMS).flatMap(([label, forms]) =>
    writeGlyphs(random, [0], countEach, [forms]).map((glyph) => ({ ...glyph, label })),
  );
}

const DIGITS = [...DIGIT_FORMS.keys()];

/** Digits in all forms and capital letters to train on, as many of each. */
export function trainingGlyphs(countEach: number): Glyph[] {
  const random = new Random(TRAINING_STREAM);
  return [...writeGlyphs(random, DIGITS, countEach, ALL_FORMS), ...writeLetters(random, countEach)];
}

function drawShapes(random: Random, countEach: number): { name: string; glyphs: Glyph[] } {
  const glyphs = SHAPE_NAMES.flatMap((label) =>
    Array.from({ length: countEach }, (): Glyph => ({ writer: OWN_HAND, label, strokes: drawShape(random, label) })),
  );
  return { name: 'shapes', glyphs };
}

/** Shapes that are no digits, such as scribbles and hearts: the same as among the {@link evaluationSets}. */
export function evaluationShapes(countEach: number): { name: string; glyphs: Glyph[] } {
  return drawShapes(new Random(EVALUATION_STREAM), countEach);
}

/** Sets to measure with, by name: digits in the usual forms and in the further ones, letters, and shapes. */
export function evaluationSets(countEach: number): { name: string; glyphs: Glyph[] }[] {
  const random = new Random(EVALUATION_STREAM);
  const further = DIGITS.map(furtherForms);
  const shapes = drawShapes(random, countEach);
  return [
    { name: 'usual forms', glyphs: writeGlyphs(random, DIGITS, countEach, DIGIT_FORMS) },
    {
      name: 'further forms',
      glyphs: writeGlyphs(
        random,
        DIGITS.filter((digit) => further[digit].length > 0),
        countEach,
        further,
      ),
    },
    { name: 'letters', glyphs: writeLetters(random, countEach) },
    shapes,
  ];
}
