import type { StepMoment } from '../block-pass.ts';
import type { StepState } from '../slot-store.ts';

/**
 * One way to compute a step on the GPU. It reads the state's `now` and `links`
 * and draws the cells that fire into `next`; whoever runs it carries the other
 * cells over and swaps. The state may be in any format and change its shape
 * between two steps. Owns its programs and intermediate textures.
 */
export interface StepProgram {
  /** What its part of the strategy's name says, see {@link PROGRAMS}. */
  readonly name: string;
  /** @param rows of slots in use */
  run(state: StepState, rows: number, moment: StepMoment): void;
  dispose(): void;
}
