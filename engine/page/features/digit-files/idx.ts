/** Reads the first digits of MNIST's files and similar ones. Nothing is allocated on the basis of a header's claims. */
import { MOST_SIDE } from '../../../common/digit-images/pad.ts';
import { IMAGES_HEADER_BYTES, kindOfIdx, magicOf, readIdxHeader } from '../../../common/digit-images/idx.ts';
import type { DigitFileTexts } from './texts.ts';

export interface IdxFile {
  readonly kind: 'images' | 'labels';
  /** The number of digits in the whole file. */
  readonly count: number;
  /** The size of an image in pixels; 1 × 1 for labels. */
  readonly width: number;
  readonly height: number;
  /** The first digits: width · height bytes each, as a view. */
  readonly data: Uint8Array;
}

/** Returns the number of bytes at a file's start that hold its header and this many digits of any size. */
export function idxBytes(digits: number): number {
  return IMAGES_HEADER_BYTES + digits * MOST_SIDE * MOST_SIDE;
}

/**
 * Reads the first digits of an IDX file.
 * @param start the file's first bytes, unpacked: {@link idxBytes} of `most`, or the whole file if that is shorter
 * @param totalBytes the size of the whole file, unpacked
 * @param most the maximum number of digits to read
 * @throws Error that says what is wrong: not an IDX file of digits, images that are too large, or not the length that the
 * header claims
 */
export function readIdx(start: Uint8Array, totalBytes: number, most: number, texts: DigitFileTexts): IdxFile {
  if (kindOfIdx(start) === null) throw new Error(texts.noIdx(magicOf(start)));
  const header = readIdxHeader(start);
  if (!header) throw new Error(texts.cutShort);
  const { kind, count, width, height, headerBytes, fileBytes } = header;
  if (Math.min(height, width) < 1 || Math.max(height, width) > MOST_SIDE) {
    throw new Error(texts.otherSize(width, height, MOST_SIDE));
  }
  if (totalBytes < fileBytes) throw new Error(texts.cutShort);
  if (totalBytes > fileBytes) throw new Error(texts.leftOver(totalBytes - fileBytes));
  if (count === 0) throw new Error(texts.noDigits);
  const data = start.subarray(headerBytes, headerBytes + Math.min(count, most) * width * height);
  return { kind, count, width, height, data };
}
