/** What the page can do with a file that the user opens. */
import type { NoticeOptions } from '../notices.ts';

/** The notice to show about files that were opened. */
export interface Told extends NoticeOptions {
  readonly message: string;
}

/** One kind of file, such as models or pictures of digits. */
export interface FileKind {
  /** The suffixes (with the dot) and media types that the file chooser offers. */
  readonly accept: readonly string[];
  /** The maximum size in bytes. Larger files are refused before they are read. */
  readonly mostBytes: number;
  /**
   * Whether a file is of this kind. The first kind in the list that recognizes a file gets it.
   * @param head the file's first bytes, at most {@link HEAD_BYTES}
   */
  readonly recognizes: (file: File, head: Uint8Array) => boolean;
  /**
   * The parts of the page that a file of this kind replaces. If files opened together replace the same part, the first
   * one is used.
   */
  readonly replaces: readonly ('model' | 'digits')[];
  /** Whether several files can be opened together, such as images with their labels. */
  readonly takesSeveral: boolean;
  /**
   * Opens the files of this kind that arrived together. If it cannot, it changes nothing and throws an `Error` whose
   * message gives the reason as a sentence.
   * @param signal aborted when newer files arrive; from then on, nothing may be changed
   * @returns what to show the user, or null if the user has cancelled
   */
  readonly take: (files: readonly File[], signal: AbortSignal) => Promise<string | Told | null>;
}

/** The number of bytes at the start of a file by which its kind is recognized. */
export const HEAD_BYTES = 64;

/** Whether a file's name ends in one of these suffixes, ignoring case. */
export function hasSuffix({ name }: File, suffixes: readonly string[]): boolean {
  return suffixes.some((suffix) => name.toLowerCase().endsWith(suffix));
}
