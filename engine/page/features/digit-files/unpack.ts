/** Reads the start of a file that may be gzipped, holding no more of it than is wanted. */
import { beginsAsGzip, Gunzip, GunzipError } from '../../../common/gzip/gunzip.ts';
import type { DigitFileTexts } from './texts.ts';

/** Read and unpacked at once; the page answers in between. */
const SLICE_BYTES = 256 * 1024;

/**
 * The first bytes of a file, unpacked if it is gzipped, and how many there are in all.
 * @param keepBytes how many first bytes are wanted
 * @param mostBytes a longer file, unpacked, is refused
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
