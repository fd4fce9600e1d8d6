/** Checks whether this browser can play what it encodes. Some browsers write films that they cannot open themselves. */
import type { FilmFormat } from './film-sink.ts';
import { canvasOf, type PictureSize } from './picture-painter.ts';

/** A format to which this browser claims to encode. */
export interface FilmCandidate extends Pick<FilmFormat, 'suffix' | 'open'> {
  /** The name of the encoding method, so that it is tried only once. */
  readonly name: string;
}

/** How long to wait for a player to begin. */
const PATIENCE_MILLISECONDS = 5000;

/** The number of pictures in a trial, and the seconds that each is shown. */
const TRIAL_PICTURES = 3;
const TRIAL_SECONDS = 0.04;

/** The results of trials, by the candidate's name. */
const outcomes = new Map<string, boolean>();

/** Returns the first candidate whose films this browser plays, or null. It tries short films that are not shown. */
export async function firstThatPlays(
  candidates: readonly FilmCandidate[],
  size: PictureSize,
): Promise<FilmCandidate | null> {
  for (const candidate of candidates) {
    const works = outcomes.get(candidate.name) ?? (await isPlayedBack(candidate, size));
    outcomes.set(candidate.name, works);
    if (works) return candidate;
  }
  return null;
}

/** Whether this browser opens and decodes a film. Its time has to advance, since loading alone does not prove it. */
export async function plays(film: Blob): Promise<boolean> {
  const video = document.createElement('video');
  const address = URL.createObjectURL(film);
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  try {
    return await new Promise<boolean>((resolve) => {
      for (const event of ['timeupdate', 'ended'] as const) {
        video.addEventListener(event, () => {
          if (video.currentTime > 0) resolve(true);
        });
      }
      video.addEventListener('error', () => resolve(false));
      setTimeout(() => resolve(false), PATIENCE_MILLISECONDS);
      video.src = address;
      video.play().catch(() => undefined);
    });
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
}

async function isPlayedBack({ open }: FilmCandidate, size: PictureSize): Promise<boolean> {
  const picture = canvasOf(size.width, size.height);
  const context = picture.getContext('2d', { alpha: false });
  try {
    const sink = await open(size);
    for (let index = 0; index < TRIAL_PICTURES; index += 1) {
      // The pictures differ, as those of a film do.
      context?.fillRect(0, 0, index * 10, index * 10);
      await sink.add(picture, index * TRIAL_SECONDS, TRIAL_SECONDS);
    }
    return await plays(await sink.finish());
  } catch {
    // An encoder that fails cannot be used.
    return false;
  }
}
