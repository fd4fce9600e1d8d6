/**
 * IDX, the format of MNIST's files: a magic number, the extents, then bytes.
 * Nothing is allocated for what a header claims before the bytes are there.
 */
import { UserError } from '../../engine/cli/command.ts';
import { beginsAsGzip, gunzip } from '../../engine/common/gzip/gunzip.ts';
import { CELLS, SIDE } from '../automaton/live-cells.ts';

/** A file of digits that cannot be used; the message is one sentence for the user. */
export class DataError extends UserError {
  override name = 'DataError';
}

const IMAGES_MAGIC = 0x0803;
const LABELS_MAGIC = 0x0801;
/** No IDX file of digits is longer, even unpacked; a packed one that claims to be is refused. */
const MOST_BYTES = 256 * 2 ** 20;

/** The unpacked bytes of a file that may be gzipped. `source` names it in messages. */
export function unpack(bytes: Uint8Array, source: string): Uint8Array {
  if (!beginsAsGzip(bytes)) return bytes;
  try {
    return gunzip(bytes, MOST_BYTES);
  } catch {
    throw new DataError(`${source} is a gzip file that is damaged, cut short or far too long.`);
  }
}

function readHeader(bytes: Uint8Array, source: string, magic: number, what: string, words: number): number[] {
  const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
  if (bytes.length < 4 * words) throw new DataError(`${source} is too short for an IDX file of ${what}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(0);
  if (found !== magic) {
    throw new DataError(`${source} is no IDX file of ${what}: it begins with ${hex(found)}, not ${hex(magic)}.`);
  }
  return Array.from({ length: words - 1 }, (_, index) => view.getUint32(4 * (index + 1)));
}

function checkLength(bytes: Uint8Array, source: string, header: number, body: number): void {
  if (bytes.length !== header + body) {
    const fault = bytes.length < header + body ? 'is cut short' : 'has bytes left over';
    throw new DataError(
      `${source} ${fault}: its header asks for ${header + body} bytes, and it holds ${bytes.length}.`,
    );
  }
}

/**
 * The images of an unpacked IDX file, 784 bytes each, one after the other.
 * @throws DataError if it is not one of 28 × 28 images, or has another length than it claims
 */
export function readImages(bytes: Uint8Array, source: string): Uint8Array {
  const [count, height, width] = readHeader(bytes, source, IMAGES_MAGIC, 'images', 4);
  if (height !== SIDE || width !== SIDE) {
    throw new DataError(`${source} holds images of ${width} × ${height} cells, not ${SIDE} × ${SIDE}.`);
  }
  checkLength(bytes, source, 16, count * CELLS);
  return bytes.subarray(16);
}

/** No image of a digit has a longer side; a header that claims one is refused before anything is allocated. */
const MOST_SIDE = 256;

/**
 * The images of an unpacked IDX file of any extents, each in the middle of a square that is no smaller than MNIST's.
 * @throws DataError if it is none, is larger than digits are, or has another length than it claims
 */
export function readImagesOfAnySize(bytes: Uint8Array, source: string): { count: number; images: Uint8Array } {
  const [count, height, width] = readHeader(bytes, source, IMAGES_MAGIC, 'images', 4);
  if (height < 1 || width < 1 || Math.max(height, width) > MOST_SIDE) {
    throw new DataError(
      `${source} holds images of ${width} × ${height} cells; from 1 to ${MOST_SIDE} a side are read.`,
    );
  }
  checkLength(bytes, source, 16, count * height * width);
  const side = Math.max(SIDE, height, width);
  const top = Math.floor((side - height) / 2);
  const left = Math.floor((side - width) / 2);
  const images = new Uint8Array(count * side * side);
  for (let row = 0; row < count * height; row += 1) {
    const to = (Math.floor(row / height) * side + top + (row % height)) * side + left;
    images.set(bytes.subarray(16 + row * width, 16 + (row + 1) * width), to);
  }
  return { count, images };
}

/**
 * The labels of an unpacked IDX file, one byte each.
 * @throws DataError if it is not one of labels 0 to 9, or has another length than it claims
 */
export function readLabels(bytes: Uint8Array, source: string): Uint8Array {
  const [count] = readHeader(bytes, source, LABELS_MAGIC, 'labels', 2);
  checkLength(bytes, source, 8, count);
  const labels = bytes.subarray(8);
  const bad = labels.findIndex((label) => label > 9);
  if (bad >= 0) throw new DataError(`${source} holds the label ${labels[bad]} at place ${bad}; labels are 0 to 9.`);
  return labels;
}
