/** Bytes as text, with the platform's own functions, which are the same in browsers and in Node. */

/** The number of bytes that are converted in one go, which is a safe number of arguments for a call. */
const CHUNK_BYTES = 8192;

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES)));
  }
  return btoa(parts.join(''));
}

/** The bytes of a text, or null if it is not base64. */
export function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
