/**
 * Unpacks gzip as Python and the command `gzip` do: a file may have several members, one after the other, and zeros
 * after the last one. Browsers' own `DecompressionStream` refuses both.
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

/** A file that is damaged, cut short or too long; `fault` says which. */
export class GunzipError extends Error {
  override name = 'GunzipError';
  readonly fault: 'damaged' | 'too long';

  constructor(fault: 'damaged' | 'too long', message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Whether a file that begins so is gzipped. */
export function beginsAsGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** 16 more than the largest window, of 2¹⁵ bytes: gzip and nothing else. */
const WINDOW_BITS = 15 + 16;
const PIECE_BYTES = 64 * 1024;

/** Unpacks a file that is handed over piece by piece. */
export class Gunzip {
  readonly #mostBytes: number;
  readonly #take: (unpacked: Uint8Array) => void;
  readonly #stream = new ZStream();
  #isInMember = false;
  #memberCount = 0;
  #totalBytes = 0;

  /**
   * @param mostBytes a longer file, unpacked, is refused
   * @param take gets what was unpacked, in order
   */
  constructor(mostBytes: number, take: (unpacked: Uint8Array) => void) {
    this.#mostBytes = mostBytes;
    this.#take = take;
    zlibInflateInit2(this.#stream, WINDOW_BITS);
  }

  /** @throws GunzipError if the file is damaged, or longer than it may be */
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
   * @returns the bytes that it has, unpacked
   * @throws GunzipError if it ends too early
   */
  end(): number {
    if (this.#isInMember || this.#memberCount === 0) throw new GunzipError('damaged', 'The gzip data are cut short.');
    return this.#totalBytes;
  }

  /** @returns what comes after the member, if it ends */
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
      // The piece was not filled: all that came is unpacked.
      if (stream.avail_out > 0) return packed.subarray(packed.length);
    }
  }
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? bytes.subarray(bytes.length) : bytes.subarray(start);
}

/**
 * A whole file at once.
 * @throws GunzipError if it is damaged, cut short, or longer than it may be
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
