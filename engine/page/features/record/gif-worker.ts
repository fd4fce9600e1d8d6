/** The worker that makes a GIF from the pictures it receives. */
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import { WORKER_READY } from '../../../core/open-worker.ts';
import type { GifAnswer, GifRequest } from './gif-encoder.ts';

/** Browsers show pictures with a shorter delay for much longer. */
const LEAST_DELAY = 2;

const gif = GIFEncoder();

self.addEventListener('message', ({ data }: MessageEvent<GifRequest>) => {
  if (data === null) {
    gif.finish();
    answer({ file: gif.bytes() });
    return;
  }
  const { pixels, width, height, delay } = data;
  const palette = quantize(pixels, 256);
  const delayMilliseconds = 10 * Math.max(LEAST_DELAY, delay);
  gif.writeFrame(applyPalette(pixels, palette), width, height, { palette, delay: delayMilliseconds });
  answer({ file: null });
});

self.postMessage(WORKER_READY);

function answer(message: GifAnswer): void {
  self.postMessage(message);
}
