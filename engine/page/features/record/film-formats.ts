/** The film formats that this browser can make. */
import { FilmEncoder } from './film-encoder.ts';
import type { FilmFormat } from './film-sink.ts';
import { firstThatPlays } from './film-trial.ts';
import { GifEncoder } from './gif-encoder.ts';
import { StreamRecorder } from './stream-recorder.ts';
import type { PictureSize } from './picture-painter.ts';

const FILM = { kind: 'film', framesPerSecond: 25, mostPixels: 1280 } as const;
// A GIF measures time in hundredths of a second, and its file size has no limit.
const GIF: FilmFormat = {
  kind: 'gif',
  suffix: 'gif',
  framesPerSecond: 12.5,
  mostPixels: 720,
  open: (size) => GifEncoder.open(size),
};

/**
 * Returns the formats available for pictures of this size, the best first. A film is made with the browser's encoder if
 * it has one whose films play here, and otherwise with its recorder.
 */
export async function filmFormats(sizeFor: (mostPixels: number) => PictureSize): Promise<FilmFormat[]> {
  const size = sizeFor(FILM.mostPixels);
  const film = (await firstThatPlays(await FilmEncoder.candidates(size), size)) ?? StreamRecorder.find();
  return film ? [{ ...FILM, suffix: film.suffix, open: film.open }, GIF] : [GIF];
}
