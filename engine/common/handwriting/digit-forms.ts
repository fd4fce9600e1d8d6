/**
 * The forms in which people write the ten digits, drawn for this project: control points in a box one wide and one
 * high, x to the right, y down, in writing order. A third entry of 1 marks a corner.
 */

type Control = readonly [x: number, y: number, corner?: 1];

/** One way to write a digit. */
export interface DigitForm {
  /** How frequent it is, relative to the digit's other forms. */
  readonly frequency: number;
  /** The width of the box as a share of its height. */
  readonly width: number;
  readonly strokes: readonly (readonly Control[])[];
}

// prettier-ignore
const ZERO: DigitForm[] = [
  // A closed oval, starting at the top.
  { frequency: 5, width: 0.8, strokes: [[[0.56, 0], [0.14, 0.22], [0.08, 0.76], [0.5, 1], [0.93, 0.74], [0.88, 0.2], [0.5, 0.01]]] },
  // Round, with the end passing over the beginning.
  { frequency: 3, width: 0.98, strokes: [[[0.66, 0.05], [0.2, 0.12], [0.01, 0.5], [0.26, 0.93], [0.74, 0.94], [0.99, 0.5], [0.76, 0.07], [0.32, 0.05]]] },
  // Narrow.
  { frequency: 2, width: 0.55, strokes: [[[0.6, 0.01], [0.14, 0.26], [0.1, 0.8], [0.5, 1], [0.9, 0.74], [0.9, 0.2], [0.5, 0.01]]] },
  // Starting with a hook inside.
  { frequency: 1, width: 0.82, strokes: [[[0.78, 0.2], [0.52, 0.02], [0.1, 0.24], [0.06, 0.74], [0.48, 1], [0.93, 0.74], [0.9, 0.2], [0.56, 0.08]]] },
];

// prettier-ignore
const ONE: DigitForm[] = [
  { frequency: 8, width: 0.12, strokes: [[[0.9, 0], [0.5, 0.5], [0.1, 1]]] },
  { frequency: 2, width: 0.14, strokes: [[[0.2, 0], [0.75, 0.45], [0.6, 1]]] },
  // With a flag.
  { frequency: 0.6, width: 0.26, strokes: [[[0, 0.2], [0.7, 0, 1], [0.75, 0.5], [0.7, 1]]] },
  // With a flag and a foot.
  { frequency: 0.4, width: 0.55, strokes: [[[0.16, 0.2], [0.52, 0, 1], [0.52, 0.5], [0.5, 0.98]], [[0.02, 1], [0.5, 0.98], [1, 0.97]]] },
];

// prettier-ignore
const TWO: DigitForm[] = [
  // An arch, a straight way down, a flat foot.
  { frequency: 4, width: 0.85, strokes: [[[0.08, 0.24], [0.32, 0.02], [0.68, 0.03], [0.82, 0.27], [0.55, 0.62], [0.06, 0.96, 1], [0.5, 0.94], [1, 0.95]]] },
  // With a loop at the foot.
  { frequency: 4, width: 0.92, strokes: [[[0.14, 0.2], [0.38, 0.01], [0.72, 0.1], [0.72, 0.38], [0.46, 0.74], [0.16, 0.96], [0.02, 0.86], [0.16, 0.73], [0.42, 0.84], [0.7, 0.97], [1, 0.86]]] },
  // Angular, almost a Z.
  { frequency: 2, width: 0.9, strokes: [[[0.04, 0.1], [0.4, 0.02], [0.82, 0.06], [0.74, 0.3], [0.4, 0.64], [0.03, 0.97, 1], [0.5, 0.92], [0.98, 0.93]]] },
  // With a wavy foot.
  { frequency: 2, width: 0.8, strokes: [[[0.06, 0.3], [0.2, 0.05], [0.6, 0], [0.84, 0.2], [0.66, 0.52], [0.32, 0.8], [0.04, 0.97, 1], [0.3, 0.86], [0.62, 0.97], [0.98, 0.9]]] },
];

