/** Digits of the project's own hand, as strokes whose unit is their height. */
import { boundsOf, mapStrokes, type Stroke } from '../../common/handwriting/stroke.ts';
import { type FormsByNumber, randomHand, writeDigit } from '../../common/handwriting/write-digit.ts';
import type { Random } from '../../common/random/random.ts';

/** Writes a digit, 0…9, in one of the given forms of it, with a random hand; its box's top left is at 0, 0. */
export function writeOwnDigit(random: Random, digit: number, forms: FormsByNumber): Stroke[] {
  const strokes = writeDigit(random, digit, randomHand(random), forms);
  const { left, top, bottom } = boundsOf(strokes);
  const unit = bottom - top;
  return mapStrokes(strokes, ({ x, y }) => ({ x: (x - left) / unit, y: (y - top) / unit }));
}
