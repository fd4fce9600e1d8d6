/** Puts the digits of pictures on the canvas. Loaded when the first picture is opened. */
import { DIGIT_SIZE } from '../../../automaton/layout.ts';
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';
import type { Told } from '../../shell/files/file-kind.ts';
import { decodePicture } from './decode-picture.ts';
import { findDigitsBeside } from './find-beside.ts';
import type { PictureDigit } from './find-digits.ts';
import type { FreeTiles } from './free-tiles.ts';
import { countLive } from './live-digits.ts';
import { type LookedAtPicture, PreviewDialog } from './preview-dialog.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;
/** The notice about a file replaces the one about the file before. */
const KEY = 'digit-files';

/**
 * Puts the digits that are found in pictures and selected by the user into the tiles, one picture after the other. The
 * other tiles become empty.
 * @throws Error that says what is wrong
 */
export async function takePictures(
  page: Page,
  files: readonly File[],
  free: FreeTiles,
  signal: AbortSignal,
): Promise<Told | null> {
  const texts = TEXTS[page.language];
  const dialog = new PreviewDialog(texts.preview, signal);
  try {
    const pictures = await lookAt(page, files, dialog);
    if (!pictures) return null;
    const found = pictures.reduce((sum, { digits }) => sum + digits.length, 0);
    if (found === 0) throw new Error(texts.noneFound);
    // An image of a single MNIST digit needs no selection.
    const chosen = pictures.every(isDigitImage)
      ? pictures.flatMap(({ digits }) => digits)
      : await dialog.choose(pictures, free.list().length);
    if (!chosen) return null;
    signal.throwIfAborted();
    return await place(page, chosen, free.list());
  } finally {
    dialog.close();
  }
}

/** @returns null if the user has cancelled */
async function lookAt(
  { language }: Page,
  files: readonly File[],
  dialog: PreviewDialog,
): Promise<LookedAtPicture[] | null> {
  const pictures: LookedAtPicture[] = [];
  for (const [index, file] of files.entries()) {
    const tell = (share: number): void => dialog.showProgress(file.name, (index + share) / files.length);
    tell(0);
    const canvas = await decodePicture(file, TEXTS[language]);
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
    if (!pixels) throw new Error(TEXTS[language].noPicture);
    if (dialog.isCancelled) return null;
    const rgba = new Uint8ClampedArray(pixels);
    try {
      pictures.push({ canvas, digits: await findDigitsBeside({ rgba, width, height }, dialog.signal, tell) });
    } catch (error) {
      if (dialog.isCancelled) return null;
      throw error;
    }
  }
  return pictures;
}

function isDigitImage({ canvas }: LookedAtPicture): boolean {
  return canvas.width === DIGIT_SIZE && canvas.height === DIGIT_SIZE;
}

async function place(
  { playground, language }: Page,
  digits: readonly PictureDigit[],
  tiles: readonly number[],
): Promise<Told> {
  const images = new Uint8Array(tiles.length * DIGIT_BYTES);
  digits.slice(0, tiles.length).forEach(({ image }, index) => images.set(image, index * DIGIT_BYTES));
  await playground.editor.setDigits(images, undefined, tiles);
  const live = countLive(images, DIGIT_SIZE, playground.simulation.model.specification);
  const blank = Math.min(digits.length, tiles.length) - live;
  return { message: TEXTS[language].taken(live, digits.length, blank), key: KEY };
}
