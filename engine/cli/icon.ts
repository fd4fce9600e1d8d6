/** The app's icon as pixels: the 4 of `page/shell/icon.svg`, drawn with our own pen. Node only. */
import { encode } from 'fast-png';
import { rasterizeStrokes } from '../common/handwriting/rasterize.ts';

/** The width of the view box, as in `page/shell/icon.svg`. */
const BOX = 32;
const CORNER = 6;
const PEN_RADIUS = 2;
const STROKES = [
  [
    [19, 5],
    [8, 20],
    [23, 20],
  ],
  [
    [19, 12],
    [19, 27],
  ],
] as const;
const INK = [0, 128, 128] as const;

/** Systems may crop a maskable icon to a circle with a diameter of four fifths of its width. */
const MASKABLE_SHARE = 0.72;

/**
 * Returns the icon as a PNG.
 * @param sizePixels the width and height
 * @param maskable whether it fills the whole square, for systems that crop it to their own shape
 */
export function drawIcon(sizePixels: number, maskable: boolean): Uint8Array {
  const scale = (sizePixels / BOX) * (maskable ? MASKABLE_SHARE : 1);
  const place = (at: number): number => sizePixels / 2 + (at - BOX / 2) * scale;
  const strokes = STROKES.map((stroke) => stroke.map(([x, y]) => ({ x: place(x), y: place(y), pressure: 1 })));
  const ink = rasterizeStrokes(strokes, { width: sizePixels, height: sizePixels, radius: PEN_RADIUS * scale });
  const corner = (CORNER / BOX) * sizePixels;
  const pixels = new Uint8Array(4 * sizePixels * sizePixels);
  ink.forEach((value, index) => {
    const x = index % sizePixels;
    const y = Math.floor(index / sizePixels);
    const alpha = maskable ? 255 : Math.round(255 * coverage(x + 0.5, y + 0.5, sizePixels, corner));
    const mixed = INK.map((byte) => Math.round(255 + ((byte - 255) * value) / 255));
    pixels.set([...mixed, alpha], 4 * index);
  });
  return encode({ width: sizePixels, height: sizePixels, data: pixels });
}

/** The share of a pixel that lies in a square with rounded corners. */
function coverage(x: number, y: number, side: number, corner: number): number {
  const fromCorner = (at: number): number => Math.max(0, corner - at, at - (side - corner));
  return Math.min(1, Math.max(0, corner - Math.hypot(fromCorner(x), fromCorner(y)) + 0.5));
}
