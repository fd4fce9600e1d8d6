/** Finds pieces of ink: strokes that touch each other. */
import type { InkMap } from './ink-map.ts';

/** A rectangle in pixels. `right` and `bottom` are exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An ink map, and for each of its pixels the number of the piece that it belongs to, or 0. */
export interface Layer {
  readonly map: InkMap;
  readonly labels: Int32Array;
}

/** Strokes that touch each other, corners included. */
export interface Piece extends Box {
  readonly layer: Layer;
  /** The piece's number in the layer's labels, from 1. */
  readonly label: number;
  readonly pixels: number;
  /** The length of its outline, in pixels. */
  readonly outline: number;
  /** The length of the part of the outline that lies on the picture's edge, in pixels. */
  readonly cutOutline: number;
  /** Mean contrast, 0…1. */
  readonly contrast: number;
}

export const widthOf = ({ left, right }: Box): number => right - left;
export const heightOf = ({ top, bottom }: Box): number => bottom - top;
export const extentOf = (box: Box): number => Math.max(widthOf(box), heightOf(box));

/**
 * Returns the mean width of strokes: twice the area divided by the outline. It assumes strokes that are much longer
 * than wide.
 */
export function strokeWidth({ pixels, outline }: { readonly pixels: number; readonly outline: number }): number {
  // Counted in steps, a slanted outline is longer than it really is: by 4/π on average.
  return (2 * pixels) / Math.max(1, (outline * Math.PI) / 4);
}

/** Returns the pieces of a map's mask. */
export function findPieces(map: InkMap): Piece[] {
  const { width, height, mask, contrast } = map;
  const labels = new Int32Array(mask.length);
  const layer = { map, labels };
  const pieces: Piece[] = [];
  const stack = new Int32Array(width * height);
  for (let start = 0; start < mask.length; start += 1) {
    if (mask[start] === 0 || labels[start] !== 0) continue;
    const label = pieces.length + 1;
    let [left, top, right, bottom] = [width, height, 0, 0];
    let [pixels, outline, cutOutline, sum] = [0, 0, 0, 0];
    let depth = 0;
    stack[depth++] = start;
    labels[start] = label;
    while (depth > 0) {
      const index = stack[--depth];
      const x = index % width;
      const y = (index - x) / width;
      pixels += 1;
      sum += contrast[index];
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      if (y >= bottom) bottom = y + 1;
      const edges = Number(x === 0) + Number(x === width - 1) + Number(y === 0) + Number(y === height - 1);
      cutOutline += edges;
      outline += edges;
      for (let nextY = Math.max(0, y - 1); nextY <= Math.min(height - 1, y + 1); nextY += 1) {
        for (let nextX = Math.max(0, x - 1); nextX <= Math.min(width - 1, x + 1); nextX += 1) {
          const next = nextY * width + nextX;
          if (mask[next] === 0) {
            if (nextX === x || nextY === y) outline += 1;
          } else if (labels[next] === 0) {
            labels[next] = label;
            stack[depth++] = next;
          }
        }
      }
    }
    pieces.push({ layer, label, left, top, right, bottom, pixels, outline, cutOutline, contrast: sum / pixels });
  }
  return pieces;
}
