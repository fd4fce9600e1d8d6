/** Hashes of passwords, so that the settings do not hold the password itself. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** The cost of a try, as a power of two: about a tenth of a second and 32 MB. */
const COST_BITS = 15;
const BLOCK_SIZE = 8;
const HASH_BYTES = 32;
const MOST_MEMORY_BYTES = 256 * 2 ** 20;
/** What a hash in the settings may ask for at most. */
const MOST_COST_BITS = 20;

function derive(password: string, salt: Buffer, costBits: number): Promise<Buffer> {
  const options = { N: 2 ** costBits, r: BLOCK_SIZE, p: 1, maxmem: MOST_MEMORY_BYTES };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** Returns a text for the settings. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST_BITS);
  return `scrypt$${COST_BITS}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether a password is the one that was hashed. Compares in constant time. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, bits, salt, key] = /^scrypt\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(hash) ?? [];
  if (bits === undefined || Number(bits) > MOST_COST_BITS) return false;
  const expected = Buffer.from(key, 'base64url');
  const derived = await derive(password, Buffer.from(salt, 'base64url'), Number(bits));
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}
