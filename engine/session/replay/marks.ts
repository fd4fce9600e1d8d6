/** The identification of replay files. It is in a separate file, since every page needs it. */

export const REPLAY_FORMAT = 'self-classifying-digits/replay';

/** The suffix of replay file names. */
export const REPLAY_SUFFIX = '.replay.json';

/** The maximum size of a file that is written or read. */
export const MOST_REPLAY_BYTES = 64 * 2 ** 20;
