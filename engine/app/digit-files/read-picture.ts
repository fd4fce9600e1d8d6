/** Decodes a picture file to grey pixels, no larger than digits are looked for in. */
import type { Texts } from '../texts/index.ts';
import type { GreyPicture } from './ink-map.ts';
import { pictureSize } from './picture-size.ts';

/** Longer sides are scaled down to this many pixels. */
const MOST_SIDE = 1400;
/** Pixels of a picture that is decoded at all. */
const MOST_PIXELS = 60e6;
/** A camera's thumbnail and remarks come before a JPEG's size. */
const HEADER_BYTES = 2 ** 20;

/** @throws Error that says why the file is no picture that can be used */
export async function readPicture(file: File, texts: Texts['digitFiles']): Promise<GreyPicture> {
  const size = pictureSize(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()));
  if (!size || size.width === 0 || size.height === 0) throw new Error(texts.noPicture);
  const { width, height } = size;
  if (width * height > MOST_PIXELS) throw new Error(texts.tooManyPixels(width, height));
  // One side alone: the other follows, also where the camera was held upright.
  const longer = Math.max(width, height);
  const resize = longer > MOST_SIDE ? { resizeWidth: Math.max(1, Math.round((width * MOST_SIDE) / longer)) } : {};
  const bitmap = await createImageBitmap(file, { resizeQuality: 'high', ...resize }).catch(() => {
    throw new Error(texts.noPicture);
  });
  try {
    return greyOf(bitmap);
  } finally {
    bitmap.close();
  }
}

function greyOf(bitmap: ImageBitmap): GreyPicture {
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
