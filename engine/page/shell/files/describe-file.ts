/** Says what kind of file it is that the page cannot use, as far as its name and first bytes show. */
import { hasSuffix } from './file-kind.ts';

/** Kinds of files that people open but the page cannot use. */
export type ForeignKind = 'empty' | 'pdf' | 'archive' | 'film' | 'sound' | 'vector' | 'text' | 'unknown';

const FILM_SUFFIXES = ['.mp4', '.mov', '.webm', '.avi', '.mkv'];
const SOUND_SUFFIXES = ['.mp3', '.wav', '.m4a', '.ogg', '.flac'];

/** @param head the file's first bytes */
export function foreignKindOf(file: File, head: Uint8Array): ForeignKind {
  const begins = (text: string): boolean => String.fromCharCode(...head).startsWith(text);
  if (file.size === 0) return 'empty';
  if (begins('%PDF')) return 'pdf';
  if (begins('PK\u0003\u0004') || begins('7z') || begins('Rar!') || begins('\u001f\u008b')) return 'archive';
  if (hasSuffix(file, FILM_SUFFIXES)) return 'film';
  if (hasSuffix(file, SOUND_SUFFIXES)) return 'sound';
  if (hasSuffix(file, ['.svg'])) return 'vector';
  return head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13) ? 'text' : 'unknown';
}
