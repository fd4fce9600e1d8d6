/** Compression with the platform's own streams, which are the same in browsers and in Node. */

export type CompressionKind = 'gzip' | 'deflate-raw';

/**
 * The number of bytes passed to the inflater in one go. Deflate expands one byte to at most 1,032, so this bounds the
 * cost of a decompression bomb.
 */
const SLICE_BYTES = 16 * 1024;

/** The maximum number of bytes that deflate makes of one. */
export const MOST_INFLATION = 1032;

/** The browser has no streams for compression. The message says which browsers have. */
export class NoCompressionError extends Error {
  override name = 'NoCompressionError';

  constructor() {
    super(
      'This browser cannot compress and decompress data: that requires Chrome or Edge 103, Firefox 113 or Safari 16.4, or later.',
    );
  }
}

/** Compressed data that are damaged, or hold more than was allowed. */
export class InflateError extends Error {
  override name = 'InflateError';
}

/** @throws NoCompressionError if the browser cannot compress */
export async function compress(bytes: Uint8Array, kind: CompressionKind): Promise<Uint8Array> {
  const stream = open(() => new CompressionStream(kind));
  const written = feed(stream.writable, bytes);
  const [compressed] = await Promise.all([collect(stream.readable, Infinity), written]);
  return compressed;
}

/**
 * @param mostBytes the maximum size of the result; not much more memory than that is used
 * @throws InflateError if the data are damaged or inflate to more
 * @throws NoCompressionError if the browser cannot inflate
 */
export async function inflate(bytes: Uint8Array, kind: CompressionKind, mostBytes: number): Promise<Uint8Array> {
  const stream = open(() => new DecompressionStream(kind));
  // Errors in writing are reported by the reading side.
  const written = feed(stream.writable, bytes).catch(() => undefined);
  try {
    return await collect(stream.readable, mostBytes);
  } catch (error) {
    if (error instanceof InflateError) throw error;
    throw new InflateError('The compressed data are damaged or cut off.', { cause: error });
  } finally {
    await written;
  }
}

function open<Stream>(make: () => Stream): Stream {
  try {
    return make();
  } catch (error) {
    // There is no such stream, or it does not support this kind.
    if (error instanceof ReferenceError || error instanceof TypeError) throw new NoCompressionError();
    throw error;
  }
}

async function feed(stream: WritableStream<BufferSource>, bytes: Uint8Array): Promise<void> {
  const writer = stream.getWriter();
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    await writer.ready;
    await writer.write(new Uint8Array(bytes.subarray(start, start + SLICE_BYTES)));
  }
  await writer.close();
}

async function collect(stream: ReadableStream<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > mostBytes) {
      await reader.cancel().catch(() => undefined);
      throw new InflateError(`The compressed data hold more than the ${mostBytes} bytes that they should.`);
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
