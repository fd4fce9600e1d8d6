/** Paints the cells' colours as a picture at a given scale. */
import { cssColor } from '../../../view/color.ts';
import type { Color } from '../../../view/color.ts';
import type { CellPicture } from '../../../view/scene.ts';

export interface PictureSize {
  /** Pixels per cell. Below 1, several cells share a pixel. */
  readonly scale: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the size with the largest whole number of pixels per cell, up to `mostScale`, at which the longer side has at
 * most `mostPixels`. The scale is at least one pixel per cell.
 */
export function wholeScale(width: number, height: number, mostPixels: number, mostScale: number): PictureSize {
  const scale = Math.min(mostScale, Math.max(1, Math.floor(mostPixels / Math.max(width, height))));
  return { scale, width: width * scale, height: height * scale };
}

/**
 * Like {@link wholeScale}, but a canvas with more cells than pixels is scaled down, and the width and height are even.
 */
export function filmScale(width: number, height: number, mostPixels: number): PictureSize {
  const longer = Math.max(width, height);
  const { scale } = longer > mostPixels ? { scale: mostPixels / longer } : wholeScale(width, height, mostPixels, 16);
  // Encoders share colours between neighbouring pixels.
  const even = (length: number): number => 2 * Math.ceil((length * scale) / 2);
  return { scale, width: even(width), height: even(height) };
}

/** Paints each picture on the painter's own canvas, over the one before. */
export class PicturePainter {
  readonly canvas: HTMLCanvasElement;
  readonly #size: PictureSize;
  readonly #context: CanvasRenderingContext2D;
  readonly #cells: CanvasRenderingContext2D;

  /** @param background the colour of the pixels beyond the canvas's edge */
  constructor(size: PictureSize, cells: { width: number; height: number }, background: Color) {
    this.#size = size;
    this.canvas = canvasOf(size.width, size.height);
    this.#context = contextOf(this.canvas);
    this.#cells = contextOf(canvasOf(cells.width, cells.height));
    this.#context.fillStyle = cssColor(background);
    this.#context.fillRect(0, 0, size.width, size.height);
  }

  /** @param lines the colour of the lines between the tiles, or null for none */
  paint({ pixels, width, height, tile }: CellPicture, lines: Color | null): void {
    const { scale } = this.#size;
    const context = this.#context;
    this.#cells.putImageData(new ImageData(pixels, width, height), 0, 0);
    // A cell is a square of one colour or, when scaled down, a share of a pixel.
    context.imageSmoothingEnabled = scale < 1;
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#cells.canvas, 0, 0, width * scale, height * scale);
    if (!lines) return;
    context.fillStyle = cssColor(lines);
    for (let x = tile; x < width; x += tile) context.fillRect(Math.round(x * scale), 0, 1, height * scale);
    for (let y = tile; y < height; y += tile) context.fillRect(0, Math.round(y * scale), width * scale, 1);
  }
}

/**
 * Returns a canvas that is not shown. It is an element of the document, since Safari supports other canvases only from
 * 16.4 on.
 */
export function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  // The cells come from the CPU, and the pictures go back to it.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('This browser has no canvas to paint pictures on.');
  return context;
}
