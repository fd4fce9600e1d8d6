/** The interface of everything that makes films, whichever method the browser uses. */
import type { PictureSize } from './picture-painter.ts';

/** Accepts pictures one after the other and returns a file at the end. */
export interface FilmSink {
  /** Adds a picture that is shown from `atSeconds` on for `seconds`. Settles when the next one may be added. */
  add(picture: HTMLCanvasElement, atSeconds: number, seconds: number): Promise<void>;
  finish(): Promise<Blob>;
  /** Cancels the film and discards everything. */
  cancel(): Promise<void>;
}

export interface FilmFormat {
  readonly kind: 'film' | 'gif';
  /** The suffix of the file's name, without the dot. */
  readonly suffix: string;
  readonly framesPerSecond: number;
  /** The maximum length of the longer side, in pixels. */
  readonly mostPixels: number;
  readonly open: (size: PictureSize) => Promise<FilmSink>;
}
