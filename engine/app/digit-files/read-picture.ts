/** Decodes a picture file, no larger than digits are looked for in. */
import type { Texts } from '../texts/index.ts';
import { pictureSize } from './picture-size.ts';

/** Longer sides are scaled down to this many pixels. */
const MOST_SIDE = 1400;
/** Pixels of a picture that is decoded at all. */
const MOST_PIXELS = 60e6;
/** A camera's thumbnail and remarks come before a JPEG's size. */
const HEADER_BYTES = 2 ** 20;

/** @throws Error that says why the file is no picture that can be used */
export async function readPicture(file: File, texts: Texts['digitFiles']): Promise<ImageBitmap> {
  const size = pictureSize(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()));
  if (!size || size.width === 0 || size.height === 0) throw new Error(texts.noPicture);
  const { width, height } = size;
  if (width * height > MOST_PIXELS) throw new Error(texts.tooManyPixels(width, height));
  // One side alone: the other follows, also where the camera was held upright.
  const longer = Math.max(width, height);
  const resize = longer > MOST_SIDE ? { resizeWidth: Math.max(1, Math.round((width * MOST_SIDE) / longer)) } : {};
  return createImageBitmap(file, { resizeQuality: 'high', ...resize }).catch(() => {
    throw new Error(texts.noPicture);
  });
}
