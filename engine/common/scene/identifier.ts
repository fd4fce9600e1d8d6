/** The bytes that every scene file begins with; as in PNG, they also show when a transfer has changed line ends. */
export const IDENTIFIER = [0x89, 0x4e, 0x43, 0x41, 0x53, 0x0d, 0x0a, 0x1a];

/** How the names of scene files end. */
export const SCENE_SUFFIX = '.nca';

/** Whether a file that begins so says that it is a scene. */
export function isSceneFile(head: Uint8Array): boolean {
  return head.length >= IDENTIFIER.length && IDENTIFIER.every((byte, index) => byte === head[index]);
}
