/** Looks for digits in a worker: a photo of a full page takes a second, and the cells go on meanwhile. */

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
 * @throws Error if there is no worker, as where its script cannot be fetched
 */
export async function findDigitsBeside(request: FindRequest): Promise<FindAnswer> {
  const worker = new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<FindAnswer>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FindAnswer>) => resolve(data));
      worker.addEventListener('error', ({ message }) => {
        reject(new Error(message || 'the script that looks for digits did not start.'));
      });
      worker.postMessage(request, [request.bitmap]);
    });
  } finally {
    worker.terminate();
  }
}
