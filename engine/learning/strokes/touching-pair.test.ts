import { describe, expect, it } from 'vitest';
import { ALL_FORMS } from '../../common/handwriting/further-forms.ts';
import { boundsOf, type Stroke } from '../../common/handwriting/stroke.ts';
import { Random } from '../../common/random/random.ts';
import { inkOf, poseStrokes, UPRIGHT, type PosedStrokes } from './draw-glyph.ts';
import { writeOwnDigit } from './own-digit.ts';
import { touchingPair } from './touching-pair.ts';

const RADIUS = 1.5;
const HEIGHT = 28;
/** The ink overlaps by a cell and a half. */
const DISTANCE = (2 * RADIUS - 1.5) / HEIGHT;

/** Every pair of digits once: the strokes of the left one, and of both. */
function pairs(distance: number): { count: number; pair: Stroke[] }[] {
  const random = new Random(11);
  return Array.from({ length: 100 }, (_, index) => {
    const [left, right] = [index % 10, Math.floor(index / 10)].map((digit) => writeOwnDigit(random, digit, ALL_FORMS));
    return { count: left.length, pair: touchingPair(left, right, distance, random) };
  });
}

/** How many cells have ink of both, of strokes that are drawn apart on the same canvas. */
function sharedCells({ count, pair }: { count: number; pair: readonly Stroke[] }): number {
  const posed = poseStrokes(pair, { ...UPRIGHT, height: HEIGHT, radius: RADIUS }, new Random(1));
  const inkOfPart = (from: number, to?: number): Uint8Array =>
    inkOf({ ...posed, strokes: posed.strokes.slice(from, to) } satisfies PosedStrokes);
  const [left, right] = [inkOfPart(0, count), inkOfPart(count)];
  return left.filter((ink, cell) => ink > 0 && right[cell] > 0).length;
}

describe('two glyphs that touch', () => {
  it('are of unit height, the left one first', () => {
    for (const { count, pair } of pairs(DISTANCE)) {
      const { left, top, bottom } = boundsOf(pair);
      expect([left, top, bottom]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9), expect.closeTo(1, 9)]);
      const [one, other] = [boundsOf(pair.slice(0, count)), boundsOf(pair.slice(count))];
      expect(one.left + one.right).toBeLessThan(other.left + other.right);
      for (const { top: high, bottom: low } of [one, other]) expect(low - high).toBeGreaterThan(0.8);
    }
  });

  it('share a few cells of ink when they are drawn, and none when they are farther apart', () => {
    for (const drawn of pairs(DISTANCE)) {
      expect(sharedCells(drawn)).toBeGreaterThan(0);
      // A part of the ink of either: one is not written over the other.
      expect(sharedCells(drawn)).toBeLessThan(100);
    }
    for (const drawn of pairs((2 * RADIUS + 2.5) / HEIGHT)) expect(sharedCells(drawn)).toBe(0);
  });

  it('depend on the random numbers alone', () => {
    const line: Stroke[] = [[{ x: 0, y: 0, pressure: 1 }, { x: 0, y: 1, pressure: 1 }]]; // prettier-ignore
    const draw = (seed: number): Stroke[] => touchingPair(line, line, 0.1, new Random(seed));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
    const [[first], [second]] = draw(3);
    expect(second.x - first.x).toBeCloseTo(0.1);
  });
});
