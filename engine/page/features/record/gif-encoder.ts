/** Makes GIFs in a worker, so that the page keeps running. */
import { openWorker } from '../../../core/open-worker.ts';
import type { FilmSink } from './film-sink.ts';
import type { PictureSize } from './picture-painter.ts';

/** Message to the worker: a picture with its delay in hundredths of a second, or null when there are no more. */
export type GifRequest = {
  pixels: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
  delay: number;
} | null;
/** Message from the worker: a picture is done (null), or the whole file. */
export type GifAnswer = { file: Uint8Array<ArrayBuffer> | null };

/** The maximum number of pictures that wait for the worker. */
const MOST_WAITING = 3;

export class GifEncoder implements FilmSink {
  readonly #size: PictureSize;
  readonly #worker: Worker;
  readonly #failed: Promise<never>;
  #waiting = 0;
  #answered: () => void = () => undefined;
  #finished: (file: Blob) => void = () => undefined;

  private constructor(size: PictureSize, worker: Worker) {
    this.#size = size;
    this.#worker = worker;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<GifAnswer>) => {
      if (data.file) this.#finished(new Blob([data.file], { type: 'image/gif' }));
      this.#waiting -= 1;
      this.#answered();
    });
    this.#failed = new Promise((_, reject) => {
      this.#worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    });
    this.#failed.catch(() => undefined);
  }

  /** @throws Error if the worker's script cannot be loaded */
  static async open(size: PictureSize): Promise<GifEncoder> {
    const start = (): Worker => new Worker(new URL('./gif-worker.ts', import.meta.url), { type: 'module' });
    return new GifEncoder(size, await openWorker(start));
  }

  async add(picture: HTMLCanvasElement, atSeconds: number, seconds: number): Promise<void> {
    const { width, height } = this.#size;
    const data = picture.getContext('2d')?.getImageData(0, 0, width, height).data;
    if (!data) throw new Error('The picture cannot be read.');
    // Both times are rounded, so that the delays add up to the film's length.
    const delay = Math.round(100 * (atSeconds + seconds)) - Math.round(100 * atSeconds);
    this.#send({ pixels: data, width, height, delay });
    while (this.#waiting >= MOST_WAITING) {
      const next = new Promise<void>((resolve) => {
        this.#answered = resolve;
      });
      await Promise.race([next, this.#failed]);
    }
  }

  async finish(): Promise<Blob> {
    const file = new Promise<Blob>((resolve) => {
      this.#finished = resolve;
    });
    this.#send(null);
    try {
      return await Promise.race([file, this.#failed]);
    } finally {
      this.#worker.terminate();
    }
  }

  async cancel(): Promise<void> {
    this.#worker.terminate();
  }

  #send(request: GifRequest): void {
    this.#waiting += 1;
    this.#worker.postMessage(request, request ? [request.pixels.buffer] : []);
  }
}
