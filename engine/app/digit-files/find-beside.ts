/** Looks for digits in a worker: a photo of a full page takes a second, and the cells go on meanwhile. */

import { openWorker } from '../../core/open-worker.ts';

/** To the worker: a picture, which is the worker's from then on, and how many digits are wanted at most. */
export interface FindRequest {
  readonly bitmap: ImageBitmap;
  readonly most: number;
}

/** From the worker: 784 ink bytes for each digit, one after the other, and how many were found in all. */
export interface FindAnswer {
  readonly images: Uint8Array<ArrayBuffer>;
  readonly count: number;
}

/**
 * The digits of a decoded picture, in reading order.
 * @throws Error if the worker's script cannot be loaded, or fails
 */
export async function findDigitsBeside(request: FindRequest): Promise<FindAnswer> {
  const worker = await openWorker(() => new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' }));
  try {
    return await new Promise<FindAnswer>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FindAnswer>) => resolve(data));
      worker.addEventListener('error', ({ message }) => {
        reject(new Error(message));
      });
      worker.postMessage(request, [request.bitmap]);
    });
  } finally {
    worker.terminate();
  }
}