// prettier-ignore
const THREE: DigitForm[] = [
  // Two round bows that meet in a corner.
  { frequency: 5, width: 0.72, strokes: [[[0.1, 0.14], [0.42, 0], [0.8, 0.12], [0.74, 0.36], [0.34, 0.48, 1], [0.74, 0.54], [0.95, 0.74], [0.72, 0.96], [0.32, 1], [0.02, 0.86]]] },
  // With a small loop where the bows meet.
  { frequency: 2, width: 0.75, strokes: [[[0.12, 0.12], [0.46, 0], [0.8, 0.14], [0.66, 0.4], [0.4, 0.5], [0.33, 0.43], [0.52, 0.43], [0.88, 0.58], [0.92, 0.82], [0.52, 1], [0.04, 0.9]]] },
  // With a flat roof.
  { frequency: 1, width: 0.75, strokes: [[[0.08, 0.03], [0.45, 0.03], [0.86, 0.02, 1], [0.42, 0.4, 1], [0.78, 0.46], [0.96, 0.72], [0.68, 0.97], [0.3, 1], [0.02, 0.86]]] },
  // Shallow bows, written fast.
  { frequency: 2, width: 0.7, strokes: [[[0.16, 0.08], [0.55, 0], [0.86, 0.14], [0.74, 0.36], [0.46, 0.48, 1], [0.8, 0.58], [0.86, 0.78], [0.56, 0.96], [0.02, 0.98]]] },
];

// prettier-ignore
const FOUR: DigitForm[] = [
  // Open at the top, in two strokes.
  { frequency: 5, width: 0.75, strokes: [[[0.2, 0.02], [0.1, 0.3], [0.02, 0.56, 1], [0.4, 0.58], [0.98, 0.52]], [[0.82, 0.02], [0.74, 0.5], [0.7, 1]]] },
  // Open, the corner rounded, in one stroke and a stem.
  { frequency: 4, width: 0.72, strokes: [[[0.14, 0.03], [0.04, 0.36], [0.12, 0.57], [0.46, 0.56], [0.86, 0.44]], [[0.9, 0], [0.8, 0.44], [0.68, 1]]] },
  // Closed, with a slanting roof.
  { frequency: 2, width: 0.75, strokes: [[[0.68, 0, 1], [0.34, 0.34], [0, 0.66, 1], [0.5, 0.67], [1, 0.65]], [[0.69, 0.01], [0.68, 0.5], [0.67, 1]]] },
  // Open, without lifting the pen.
  { frequency: 2, width: 0.68, strokes: [[[0.12, 0.05], [0.04, 0.4], [0.24, 0.56], [0.62, 0.5], [0.9, 0.04, 1], [0.78, 0.5], [0.7, 1]]] },
];

// prettier-ignore
const FIVE: DigitForm[] = [
  // The body first, then the roof.
  { frequency: 4, width: 0.75, strokes: [[[0.22, 0.03], [0.17, 0.24], [0.12, 0.45, 1], [0.46, 0.37], [0.84, 0.53], [0.84, 0.82], [0.5, 1], [0.02, 0.9]], [[0.22, 0.04], [0.6, 0.03], [1, 0]]] },
  // In one stroke from the end of the roof.
  { frequency: 4, width: 0.78, strokes: [[[0.98, 0.02], [0.6, 0.03], [0.28, 0.04, 1], [0.2, 0.24], [0.14, 0.45, 1], [0.44, 0.36], [0.84, 0.5], [0.86, 0.8], [0.5, 1], [0.02, 0.9]]] },
  // Rounded like an S, with a flat roof.
  { frequency: 1.5, width: 0.8, strokes: [[[1, 0.03], [0.66, 0.03], [0.34, 0.06], [0.2, 0.24], [0.36, 0.41], [0.72, 0.54], [0.8, 0.78], [0.5, 0.99], [0.02, 0.92]]] },
];

// prettier-ignore
const SIX: DigitForm[] = [
  { frequency: 5, width: 0.62, strokes: [[[0.66, 0.01], [0.34, 0.2], [0.06, 0.56], [0.1, 0.86], [0.44, 1], [0.84, 0.88], [0.92, 0.66], [0.64, 0.53], [0.3, 0.64], [0.12, 0.82]]] },
  // With a straight back.
  { frequency: 3, width: 0.58, strokes: [[[0.46, 0], [0.22, 0.3], [0.04, 0.68], [0.16, 0.94], [0.5, 1], [0.84, 0.84], [0.84, 0.62], [0.54, 0.54], [0.14, 0.72]]] },
  // Curled at the top, with a wide loop.
  { frequency: 1, width: 0.66, strokes: [[[0.84, 0.08], [0.56, 0.01], [0.18, 0.28], [0.02, 0.66], [0.2, 0.95], [0.6, 0.99], [0.95, 0.78], [0.8, 0.54], [0.42, 0.54], [0.1, 0.74]]] },
];

