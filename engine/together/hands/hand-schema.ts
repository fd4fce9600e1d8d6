/** The check of what a hand says. Nothing gets past it that is not a number within bounds or one of a few words. */
import * as v from 'valibot';
import {
  type FromHand,
  HAND_TOOLS,
  MOST_MESSAGE_CHARACTERS,
  MOST_POINTS,
  MOST_SEGMENT_CELLS,
  NUMBERS_A_POINT,
} from './hand-messages.ts';

/** The largest side of a canvas, in cells, and as much again around it. */
const MOST_CELLS = 2 ** 16;

const position = v.pipe(v.number(), v.minValue(-MOST_CELLS), v.maxValue(MOST_CELLS));
const extent = v.pipe(v.number(), v.minValue(0), v.maxValue(MOST_CELLS));
const serial = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const word = (characters: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(characters));

/** Whether every point has both coordinates, and no segment is longer than allowed. */
function isPath(numbers: number[]): boolean {
  if (numbers.length % NUMBERS_A_POINT !== 0) return false;
  for (let at = NUMBERS_A_POINT; at < numbers.length; at += NUMBERS_A_POINT) {
    const segment = Math.hypot(
      numbers[at] - numbers[at - NUMBERS_A_POINT],
      numbers[at + 1] - numbers[at + 1 - NUMBERS_A_POINT],
    );
    if (segment > MOST_SEGMENT_CELLS) return false;
  }
  return true;
}

export const fromHandSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('join'), token: word(64) }),
  v.strictObject({ kind: v.literal('return'), key: word(128) }),
  v.strictObject({
    kind: v.literal('stroke'),
    n: serial,
    tool: v.picklist(HAND_TOOLS),
    begins: v.boolean(),
    points: v.pipe(
      v.array(position),
      v.minLength(NUMBERS_A_POINT),
      v.maxLength(MOST_POINTS * NUMBERS_A_POINT),
      v.check(isPath),
    ),
  }),
  v.strictObject({
    kind: v.literal('stamp'),
    n: serial,
    digit: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9)),
    x: position,
    y: position,
  }),
  v.strictObject({ kind: v.literal('look'), x: position, y: position, width: extent, height: extent }),
]);

/** Returns what a hand says, or null if it is not a message of a hand. */
export function readFromHand(text: string): FromHand | null {
  if (text.length > MOST_MESSAGE_CHARACTERS) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const result = v.safeParse(fromHandSchema, value, { abortEarly: true });
  return result.success ? result.output : null;
}
