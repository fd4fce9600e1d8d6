/** The worker that searches one picture for digits. */
import type { FindAnswer, FindRequest } from './find-beside.ts';
import { findDigits } from './find-digits.ts';
import { greyOf } from './grey.ts';

self.addEventListener('message', ({ data: { rgba, width, height } }: MessageEvent<FindRequest>) => {
  const tell = (answer: FindAnswer): void => self.postMessage(answer);
  const digits = findDigits(greyOf(rgba, width, height), (share) => tell({ share }));
  tell({ digits });
});
