import { describe, expect, it } from 'vitest';
import { SWIFT_SPECIFICATION } from '../../common/model/architectures.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';
import { Random } from '../../common/random/random.ts';
import { SHAPE_NAMES } from '../strokes/shapes.ts';
import { drawKnownThing, repertoireOf } from './known-things.ts';
import { TEACHING } from './recipe.ts';

function withClasses(names: string): ModelSpecification {
  return { ...SWIFT_SPECIFICATION, classes: Array.from(names, (name) => ({ name, color: [0, 0, 0] })) };
}

const NOBODY = new Set<string>();

describe('what a model knows', () => {
  it('has the digits and letters among its classes, but not those that were taught from drawings', () => {
    expect(repertoireOf(SWIFT_SPECIFICATION, NOBODY, ['heart']).usualForms).toHaveLength(10);
    const letters = repertoireOf(withClasses('07AZ♥'), NOBODY, []);
    expect(letters.usualForms).toHaveLength(4);
    // A slashed zero is a further form; letters have no further ones.
    expect(letters.allForms[0].length).toBeGreaterThan(letters.usualForms[0].length);
    expect(letters.allForms[2]).toBe(letters.usualForms[2]);
    expect(repertoireOf(withClasses('07AZ♥'), new Set(['A', '7']), []).usualForms).toHaveLength(2);
  });

  it.each([
    ['letters and no shapes', 'AB', []],
    ['shapes alone', '♥', ['heart' as const]],
    ['nothing that the hand can draw', '♥', []],
  ])('is drawn, always with ink: %s', (_name, names, shapes) => {
    const repertoire = repertoireOf(withClasses(names), NOBODY, shapes);
    const random = new Random(5);
    for (let time = 0; time < 50; time += 1) {
      expect(Math.max(...drawKnownThing(TEACHING, repertoire, random))).toBeGreaterThan(200);
    }
  });

  it('has all kinds of shapes where nothing else is left', () => {
    expect(repertoireOf(withClasses('♥'), NOBODY, []).shapes).toEqual(SHAPE_NAMES);
    expect(repertoireOf(withClasses('3'), NOBODY, []).shapes).toEqual([]);
  });
});
