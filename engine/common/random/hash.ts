/**
 * Integer hashes: the only source of randomness in the project. The same functions are in `shaders/random.glsl`, and
 * both are tested against one table of vectors, so that a step can be reproduced anywhere.
 */

/**
 * A bijective mix of 32 bits with low bias (constants from the search by
 * T. Ettinger, as listed in "hash-prospector").
 */
export function mix32(value: number): number {
  let x = value >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0xd35a2d97);
  x ^= x >>> 15;
  return x >>> 0;
}

/** Hash of two 32-bit words; the order matters. */
export function hash2(a: number, b: number): number {
  return mix32(mix32(a) + (b >>> 0));
}

/** Hash of three 32-bit words; the order matters. */
export function hash3(a: number, b: number, c: number): number {
  return mix32(hash2(a, b) + (c >>> 0));
}

/** The top 24 bits of a hash as a number in [0, 1). It is exact in float32, so that the GPU and the CPU agree. */
export function unitFromHash(hash: number): number {
  return (hash >>> 8) * 2 ** -24;
}

const WORD = 2 ** 32;

/** Separates the streams of a counter's later rounds from the first. */
const ROUND_STREAM = 0x3c6ef372;

/**
 * Returns the seed for a counter that may be any whole number. Hashes use its low 32 bits, and each time that these
 * wrap around, the seed changes, so that nothing is repeated. For the first 2³² draws it is the seed itself.
 */
export function seedOfRound(seed: number, counter: number): number {
  return counter < WORD ? seed : hash3(seed, ROUND_STREAM, Math.floor(counter / WORD));
}
