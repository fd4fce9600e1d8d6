/**
 * Changes of a canvas by hand, as values: what was done once can be done again, on another canvas, and be written into a
 * file. Points, images and rectangles are in cells.
 */
import { DIGIT_SIZE } from './layout.ts';
import type { BrushOptions, CanvasLayout, CellRectangle, StrokePoint } from './types.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;

export interface StampOptions {
  /** `replace` the ink there, or let the greater value stand. */
  readonly combine: 'replace' | 'max';
  /** Whether cells that had ink before keep their state. */
  readonly keepState: boolean;
}

/** See the method of `DigitCanvas` that does each. What an operation holds must not change afterwards. */
export type CanvasOperation =
  | {
      readonly kind: 'tile';
      readonly column: number;
      readonly row: number;
      readonly image: Uint8Array;
      readonly label: number | null;
      readonly keepState: boolean;
    }
  | {
      readonly kind: 'stamp';
      readonly ink: Uint8Array;
      readonly rectangle: CellRectangle;
      readonly options: StampOptions;
    }
  | { readonly kind: 'paint'; readonly points: readonly StrokePoint[]; readonly brush: BrushOptions }
  | { readonly kind: 'damage'; readonly points: readonly StrokePoint[]; readonly radius: number }
  | { readonly kind: 'kill'; readonly points: readonly StrokePoint[]; readonly radius: number; readonly seed: number }
  | { readonly kind: 'label'; readonly column: number; readonly row: number; readonly label: number | null }
  | { readonly kind: 'clear' }
  | { readonly kind: 'wipe'; readonly column: number; readonly row: number };

/** The same for a model whose classes are others: it knows no labels. */
export function withoutLabel(operation: CanvasOperation): CanvasOperation {
  return operation.kind === 'tile' || operation.kind === 'label' ? { ...operation, label: null } : operation;
}

/** The ink that a change brings, if it brings any. */
export function inkOf(operation: CanvasOperation): Uint8Array | null {
  if (operation.kind === 'tile') return operation.image;
  return operation.kind === 'stamp' ? operation.ink : null;
}

/** A copy, since whoever made the change may go on with its arrays. */
export function copyOperation(operation: CanvasOperation): CanvasOperation {
  if (operation.kind === 'tile') return { ...operation, image: operation.image.slice() };
  if (operation.kind === 'stamp') return { ...operation, ink: operation.ink.slice() };
  if (!('points' in operation)) return operation;
  return { ...operation, points: operation.points.map((point) => ({ ...point })) };
}

/**
 * One of several images into a tile, its state cleared.
 * @param images 784 ink bytes each
 * @param labels their classes, if those are known
 * @param tile number of the tile in reading order
 */
export function placeDigit(
  { columns }: CanvasLayout,
  index: number,
  images: Uint8Array,
  labels?: ArrayLike<number>,
  tile = index,
): CanvasOperation {
  return {
    kind: 'tile',
    column: tile % columns,
    row: Math.floor(tile / columns),
    image: images.subarray(index * DIGIT_BYTES, (index + 1) * DIGIT_BYTES),
    label: labels ? labels[index] : null,
    keepState: false,
  };
}
