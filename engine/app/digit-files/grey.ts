/** The grey of a decoded picture. */
import type { GreyPicture } from './ink-map.ts';

/** @throws Error if the browser has no canvas for it */
export function greyOf(bitmap: ImageBitmap): GreyPicture {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser offers no canvas to decode pictures with.');
  // What is transparent counts as paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(width * height);
  // Luma of BT.601.
  for (let index = 0; index < pixels.length; index += 1) {
    pixels[index] = Math.round(0.299 * data[4 * index] + 0.587 * data[4 * index + 1] + 0.114 * data[4 * index + 2]);
  }
  return { width, height, pixels };
}
