/** By what replay files are known; apart from all else, since every page needs it. */

export const REPLAY_FORMAT = 'self-classifying-digits/replay';

/** How the names of replay files end. */
export const REPLAY_SUFFIX = '.replay.json';

/** Largest file that is written or read. */
export const MOST_REPLAY_BYTES = 64 * 2 ** 20;
