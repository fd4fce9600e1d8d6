/** What starting a backend takes and gives. */
import type { MatrixProduct } from '../../engine/learning/loop/eigenbasis.ts';
import type { AutomatonMaker } from '../../engine/learning/rollout/automaton.ts';

/** Whether a GPU's backend may run on the processor as well. */
export type Processor = 'welcome' | 'refused';

/** A backend that has started. */
export interface Started {
  readonly automaton: AutomatonMaker;
  readonly product?: MatrixProduct;
  /** What it runs on, in words. */
  readonly device: string;
  readonly onGpu: boolean;
}
