/** Reads the start of a file that may be gzipped, holding no more of it than is wanted. */
import type { Texts } from '../texts/index.ts';

/** Whether a file that begins so is gzipped. */
export function beginsAsGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

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
  texts: Texts['digitFiles'],
): Promise<{ start: Uint8Array; totalBytes: number }> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (!beginsAsGzip(head)) {
    return { start: new Uint8Array(await file.slice(0, keepBytes).arrayBuffer()), totalBytes: file.size };
  }
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const pieces: Uint8Array[] = [];
  let keptBytes = 0;
  let totalBytes = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error(texts.damagedGzip);
    });
    if (done) break;
    totalBytes += value.length;
    if (totalBytes > mostBytes) {
      // What cannot be cancelled any more is of no use either.
      await reader.cancel().catch(() => undefined);
      throw new Error(texts.tooLong);
    }
    if (keptBytes < keepBytes) {
      const piece = value.subarray(0, keepBytes - keptBytes);
      pieces.push(piece);
      keptBytes += piece.length;
    }
  }
  const start = new Uint8Array(keptBytes);
  let offset = 0;
  for (const piece of pieces) {
    start.set(piece, offset);
    offset += piece.length;
  }
  return { start, totalBytes };
}
