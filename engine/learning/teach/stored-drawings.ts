/**
 * Drawings as a model keeps them in its specification, so that it can be taught more without forgetting them: whole
 * numbers in thousandths of the sign's larger side.
 */
import type { Stroke } from '../../common/handwriting/stroke.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';

const UNITS = 1000;

/** A stroke as x and y in turn. */
type StoredStroke = number[];

/** Drawings that are in units of their larger sides (see `normalizeStrokes`), as a specification has them. */
export function storeDrawings(drawings: readonly (readonly Stroke[])[]): StoredStroke[][] {
  return drawings.map((strokes) =>
    strokes.map((stroke) => stroke.flatMap(({ x, y }) => [Math.round(UNITS * x), Math.round(UNITS * y)])),
  );
}

/** The signs that a model was taught, and the drawings of them. */
export function storedDrawings({ taught = [] }: ModelSpecification): { name: string; drawings: Stroke[][] }[] {
  return taught.flatMap(({ signs }) =>
    signs.map(({ name, drawings }) => ({ name, drawings: drawings.map((strokes) => strokes.map(strokeOf)) })),
  );
}

function strokeOf(numbers: readonly number[]): Stroke {
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({
    x: numbers[2 * index] / UNITS,
    y: numbers[2 * index + 1] / UNITS,
    pressure: 1,
  }));
}
