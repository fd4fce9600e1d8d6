/**
 * IDX, the format of MNIST's files: a magic number, the extents, then bytes.
 * Nothing is allocated for what a header claims.
 */
import { DIGIT_SIZE } from '../../../automaton/layout.ts';
import type { DigitFileTexts } from './texts.ts';

const DIGIT_BYTES = DIGIT_SIZE * DIGIT_SIZE;
const IMAGES_MAGIC = 0x0803;
const IMAGES_HEADER_BYTES = 16;
const LABELS_HEADER_BYTES = 8;

export interface IdxFile {
  readonly kind: 'images' | 'labels';
  /** Digits in the whole file. */
  readonly count: number;
  /** The first of them: 784 bytes an image, a byte a label; a view. */
  readonly data: Uint8Array;
}

/** Bytes at a file's start that hold its header and so many digits. */
export function idxBytes(digits: number): number {
  return IMAGES_HEADER_BYTES + digits * DIGIT_BYTES;
}

/** Whether a file that begins so is one of images or labels. */
export function beginsAsIdx(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0 && head[1] === 0 && head[2] === 8 && (head[3] === 3 || head[3] === 1);
}

/**
 * Reads the first digits of an IDX file.
 * @param start the file's first bytes, unpacked; {@link idxBytes} of `most` or the whole file if that is shorter
 * @param totalBytes of the whole file, unpacked
 * @param most digits to read
 * @throws Error that says what is wrong: no such file, images of another size, or another length than it claims
 */
export function readIdx(start: Uint8Array, totalBytes: number, most: number, texts: DigitFileTexts): IdxFile {
  if (!beginsAsIdx(start)) throw new Error(texts.noIdx(hexOf(start)));
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const isImages = view.getUint32(0) === IMAGES_MAGIC;
  const headerBytes = isImages ? IMAGES_HEADER_BYTES : LABELS_HEADER_BYTES;
  if (start.length < headerBytes) throw new Error(texts.cutShort);
  const count = view.getUint32(4);
  if (isImages) {
    const [height, width] = [view.getUint32(8), view.getUint32(12)];
    if (height !== DIGIT_SIZE || width !== DIGIT_SIZE) throw new Error(texts.otherSize(width, height));
  }
  const bytesEach = isImages ? DIGIT_BYTES : 1;
  const expectedBytes = headerBytes + count * bytesEach;
  if (totalBytes < expectedBytes) throw new Error(texts.cutShort);
  if (totalBytes > expectedBytes) throw new Error(texts.leftOver(totalBytes - expectedBytes));
  if (count === 0) throw new Error(texts.noDigits);
  const data = start.subarray(headerBytes, headerBytes + Math.min(count, most) * bytesEach);
  return { kind: isImages ? 'images' : 'labels', count, data };
}

/** The first four bytes, as a magic number is written. */
function hexOf(start: Uint8Array): string {
  return `0x${Array.from(start.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
