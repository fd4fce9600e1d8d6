import type { StepMoment } from '../block-pass.ts';
import type { SlotStore } from '../slot-store.ts';

/**
 * One way to compute a step on the GPU. It reads the store's `now` and `links`
 * and draws the cells that fire into `next`; whoever runs it carries the other
 * cells over and swaps. Owns its programs and intermediate textures.
 */
export interface StepProgram {
  /** The name that the panel, the query string and the benchmark know it by. */
  readonly strategy: string;
  /** @param rows of slots in use */
  run(store: SlotStore, rows: number, moment: StepMoment): void;
  dispose(): void;
}
