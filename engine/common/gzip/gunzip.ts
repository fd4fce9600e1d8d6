/**
 * Unpacks gzip like Python and the command `gzip`: a file may have several members, one after the other, and zeros
 * after the last one. The browsers' `DecompressionStream` rejects both.
 */
import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
  ZStream,
} from 'pako';

/** A file that is damaged, truncated or too long. `fault` says which of these. */
export class GunzipError extends Error {
  override name = 'GunzipError';
  readonly fault: 'damaged' | 'too long';

  constructor(fault: 'damaged' | 'too long', message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Whether a file that begins with these bytes is gzipped. */
export function beginsAsGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The largest window of 2¹⁵ bytes, plus 16, which means gzip only. */
const WINDOW_BITS = 15 + 16;
const PIECE_BYTES = 64 * 1024;

/** Unpacks a file that is passed piece by piece. */
export class Gunzip {
  readonly #mostBytes: number;
  readonly #take: (unpacked: Uint8Array) => void;
  readonly #stream = new ZStream();
  #isInMember = false;
  #memberCount = 0;
  #totalBytes = 0;

  /**
   * @param mostBytes the maximum unpacked size; larger files are refused
   * @param take receives what was unpacked, in order
   */
  constructor(mostBytes: number, take: (unpacked: Uint8Array) => void) {
    this.#mostBytes = mostBytes;
    this.#take = take;
    zlibInflateInit2(this.#stream, WINDOW_BITS);
  }

  /** @throws GunzipError if the file is damaged or too long */
  push(packed: Uint8Array): void {
    let rest = packed;
    for (;;) {
      if (!this.#isInMember) {
        if (this.#memberCount > 0) rest = withoutZeros(rest);
        if (rest.length === 0) return;
        this.#isInMember = true;
        this.#memberCount += 1;
      }
      rest = this.#unpack(rest);
      if (this.#isInMember) return;
    }
  }

  /**
   * Ends the file.
   *
   * @returns the number of unpacked bytes
   * @throws GunzipError if the file ends too early
   */
  end(): number {
    if (this.#isInMember || this.#memberCount === 0) throw new GunzipError('damaged', 'The gzip data are truncated.');
    return this.#totalBytes;
  }

  /** @returns the bytes after the member, if it ends */
  #unpack(packed: Uint8Array): Uint8Array {
    const stream = this.#stream;
    stream.input = packed;
    stream.next_in = 0;
    stream.avail_in = packed.length;
    for (;;) {
      stream.output = new Uint8Array(PIECE_BYTES);
      stream.next_out = 0;
      stream.avail_out = PIECE_BYTES;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR) {
        throw new GunzipError('damaged', `The gzip data are damaged: ${stream.msg}.`);
      }
      this.#totalBytes += stream.next_out;
      if (this.#totalBytes > this.#mostBytes) {
        throw new GunzipError('too long', `The gzip data hold more than ${this.#mostBytes} bytes.`);
      }
      if (stream.next_out > 0) this.#take(stream.output.subarray(0, stream.next_out));
      if (status === Z_STREAM_END) {
        this.#isInMember = false;
        zlibInflateReset(stream);
        return packed.subarray(packed.length - stream.avail_in);
      }
      // The piece was not filled, so the whole input is unpacked.
      if (stream.avail_out > 0) return packed.subarray(packed.length);
    }
  }
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? bytes.subarray(bytes.length) : bytes.subarray(start);
}

/**
 * Unpacks a whole file.
 *
 * @throws GunzipError if it is damaged, truncated or too long
 */
export function gunzip(packed: Uint8Array, mostBytes: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  const unpacking = new Gunzip(mostBytes, (piece) => pieces.push(piece));
  unpacking.push(packed);
  const unpacked = new Uint8Array(unpacking.end());
  let offset = 0;
  for (const piece of pieces) {
    unpacked.set(piece, offset);
    offset += piece.length;
  }
  return unpacked;
}
