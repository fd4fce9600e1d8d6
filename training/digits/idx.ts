/** Reads MNIST's files and others like them. What a header claims is checked before anything is allocated for it. */
import { UserError } from '../../engine/command-line/command.ts';
import { IDX_MAGIC, kindOfIdx, magicOf, readIdxHeader, type IdxHeader } from '../../engine/common/digit-images/idx.ts';
import { MOST_SIDE, padImages } from '../../engine/common/digit-images/pad.ts';
import { beginsAsGzip, gunzip } from '../../engine/common/gzip/gunzip.ts';
import { SIDE } from '../../engine/learning/rollout/live-cells.ts';

/** A file of digits that cannot be used; the message is one sentence for the user. */
export class DataError extends UserError {
  override name = 'DataError';
}

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

function readHeader(bytes: Uint8Array, source: string, kind: IdxHeader['kind']): IdxHeader {
  const header = readIdxHeader(bytes);
  if (header?.kind === kind) return header;
  const isOther = bytes.length >= 4 && kindOfIdx(bytes) !== kind;
  throw new DataError(
    isOther
      ? `${source} is no IDX file of ${kind}: it begins with ${magicOf(bytes)}, not ${IDX_MAGIC[kind]}.`
      : `${source} is too short for an IDX file of ${kind}.`,
  );
}

function checkLength(bytes: Uint8Array, source: string, { fileBytes }: IdxHeader): void {
  if (bytes.length !== fileBytes) {
    const fault = bytes.length < fileBytes ? 'is cut short' : 'has bytes left over';
    throw new DataError(`${source} ${fault}: its header asks for ${fileBytes} bytes, and it holds ${bytes.length}.`);
  }
}

/**
 * The images of an unpacked IDX file of any extents, each in the middle of a square that is no smaller than MNIST's.
 * Files of MNIST's size are not copied.
 * @throws DataError if it is not one, if its images are too large, or if its length is not the one it claims
 */
export function readImages(bytes: Uint8Array, source: string): { count: number; images: Uint8Array } {
  const header = readHeader(bytes, source, 'images');
  const { count, height, width, headerBytes } = header;
  if (height < 1 || width < 1 || Math.max(height, width) > MOST_SIDE) {
    throw new DataError(
      `${source} holds images of ${width} × ${height} cells; from 1 to ${MOST_SIDE} a side are read.`,
    );
  }
  checkLength(bytes, source, header);
  const side = Math.max(SIDE, height, width);
  return { count, images: padImages(bytes.subarray(headerBytes), width, height, side) };
}

/**
 * The labels of an unpacked IDX file, one byte each.
 * @throws DataError if it is not one, or has another length than it claims
 */
export function readLabels(bytes: Uint8Array, source: string): Uint8Array {
  const header = readHeader(bytes, source, 'labels');
  checkLength(bytes, source, header);
  return bytes.subarray(header.headerBytes);
}
