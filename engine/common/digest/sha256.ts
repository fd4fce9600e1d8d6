import { sha256 as digestOf } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * SHA-256 as 64 hexadecimal digits. Browsers have it only on secure addresses; the exhibit and other people's pages may
 * be on plain http.
 */
export function sha256(bytes: Uint8Array): string {
  return bytesToHex(digestOf(bytes));
}
