/**
 * More forms in which people write digits than those that the page writes. Stored pictures of the page depend on the
 * choice among {@link DIGIT_FORMS}, which is why these forms are in a separate list.
 */
import { DIGIT_FORMS, type DigitForm } from './digit-forms.ts';

// prettier-ignore
const FURTHER_FORMS: readonly (readonly DigitForm[])[] = [
  [
    // Slashed from the lower left to the upper right, inside the oval or beyond it.
    { frequency: 2, width: 0.75, strokes: [[[0.56, 0.04], [0.14, 0.24], [0.08, 0.74], [0.5, 0.97], [0.93, 0.72], [0.88, 0.22], [0.5, 0.05]], [[0.22, 0.8], [0.78, 0.2]]] },
    { frequency: 1, width: 0.85, strokes: [[[0.56, 0.08], [0.18, 0.26], [0.14, 0.74], [0.5, 0.94], [0.88, 0.72], [0.84, 0.24], [0.5, 0.09]], [[0.02, 1], [0.5, 0.5], [0.98, 0]]] },
  ],
  [
    // A long flag, in one stroke.
    { frequency: 2, width: 0.42, strokes: [[[0, 0.42], [0.86, 0, 1], [0.84, 0.5], [0.82, 1]]] },
    // A foot without a flag.
    { frequency: 1, width: 0.5, strokes: [[[0.52, 0], [0.5, 0.5], [0.5, 0.98]], [[0, 0.99], [0.5, 0.98], [1, 0.97]]] },
    // A long flag and a foot.
    { frequency: 1, width: 0.62, strokes: [[[0.06, 0.32], [0.54, 0, 1], [0.52, 0.5], [0.52, 0.98]], [[0.04, 1], [0.5, 0.98], [1, 0.97]]] },
  ],
  [],
  [],
  [
    // Closed, without lifting the pen: down the stem, back to its top and around.
    { frequency: 1, width: 0.7, strokes: [[[0.72, 1], [0.74, 0.5], [0.76, 0, 1], [0.36, 0.36], [0, 0.66, 1], [0.5, 0.66], [1, 0.64]]] },
    // Open like a lightning bolt, in one stroke.
    { frequency: 1, width: 0.66, strokes: [[[0.3, 0], [0.16, 0.28], [0, 0.58, 1], [0.46, 0.58], [0.94, 0.54, 1], [0.86, 0.3, 1], [0.78, 0.66], [0.72, 1]]] },
  ],
  [
    // The bar separate from the rest.
    { frequency: 2, width: 0.72, strokes: [[[0.16, 0.12], [0.12, 0.46, 1], [0.5, 0.38], [0.86, 0.58], [0.78, 0.88], [0.4, 1], [0.02, 0.9]], [[0.34, 0.03], [0.66, 0.02], [0.98, 0]]] },
  ],
  [
    // Wide, with a loop half as large.
    { frequency: 1, width: 0.95, strokes: [[[0.5, 0], [0.16, 0.24], [0, 0.62], [0.16, 0.95], [0.6, 1], [0.98, 0.8], [0.9, 0.5], [0.5, 0.42], [0.12, 0.6]]] },
  ],
  [],
  [],
  [
    // With a tail like that of an S.
    { frequency: 1, width: 0.62, strokes: [[[0.86, 0.12], [0.5, 0], [0.12, 0.14], [0.14, 0.38], [0.5, 0.46], [0.82, 0.28], [0.88, 0.1, 1], [0.9, 0.5], [0.84, 0.82], [0.5, 1], [0.14, 0.9], [0.1, 0.74]]] },
    // With a tail that curls to the left and upwards.
    { frequency: 1, width: 0.7, strokes: [[[0.92, 0.14], [0.56, 0], [0.22, 0.16], [0.24, 0.4], [0.6, 0.46], [0.9, 0.2, 1], [0.94, 0.6], [0.72, 0.94], [0.3, 0.98], [0.02, 0.8], [0.12, 0.64]]] },
  ],
];

/** The forms of the digits 0 to 9 that the page writes, and the further ones. */
export const ALL_FORMS: readonly (readonly DigitForm[])[] = DIGIT_FORMS.map((forms, digit) => [
  ...forms,
  ...FURTHER_FORMS[digit],
]);

/** Only the further forms of a digit. Some digits have none. */
export function furtherForms(digit: number): readonly DigitForm[] {
  return FURTHER_FORMS[digit] ?? [];
}
