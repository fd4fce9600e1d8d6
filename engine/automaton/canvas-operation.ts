/**
 * Changes to a canvas, as values, so that they can be repeated, applied to another canvas, or written to a file.
 * Points, images and rectangles are in cells.
 */
import type { ModelSpecification } from '../common/model/specification.ts';
import { DIGIT_SIZE } from './layout.ts';
import type { BrushOptions, CanvasLayout, CellRectangle, StrokePoint } from './types.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;

export interface StampOptions {
  /** Whether to `replace` the existing ink, or to keep the greater value. */
  readonly combine: 'replace' | 'max';
  /** Whether cells that already had ink keep their state. */
  readonly keepState: boolean;
}

/**
 * Each kind is documented at the corresponding method of `DigitCanvas`. The arrays of an operation must not be changed
 * afterwards.
 */
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

/** The same operation for a model with other classes: its label is that of the class of the same name, if there is one. */
export function relabelled(
  operation: CanvasOperation,
  { classes }: Pick<ModelSpecification, 'classes'>,
  { classes: others }: Pick<ModelSpecification, 'classes'>,
): CanvasOperation {
  if ((operation.kind !== 'tile' && operation.kind !== 'label') || operation.label === null) return operation;
  const { name } = classes[operation.label];
  const label = others.findIndex((entry) => entry.name === name);
  return { ...operation, label: label < 0 ? null : label };
}

/** The ink that an operation brings, or null if it brings none. */
export function inkOf(operation: CanvasOperation): Uint8Array | null {
  if (operation.kind === 'tile') return operation.image;
  return operation.kind === 'stamp' ? operation.ink : null;
}

/** Returns a copy, since the caller may go on to modify its arrays. */
export function copyOperation(operation: CanvasOperation): CanvasOperation {
  if (operation.kind === 'tile') return { ...operation, image: operation.image.slice() };
  if (operation.kind === 'stamp') return { ...operation, ink: operation.ink.slice() };
  if (!('points' in operation)) return operation;
  return { ...operation, points: operation.points.map((point) => ({ ...point })) };
}

/**
 * An operation that puts one of several images into a tile and clears the tile's state.
 *
 * @param images 784 ink bytes each
 * @param labels their classes, if known
 * @param tile the number of the tile in reading order
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

/**
 * Operations that put an image of any size that fits into a tile, in its middle, and clear the tile's state.
 *
 * @param image side · side ink bytes
 * @param tile the number of the tile in reading order
 */
export function placeLargeDigit(
  { columns, tile: pitch }: CanvasLayout,
  tile: number,
  image: Uint8Array,
  { side, label }: { readonly side: number; readonly label: number | null },
): CanvasOperation[] {
  const [column, row] = [tile % columns, Math.floor(tile / columns)];
  const blank = new Uint8Array(DIGIT_BYTES);
  const margin = Math.floor((pitch - side) / 2);
  const rectangle = { x: column * pitch + margin, y: row * pitch + margin, width: side, height: side };
  return [
    { kind: 'tile', column, row, image: blank, label: null, keepState: false },
    { kind: 'stamp', ink: image, rectangle, options: { combine: 'replace', keepState: false } },
    { kind: 'label', column, row, label },
  ];
}
