/** Which slots fire, and their noise. The hashes are the same as in `shaders/blocks.vert` and `shaders/fire.glsl`. */
import { hash2, hash3, seedOfRound, unitFromHash } from '../common/random/hash.ts';
import { blockOf } from './blocks.ts';
import type { FiringMode } from './types.ts';

/** These keep the random numbers of cells and of noise independent of those of blocks. */
export const CELL_STREAM = 0x51ed270b;
export const NOISE_STREAM = 0x2545f491;

/**
 * Whether the cell in `slot` fires in this step.
 *
 * @param slotShift base-2 logarithm of the slot textures' width, which determines the size of a block
 */
export function slotFires(
  mode: FiringMode,
  seed: number,
  step: number,
  slot: number,
  dropout: number,
  slotShift: number,
): boolean {
  const own = seedOfRound(seed, step);
  const hash = mode === 'block' ? hash3(own, step, blockOf(slot, slotShift)) : hash3(own ^ CELL_STREAM, step, slot);
  return unitFromHash(hash) >= dropout;
}

/**
 * Approximately normal noise with standard deviation 1 for one channel of a slot; see `normalFromHash` in
 * `shaders/random.glsl`.
 */
export function slotNoise(seed: number, step: number, slot: number, channel: number): number {
  const hash = hash2(hash3(seedOfRound(seed, step) ^ NOISE_STREAM, step, slot), channel);
  const sum = (hash & 255) + ((hash >>> 8) & 255) + ((hash >>> 16) & 255) + (hash >>> 24);
  return (sum - 510) / 147.8005413;
}
