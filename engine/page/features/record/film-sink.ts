/** What a film is made with, whichever way the browser makes it. */
import type { PictureSize } from './picture-painter.ts';

/** Takes pictures one after the other and gives a file at the end. */
export interface FilmSink {
  /** A picture that stands from `atSeconds` on for `seconds`; settled when the next one may come. */
  add(picture: HTMLCanvasElement, atSeconds: number, seconds: number): Promise<void>;
  finish(): Promise<Blob>;
  /** Gives up; nothing is kept. */
  cancel(): Promise<void>;
}

export interface FilmFormat {
  readonly kind: 'film' | 'gif';
  /** Of the file's name, without a dot. */
  readonly suffix: string;
  readonly framesPerSecond: number;
  /** Pixels of the longer side at most. */
  readonly mostPixels: number;
  readonly open: (size: PictureSize) => Promise<FilmSink>;
}
