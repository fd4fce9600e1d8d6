/** Puts the digits of pictures on the canvas; fetched when the first picture comes. */
import { DIGIT_SIZE } from '../../../automaton/layout.ts';
import type { Controls } from '../../shell/controls.ts';
import type { Told } from '../../shell/files/file-kind.ts';
import { decodePicture } from './decode-picture.ts';
import { findDigitsBeside } from './find-beside.ts';
import type { PictureDigit } from './find-digits.ts';
import { FreeTiles } from './free-tiles.ts';
import { countLive } from './live-digits.ts';
import { type LookedAtPicture, PreviewDialog } from './preview-dialog.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;
/** The notice about a file replaces that about the one before. */
const KEY = 'digit-files';

/**
 * Puts the digits that are found in pictures, and chosen, into the tiles, one picture after the other; the other tiles
 * become empty.
 * @throws Error that says what is wrong
 */
export async function takePictures(
  controls: Controls,
  files: readonly File[],
  signal: AbortSignal,
): Promise<Told | null> {
  const { playground, texts } = controls;
  const free = new FreeTiles(playground, signal);
  const dialog = new PreviewDialog(texts.digitFiles.preview, signal);
  try {
    const pictures = await lookAt(controls, files, dialog);
    if (!pictures) return null;
    const found = pictures.reduce((sum, { digits }) => sum + digits.length, 0);
    if (found === 0) throw new Error(texts.digitFiles.noneFound);
    // An image of a digit as MNIST has them leaves nothing to choose.
    const chosen = pictures.every(isDigitImage)
      ? pictures.flatMap(({ digits }) => digits)
      : await dialog.choose(pictures, free.list().length);
    if (!chosen) return null;
    signal.throwIfAborted();
    return await place(controls, chosen, free.list());
  } finally {
    dialog.close();
  }
}

/** @returns null if the user has cancelled it */
async function lookAt(
  { texts }: Controls,
  files: readonly File[],
  dialog: PreviewDialog,
): Promise<LookedAtPicture[] | null> {
  const pictures: LookedAtPicture[] = [];
  for (const [index, file] of files.entries()) {
    const tell = (share: number): void => dialog.showProgress(file.name, (index + share) / files.length);
    tell(0);
    const canvas = await decodePicture(file, texts.digitFiles);
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
    if (!pixels) throw new Error(texts.digitFiles.noPicture);
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
  { playground, texts }: Controls,
  digits: readonly PictureDigit[],
  tiles: readonly number[],
): Promise<Told> {
  const images = new Uint8Array(tiles.length * DIGIT_BYTES);
  digits.slice(0, tiles.length).forEach(({ image }, index) => images.set(image, index * DIGIT_BYTES));
  await playground.editor.setDigits(images, undefined, tiles);
  const live = countLive(images, playground.simulation.model.specification);
  const blank = Math.min(digits.length, tiles.length) - live;
  return { message: texts.digitFiles.taken(live, digits.length, blank), key: KEY };
}
