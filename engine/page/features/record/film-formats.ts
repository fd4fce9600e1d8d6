/** The kinds of films that this browser can make. */
import { FilmEncoder } from './film-encoder.ts';
import type { FilmFormat } from './film-sink.ts';
import { firstThatPlays } from './film-trial.ts';
import { GifEncoder } from './gif-encoder.ts';
import { StreamRecorder } from './stream-recorder.ts';
import type { PictureSize } from './picture-painter.ts';

const FILM = { kind: 'film', framesPerSecond: 25, mostPixels: 1280 } as const;
// A GIF's unit of time is a hundredth of a second, and its size has no end.
const GIF: FilmFormat = {
  kind: 'gif',
  suffix: 'gif',
  framesPerSecond: 12.5,
  mostPixels: 720,
  open: (size) => GifEncoder.open(size),
};

/**
 * What can be made of pictures of this size here, the best first. A film comes from the browser's own encoder where it
 * offers one whose films play here, from its recorder otherwise.
 */
export async function filmFormats(sizeFor: (mostPixels: number) => PictureSize): Promise<FilmFormat[]> {
  const size = sizeFor(FILM.mostPixels);
  const film = (await firstThatPlays(await FilmEncoder.candidates(size), size)) ?? StreamRecorder.find();
  return film ? [{ ...FILM, suffix: film.suffix, open: film.open }, GIF] : [GIF];
}
