/** Decodes a picture file of any format that the browser supports, scaled to the size in which digits are searched. */
import { makeElement } from '../../shell/elements.ts';
import type { DigitFileTexts } from './texts.ts';

/** Larger pictures are scaled down to this number of pixels, whatever their proportions. */
const MOST_PIXELS = 2e6;
/** Pictures with more pixels than this are not decoded. Phones take photos of up to 200 megapixels. */
const MOST_DECODED_PIXELS = 256e6;
/** The longest side of a canvas that works in every browser. */
const MOST_SIDE = 16_384;
const HEIC_BRANDS = /^....ftyp(heic|heix|hevc|mif1|msf1)/s;

/**
 * Returns the picture as the browser shows it, rotated the way its camera was held.
 * @throws Error that says why the file cannot be used as a picture
 */
export async function decodePicture(file: File, texts: DigitFileTexts): Promise<HTMLCanvasElement> {
  const address = URL.createObjectURL(file);
  try {
    const image = await load(address, file, texts);
    // The size as it is shown: an image element applies the rotation. Only its header has been read so far.
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width === 0 || height === 0) throw new Error(texts.noPicture);
    if (width * height > MOST_DECODED_PIXELS) throw new Error(texts.tooManyPixels(width, height));
    const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)), MOST_SIDE / width, MOST_SIDE / height);
    const canvas = makeElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    await draw(canvas, image, file, texts);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function load(address: string, file: File, texts: DigitFileTexts): Promise<HTMLImageElement> {
  const image = new Image();
  const loading = new Promise<boolean>((resolve) => {
    image.addEventListener('load', () => resolve(true));
    image.addEventListener('error', () => resolve(false));
  });
  image.src = address;
  if (await loading) return image;
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  throw new Error(HEIC_BRANDS.test(String.fromCharCode(...head)) ? texts.heic : texts.noPicture);
}

async function draw(
  canvas: HTMLCanvasElement,
  image: HTMLImageElement,
  file: File,
  texts: DigitFileTexts,
): Promise<void> {
  const { width, height } = canvas;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error(texts.noPicture);
  // Decodes off the main thread and scales at the same time. Only one side is given, so that the picture cannot be
  // distorted.
  const bitmap = await createImageBitmap(file, { resizeWidth: width, resizeQuality: 'high' }).catch(() => null);
  try {
    const isAsAsked = bitmap && Math.abs(bitmap.width - width) <= 1 && Math.abs(bitmap.height - height) <= 1;
    context.imageSmoothingQuality = 'high';
    context.drawImage(isAsAsked ? bitmap : image, 0, 0, width, height);
  } catch (error) {
    throw new Error(texts.noPicture, { cause: error });
  } finally {
    bitmap?.close();
  }
}
