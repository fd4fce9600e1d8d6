/** What the page can do with a file that somebody hands it. */
import type { NoticeOptions } from '../notices.ts';

/** What to tell about files that were taken. */
export interface Told extends NoticeOptions {
  readonly message: string;
}

/** One kind of file, such as models or pictures of digits. */
export interface FileKind {
  /** Suffixes, with their dot, and media types that the file chooser offers. */
  readonly accept: readonly string[];
  /** Larger files are refused before they are read. */
  readonly mostBytes: number;
  /**
   * Whether a file is of this kind; the first kind of the list that says so gets it.
   * @param head the file's first bytes, {@link HEAD_BYTES} at most
   */
  readonly recognizes: (file: File, head: Uint8Array) => boolean;
  /** What of the page a file of this kind replaces: of files that came together and replace the same, the first is taken. */
  readonly replaces: readonly ('model' | 'digits')[];
  /** Whether several files that came together make sense, as images with their labels do. */
  readonly takesSeveral: boolean;
  /**
   * Takes the files of this kind that came together, or changes nothing and throws an `Error` whose message
   * is the reason as a sentence.
   * @param signal aborted when newer files came; from then on nothing may be changed
   * @returns what to tell the user; null if the user has left off
   */
  readonly take: (files: readonly File[], signal: AbortSignal) => Promise<string | Told | null>;
}

/** As much of a file as its kind is recognized by. */
export const HEAD_BYTES = 64;

/** Whether a file's name ends in one of these, whatever their letters' case. */
export function hasSuffix({ name }: File, suffixes: readonly string[]): boolean {
  return suffixes.some((suffix) => name.toLowerCase().endsWith(suffix));
}
