/** Puts the digits of files on the canvas; fetched when the first such file comes. */
import { DIGIT_SIZE } from '../../automaton/layout.ts';
import type { Controls } from '../controls.ts';
import { findDigitsBeside } from './find-beside.ts';
import { idxBytes, type IdxFile, readIdx } from './idx.ts';
import { readPicture } from './read-picture.ts';
import { readStart } from './unpack.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;
/** No IDX file of digits is longer, even unpacked. */
const MOST_UNPACKED_BYTES = 512 * 2 ** 20;

/**
 * Puts the first digits of an IDX file of images into the tiles, with the labels of a file that came with it.
 * @returns what to tell
 * @throws Error that says what is wrong
 */
export async function takeIdx({ playground, texts }: Controls, files: readonly File[]): Promise<string> {
  const { digitFiles } = texts;
  const tiles = countTiles(playground.simulation.layout);
  const read: IdxFile[] = [];
  for (const file of files) {
    const { start, totalBytes } = await readStart(file, idxBytes(tiles), MOST_UNPACKED_BYTES, digitFiles);
    read.push(readIdx(start, totalBytes, tiles, digitFiles));
  }
  const images = read.filter(({ kind }) => kind === 'images');
  const labels = read.filter(({ kind }) => kind === 'labels');
  const [first] = images;
  if (!first) throw new Error(digitFiles.labelsAlone);
  if (images.length > 1 || labels.length > 1) throw new Error(digitFiles.oneAtATime);
  const own = labels[0];
  if (own && own.count !== first.count) throw new Error(digitFiles.otherCount(own.count, first.count));
  await playground.editor.setDigits(first.data, own?.data);
  return digitFiles.taken(first.data.length / DIGIT_BYTES, first.count);
}

/**
 * Puts the digits that are found in pictures into the tiles, one picture after the other; the other tiles become empty.
 * @returns what to tell
 * @throws Error that says what is wrong
 */
export async function takePictures({ playground, texts }: Controls, files: readonly File[]): Promise<string> {
  const { digitFiles } = texts;
  const tiles = countTiles(playground.simulation.layout);
  const images = new Uint8Array(tiles * DIGIT_BYTES);
  let placed = 0;
  let found = 0;
  for (const file of files) {
    const bitmap = await readPicture(file, digitFiles);
    const digits = await findDigitsBeside({ bitmap, most: tiles - placed });
    images.set(digits.images, placed * DIGIT_BYTES);
    placed += digits.images.length / DIGIT_BYTES;
    found += digits.count;
  }
  if (placed === 0) throw new Error(digitFiles.noneFound);
  await playground.editor.setDigits(images);
  return digitFiles.taken(placed, found);
}

function countTiles({ columns, rows }: { columns: number; rows: number }): number {
  return columns * rows;
}
