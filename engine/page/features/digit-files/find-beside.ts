/** Searches for digits in a worker, so that the cells keep running. A photo of a full page takes a second or two. */
import type { PictureDigit } from './find-digits.ts';

/** Message to the worker: a picture with 4 bytes per pixel, which is transferred to the worker. */
export interface FindRequest {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Message from the worker: its progress, 0…1, or the digits that were found. */
export type FindAnswer = { readonly share: number } | { readonly digits: readonly PictureDigit[] };

/**
 * Returns the digits of a picture, in reading order.
 * @param tell called with the progress, 0…1
 * @throws Error if the worker cannot start, for example because its script cannot be fetched, or when `signal` is
 * aborted
 */
export async function findDigitsBeside(
  request: FindRequest,
  signal: AbortSignal,
  tell: (share: number) => void,
): Promise<readonly PictureDigit[]> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<readonly PictureDigit[]>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FindAnswer>) => {
        if ('digits' in data) resolve(data.digits);
        else tell(data.share);
      });
      worker.addEventListener('error', ({ message }) => {
        reject(new Error(message || 'the script that searches for digits did not start.'));
      });
      signal.addEventListener('abort', () => reject(new Error('The search was cancelled.')));
      worker.postMessage(request, [request.rgba.buffer]);
    });
  } finally {
    worker.terminate();
  }
}
