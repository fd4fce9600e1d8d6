/** Whether what this browser encodes can be played: some write films that they cannot open themselves. */
import type { FilmFormat } from './film-sink.ts';
import { canvasOf, type PictureSize } from './picture-painter.ts';

/** A format that this browser says it encodes to. */
export interface FilmCandidate extends Pick<FilmFormat, 'suffix' | 'open'> {
  /** Names the way in which the film is made, so that it is tried only once. */
  readonly name: string;
}

/** A player that has not begun by then is not waited for. */
const PATIENCE_MILLISECONDS = 5000;

/** A trial has so many pictures, of so many seconds each. */
const TRIAL_PICTURES = 3;
const TRIAL_SECONDS = 0.04;

/** How trials went, by the candidate's name. */
const outcomes = new Map<string, boolean>();

/** The first candidate whose films this browser plays, found by short films that nobody sees; null if there is none. */
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

/** Whether this browser opens a film and decodes it: time passes in it, which that it is loaded does not promise. */
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
      // Pictures that differ, as those of a film do.
      context?.fillRect(0, 0, index * 10, index * 10);
      await sink.add(picture, index * TRIAL_SECONDS, TRIAL_SECONDS);
    }
    return await plays(await sink.finish());
  } catch {
    // An encoder that fails is none.
    return false;
  }
}
