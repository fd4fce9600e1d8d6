/**
 * The bytes at the beginning of every scene file. As in PNG, they also show whether a transfer has changed line
 * endings.
 */
export const IDENTIFIER = [0x89, 0x4e, 0x43, 0x41, 0x53, 0x0d, 0x0a, 0x1a];

/** The suffix of scene file names. */
export const SCENE_SUFFIX = '.nca';

/** Whether a file that begins with these bytes claims to be a scene. */
export function isSceneFile(head: Uint8Array): boolean {
  return head.length >= IDENTIFIER.length && IDENTIFIER.every((byte, index) => byte === head[index]);
}
