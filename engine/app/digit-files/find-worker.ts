/** The worker that looks for the digits of one picture. */
import { WORKER_READY } from '../../core/open-worker.ts';
import { findDigits } from './find-digits.ts';
import type { FindAnswer, FindRequest } from './find-beside.ts';
import { greyOf } from './grey.ts';

self.addEventListener('message', ({ data: { bitmap, most } }: MessageEvent<FindRequest>) => {
  const answer: FindAnswer = findDigits(greyOf(bitmap), most);
  bitmap.close();
  self.postMessage(answer, { transfer: [answer.images.buffer] });
});

self.postMessage(WORKER_READY);
