/** The parts of a recipe's pool: digits from images, and digits from pen strokes. */
import type { Digit } from '../../engine/learning/loop/pool.ts';
import type { Random } from '../../engine/common/random/random.ts';
import type { Recipe } from '../presets/recipe-schema.ts';

/** The source of a slot's digits: the images of the data, or pen strokes. */
export type DigitKind = 'image' | 'strokes';

/** Draws a fresh digit. */
export type DrawDigit = (random: Random, kind: DigitKind) => Digit;

/** Slots of the pool that hold one kind of digits, and the digits of that kind in a batch. */
export interface PoolSection {
  readonly kind: DigitKind;
  readonly start: number;
  readonly size: number;
  /** Digits of a batch. */
  readonly batch: number;
}

/**
 * The sections of a recipe's pool: one, or two with strokes. Each keeps its share of every batch, whichever digits the
 * pool prefers to keep.
 */
export function poolSections({ batch, pool, strokes }: Recipe): PoolSection[] {
  const drawn = strokes ? Math.round(batch * strokes.share) : 0;
  const images: PoolSection = { kind: 'image', start: 0, size: pool.size, batch: batch - drawn };
  if (drawn === 0) return [images];
  const size = Math.round((pool.size * drawn) / batch);
  return [
    { ...images, size: pool.size - size },
    { kind: 'strokes', start: pool.size - size, size, batch: drawn },
  ];
}
