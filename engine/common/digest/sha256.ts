import { sha256 as digestOf } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * SHA-256 as 64 hexadecimal digits. Browsers provide it only on secure addresses, but the exhibit and pages that embed
 * the engine may use plain http.
 */
export function sha256(bytes: Uint8Array): string {
  return bytesToHex(digestOf(bytes));
}