// prettier-ignore
const SEVEN: DigitForm[] = [
  { frequency: 6, width: 0.72, strokes: [[[0, 0.08], [0.42, 0.06], [0.92, 0.03, 1], [0.62, 0.46], [0.4, 1]]] },
  // With a bar.
  { frequency: 2, width: 0.72, strokes: [[[0.02, 0.05], [0.45, 0.05], [0.94, 0.02, 1], [0.62, 0.46], [0.42, 1]], [[0.22, 0.52], [0.6, 0.49], [0.96, 0.48]]] },
  // With a serif.
  { frequency: 2, width: 0.72, strokes: [[[0.02, 0.22], [0.05, 0.07, 1], [0.5, 0.05], [0.94, 0.02, 1], [0.62, 0.5], [0.46, 1]]] },
  // With a curved roof and a curved stem.
  { frequency: 3, width: 0.66, strokes: [[[0, 0.2], [0.2, 0.06], [0.5, 0.09], [0.94, 0.03, 1], [0.8, 0.3], [0.6, 0.62], [0.5, 1]]] },
];

// prettier-ignore
const EIGHT: DigitForm[] = [
  // An S that closes itself upwards.
  { frequency: 6, width: 0.62, strokes: [[[0.82, 0.14], [0.5, 0], [0.14, 0.16], [0.26, 0.4], [0.66, 0.58], [0.86, 0.8], [0.52, 1], [0.14, 0.86], [0.26, 0.62], [0.64, 0.4], [0.88, 0.18], [0.72, 0.05]]] },
  // Starting in the middle.
  { frequency: 2, width: 0.64, strokes: [[[0.5, 0.46], [0.14, 0.26], [0.36, 0.01], [0.76, 0.06], [0.8, 0.28], [0.42, 0.52], [0.06, 0.8], [0.42, 1], [0.88, 0.86], [0.8, 0.62], [0.48, 0.46]]] },
  // Two rings.
  { frequency: 1, width: 0.62, strokes: [[[0.6, 0.02], [0.22, 0.1], [0.22, 0.36], [0.54, 0.46], [0.84, 0.28], [0.74, 0.06], [0.5, 0.01]], [[0.52, 0.46], [0.12, 0.6], [0.1, 0.88], [0.5, 1], [0.92, 0.86], [0.86, 0.58], [0.5, 0.46]]] },
  // Open at the top right.
  { frequency: 2, width: 0.66, strokes: [[[0.92, 0.1], [0.5, 0.01], [0.12, 0.2], [0.34, 0.44], [0.7, 0.62], [0.78, 0.86], [0.44, 1], [0.1, 0.86], [0.3, 0.6], [0.66, 0.4], [1, 0.12]]] },
];

// prettier-ignore
const NINE: DigitForm[] = [
  // A loop and a straight stem.
  { frequency: 4, width: 0.58, strokes: [[[0.86, 0.1], [0.5, 0], [0.1, 0.16], [0.08, 0.38], [0.4, 0.49], [0.76, 0.34], [0.9, 0.1, 1], [0.84, 0.5], [0.76, 1]]] },
  // A loop that flows into a slanting stem.
  { frequency: 4, width: 0.56, strokes: [[[0.84, 0.14], [0.54, 0.01], [0.14, 0.14], [0.05, 0.36], [0.32, 0.48], [0.7, 0.34], [0.88, 0.12], [0.84, 0.4], [0.66, 0.72], [0.5, 1]]] },
  // With a curled tail.
  { frequency: 1, width: 0.62, strokes: [[[0.84, 0.12], [0.5, 0], [0.12, 0.16], [0.12, 0.38], [0.46, 0.48], [0.8, 0.3], [0.88, 0.1, 1], [0.88, 0.5], [0.78, 0.86], [0.46, 1], [0.12, 0.92]]] },
];

/** The forms of the digits 0 to 9. */
export const DIGIT_FORMS: readonly (readonly DigitForm[])[] = [
  ZERO,
  ONE,
  TWO,
  THREE,
  FOUR,
  FIVE,
  SIX,
  SEVEN,
  EIGHT,
  NINE,
];
