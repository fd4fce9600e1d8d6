/** Bounds of what one message of a wall may hold. The schemas and the server enforce them. */

/** The version of the protocol. A page of another version is told to reload. */
export const PROTOCOL_VERSION = 1;

/** The points of one segment of a stroke. */
export const MOST_POINTS = 64;

/** A hand cannot draw farther than this from the canvas, in cells. */
export const FARTHEST_CELL = 100_000;

/** The thickest brush, in cells. */
export const MOST_RADIUS = 16;

/** The screens of a wall. */
export const MOST_SCREENS = 200;

/** The operations that a screen may send at once, and the bytes of ink that one of them may bring. */
export const MOST_OPERATIONS = 64;
export const MOST_INK_BYTES = 64 * 1024;

/** The largest message that the server reads. Longer contents, such as states, are sent in parts. */
export const MOST_MESSAGE_BYTES = 128 * 1024;
export const PART_BYTES = 64 * 1024;

/** The largest state that is passed on from one screen to another. */
export const MOST_STATE_BYTES = 128 * 2 ** 20;

/** Every so many steps, the screens compare the digests of their states. */
export const DIGEST_STEPS = 100;

/** Authors that have left and are remembered, so that whoever comes back keeps a number. Visitors come for weeks. */
export const MOST_REMEMBERED = 4096;
