/** Looks for digits in a worker: a photo of a full page takes a second or two, and the cells go on meanwhile. */
import type { PictureDigit } from './find-digits.ts';

/** To the worker: a picture, 4 bytes a pixel, which is the worker's from then on. */
export interface FindRequest {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** From the worker: how far it is, 0…1, or what was found. */
export type FindAnswer = { readonly share: number } | { readonly digits: readonly PictureDigit[] };

/**
 * The digits of a picture, in reading order.
 * @param tell hears how far it is, 0…1
 * @throws Error if there is no worker, as where its script cannot be fetched, or when `signal` is aborted
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
        reject(new Error(message || 'the script that looks for digits did not start.'));
      });
      signal.addEventListener('abort', () => reject(new Error('It was left off.')));
      worker.postMessage(request, [request.rgba.buffer]);
    });
  } finally {
    worker.terminate();
  }
}
