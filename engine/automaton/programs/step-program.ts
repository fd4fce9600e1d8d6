import type { Model } from '../../common/model/weights.ts';
import type { StepMoment } from '../block-pass.ts';
import type { StepState } from '../slot-store.ts';

/**
 * One way to compute a step on the GPU. It reads the state's `now` and `links` and draws the cells that fire into
 * `next`. The caller copies the other cells and swaps the sides. The state may be in any format, and its shape may
 * change between two steps. Owns its programs and intermediate textures.
 */
export interface StepProgram {
  /** The program's part of the strategy's name, see {@link PROGRAMS}. */
  readonly name: string;
  /** @param rows the number of rows of slots in use */
  run(state: StepState, rows: number, moment: StepMoment): void;
  /**
   * Replaces the weights by those of a model with the same layers. Null if they are part of the program's text, or
   * arranged by their values.
   */
  readonly replaceWeights: ((model: Model) => void) | null;
  dispose(): void;
}
