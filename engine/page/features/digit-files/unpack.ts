/** Reads the start of a file that may be gzipped, and keeps no more of it than needed. */
import { beginsAsGzip, Gunzip, GunzipError } from '../../../common/gzip/gunzip.ts';
import type { DigitFileTexts } from './texts.ts';

/** The number of bytes that are read and unpacked in one go. The page stays responsive in between. */
const SLICE_BYTES = 256 * 1024;

/**
 * Returns the first bytes of a file, unpacked if it is gzipped, and its total size, unpacked.
 * @param keepBytes the number of first bytes to return
 * @param mostBytes the maximum size, unpacked; a longer file is refused
 * @throws Error if the packed data is damaged, cut short or too long
 */
export async function readStart(
  file: Blob,
  keepBytes: number,
  mostBytes: number,
  texts: DigitFileTexts,
): Promise<{ start: Uint8Array; totalBytes: number }> {
  const bytesOf = async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer());
  if (!beginsAsGzip(await bytesOf(0, 2))) return { start: await bytesOf(0, keepBytes), totalBytes: file.size };
  const pieces: Uint8Array[] = [];
  let keptBytes = 0;
  const unpacking = new Gunzip(mostBytes, (unpacked) => {
    const piece = unpacked.subarray(0, keepBytes - keptBytes);
    if (piece.length > 0) pieces.push(piece);
    keptBytes += piece.length;
  });
  let totalBytes: number;
  try {
    for (let at = 0; at < file.size; at += SLICE_BYTES) unpacking.push(await bytesOf(at, at + SLICE_BYTES));
    totalBytes = unpacking.end();
  } catch (error) {
    if (!(error instanceof GunzipError)) throw error;
    throw new Error(error.fault === 'too long' ? texts.tooLong : texts.damagedGzip, { cause: error });
  }
  const start = new Uint8Array(keptBytes);
  let offset = 0;
  for (const piece of pieces) {
    start.set(piece, offset);
    offset += piece.length;
  }
  return { start, totalBytes };
}
