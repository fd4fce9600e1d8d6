/** Digits as a hand writes them: a form, randomly bent and slanted. */
import type { Random } from '../random/random.ts';
import { type ControlPoint, type Position, roundPath, tracePath } from './curve.ts';
import { DIGIT_FORMS, type DigitForm } from './digit-forms.ts';
import { boundsOf, mapStrokes, type PenPoint, type Stroke } from './stroke.ts';

/** What a writer does in the same way in all digits. */
export interface Hand {
  /** How far the top leans to the right, as a share of the height. */
  readonly slant: number;
  /** The rotation in radians, clockwise. */
  readonly turn: number;
  /** The width as a share of the usual one. */
  readonly breadth: number;
  /** The standard deviation of the control points, as a share of the height. */
  readonly wobble: number;
  /** The number of passes that round the bends. */
  readonly haste: number;
  /** How much the pressure changes along a stroke, 0…1. */
  readonly pressureChange: number;
}

/** The forms of each digit, or of any other characters that are numbered. */
export type FormsByNumber = readonly (readonly DigitForm[])[];

/** The distance between the points of a path, as a share of the digit's height. */
const SPACING = 0.03;

/** The hand of a random writer. The spreads were chosen by comparison with sheets of MNIST digits. */
export function randomHand(random: Random): Hand {
  return {
    slant: between(-0.35, 0.75, 0.15 + random.normal(0.22)),
    turn: between(-0.25, 0.25, random.normal(0.09)),
    breadth: between(0.75, 1.4, Math.exp(0.04 + random.normal(0.19))),
    wobble: random.range(0.015, 0.04),
    haste: 1 + random.below(7),
    pressureChange: random.range(0.04, 0.35),
  };
}

/**
 * Writes a digit into the unit square. It is centred, and its larger side fills the square.
 *
 * @param digit 0…9
 * @param formsOfDigits the forms to choose from, by digit
 * @throws RangeError for any other digit
 */
export function writeDigit(
  random: Random,
  digit: number,
  hand: Hand = randomHand(random),
  formsOfDigits: FormsByNumber = DIGIT_FORMS,
): Stroke[] {
  const forms = formsOfDigits[digit];
  if (!forms) throw new RangeError(`There is no digit ${digit}.`);
  const form = pickForm(random, forms);
  const bend = randomBend(random);
  const strokes = form.strokes.map((controls) => {
    const bent = controls.map(([x, y, corner], index): ControlPoint => {
      // The ends of a stroke vary more than the way between them.
      const wobble = hand.wobble * (index === 0 || index === controls.length - 1 ? 1.6 : 1);
      const { x: bentX, y: bentY } = bend({ x: (x - 0.5) * form.width * hand.breadth, y: y - 0.5 });
      return { x: bentX + random.normal(wobble), y: bentY + random.normal(wobble), corner: corner === 1 };
    });
    return press(random, roundPath(tracePath(bent, SPACING), hand.haste), hand.pressureChange);
  });
  return fitUnitSquare(mapStrokes(strokes, (point) => lean(point, hand)));
}

function pickForm(random: Random, forms: readonly DigitForm[]): DigitForm {
  const total = forms.reduce((sum, { frequency }) => sum + frequency, 0);
  let left = random.range(0, total);
  return forms.find(({ frequency }) => (left -= frequency) < 0) ?? forms[0];
}

/** A smooth distortion of the whole digit: one part larger, another smaller, straight lines bowed. */
function randomBend(random: Random): (point: Position) => Position {
  const [x1, x2, x3, y1, y2, y3] = Array.from({ length: 6 }, () => random.normal(0.16));
  return ({ x, y }) => ({
    x: x + x1 * x * y + 0.6 * x2 * y * y + 0.5 * x3 * x * x,
    y: y + y1 * x * y + 0.6 * y2 * y * y + 0.5 * y3 * x * x,
  });
}

/** Adds pressure that swells and fades along the stroke and is lighter where the pen leaves the paper. */
function press(random: Random, path: readonly Position[], change: number): PenPoint[] {
  const phase = random.range(0, 2 * Math.PI);
  const waves = random.range(0.4, 1.4);
  const fading = random.range(0, change);
  return path.map(({ x, y }, index) => {
    const way = index / Math.max(1, path.length - 1);
    const swell = change * (0.5 + 0.5 * Math.sin(phase + 2 * Math.PI * waves * way));
    const fade = fading * Math.max(0, (way - 0.8) / 0.2);
    return { x, y, pressure: Math.max(0, 1 - swell - fade) };
  });
}

function lean({ x, y }: Position, { slant, turn }: Hand): Position {
  const slanted = x - slant * y;
  return {
    x: Math.cos(turn) * slanted - Math.sin(turn) * y,
    y: Math.sin(turn) * slanted + Math.cos(turn) * y,
  };
}

function fitUnitSquare(strokes: readonly Stroke[]): Stroke[] {
  const { left, top, right, bottom } = boundsOf(strokes);
  const side = Math.max(right - left, bottom - top);
  return mapStrokes(strokes, ({ x, y }) => ({
    x: (x - (left + right) / 2) / side + 0.5,
    y: (y - (top + bottom) / 2) / side + 0.5,
  }));
}

function between(low: number, high: number, value: number): number {
  return Math.min(high, Math.max(low, value));
}
